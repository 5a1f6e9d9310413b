#include "tests/ui/gallery.h"

#include <algorithm>
#include <array>

#include "app/core/event.h"
#include "app/ui/key_grid.h"

namespace uketsuke::ui::test {

namespace {

using Kind = core::Intent::Kind;
using core::Stage;

constexpr std::array<std::uint8_t, 10> k_order{7, 2, 9, 0, 4, 8, 1, 6, 3, 5};

std::vector<core::Intent> digits() {
    std::vector<core::Intent> all;
    for (std::uint8_t digit = 0; digit < 10; ++digit) all.push_back({Kind::Digit, digit});
    return all;
}

std::vector<core::Intent> digits_and(std::initializer_list<Kind> more) {
    std::vector<core::Intent> all = digits();
    for (const Kind kind : more) all.push_back({kind});
    return all;
}

std::string longest_message() {
    std::string words;
    for (std::size_t i = 0; i < core::event::ReceptionStopped::k_longest; ++i) words += "龍";
    return words;
}

class Gallery {
  public:
    explicit Gallery(core::Language language) : m_language(language) {}

    core::View& add(const std::string& name, core::Page page, Stage stage, std::vector<core::Intent> intents,
                    bool stop = true, bool staff = true) {
        Shot shot;
        shot.name = name;
        shot.view = {.page = page,
                     .language = m_language,
                     .stage = stage,
                     .can_stop = stop,
                     .can_call_staff = staff,
                     .demonstration = false,
                     .seconds_left = std::nullopt};
        shot.intents = std::move(intents);
        m_shots.push_back(std::move(shot));
        return m_shots.back().view;
    }
    Shot& last() { return m_shots.back(); }
    std::vector<Shot> take() { return std::move(m_shots); }

  private:
    core::Language m_language;
    std::vector<Shot> m_shots;
};

void add_card_pages(Gallery& gallery) {
    using core::CardTrouble;
    gallery.add("idle", core::page::Idle{}, Stage::None, {}, false, true);
    gallery.add("idle-staff-called", core::page::Idle{}, Stage::None, {}, false, true).staff_called = true;
    core::View& coming = gallery.add("idle-staff-coming", core::page::Idle{}, Stage::None, {}, false, true);
    coming.staff_called = true;
    coming.staff_coming = true;
    gallery.add("idle-demo", core::page::Idle{}, Stage::None, {}, false, true).demonstration = true;
    gallery.add("idle-no-face", core::page::Idle{false, core::FaceAbsence::NoCamera, {}}, Stage::None, {}, false,
                false);
    const std::array<std::pair<const char*, core::StaffNote>, core::k_staff_notes> notes{{
        {"idle-note-queue", core::StaffNote::QueueDamaged},
        {"idle-note-clock", core::StaffNote::ClockWrong},
        {"idle-note-certificate", core::StaffNote::OwnCertificate},
        {"idle-note-files", core::StaffNote::FilesAway},
        {"idle-note-service", core::StaffNote::ServiceAway},
    }};
    for (const auto& [name, note] : notes) {
        gallery.add(name, core::page::Idle{false, core::FaceAbsence::NoCamera, note}, Stage::None, {}, false, true);
    }
    gallery.add("idle-visual", core::page::Idle{true, {}, {}}, Stage::None, {}, false, true);
    gallery.add("reading-card", core::page::ReadingCard{}, Stage::PlaceCard, {});
    const std::array<std::pair<const char*, CardTrouble>, 10> troubles{{
        {"other", CardTrouble::NotMyNumberCard},
        {"resident-card", CardTrouble::ResidentCard},
        {"smartphone", CardTrouble::SmartphoneToken},
        {"no-chip", CardTrouble::NoChip},
        {"two-cards", CardTrouble::TwoCards},
        {"unreadable", CardTrouble::Unreadable},
        {"moved", CardTrouble::Moved},
        {"expired", CardTrouble::CertificateExpired},
        {"reader-away", CardTrouble::ReaderAway},
        {"signature", CardTrouble::SignatureRefused},
    }};
    for (const auto& [name, trouble] : troubles) {
        gallery.add(std::string("card-problem-") + name, core::page::CardProblem{trouble}, Stage::PlaceCard,
                    {{Kind::CallStaff}});
    }
    using core::CertificateStanding;
    gallery.add("expiry-notice", core::page::ExpiryNotice{CertificateStanding::ExpiresSoon, 41}, Stage::Identify,
                {{Kind::Next}});
    gallery.add("expiry-notice-today", core::page::ExpiryNotice{CertificateStanding::ExpiresSoon, 0}, Stage::Identify,
                {{Kind::Next}});
    gallery.add("expiry-notice-over", core::page::ExpiryNotice{CertificateStanding::EligibilityOnly, -20},
                Stage::Identify, {{Kind::Next}});
    gallery.add("expiry-notice-expired", core::page::ExpiryNotice{CertificateStanding::Expired, -120}, Stage::Identify,
                {{Kind::Next}});
}

void add_face_pages(Gallery& gallery) {
    using core::FaceGuidance;
    using core::FaceOutcome;
    gallery.add("choose-method", core::page::ChooseMethod{true, true, {}}, Stage::Identify,
                {{Kind::ChooseFace}, {Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("choose-method-pin-locked", core::page::ChooseMethod{true, false, {}, false, true}, Stage::Identify,
                {{Kind::ChooseFace}, {Kind::CallStaff}});
    gallery.add("choose-method-no-photo", core::page::ChooseMethod{false, true, core::FaceAbsence::NoPhoto},
                Stage::Identify, {{Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("choose-method-staff-only",
                core::page::ChooseMethod{false, false, core::FaceAbsence::NoCamera, false, true}, Stage::Identify,
                {{Kind::CallStaff}});
    gallery.add("choose-method-withdrawn", core::page::ChooseMethod{false, true, core::FaceAbsence::NoPhoto, true},
                Stage::Identify, {{Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("choose-method-front-unread",
                core::page::ChooseMethod{false, true, core::FaceAbsence::NoPhoto, true, false, false, true},
                Stage::Identify, {{Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("choose-method-front-unread-staff-only",
                core::page::ChooseMethod{false, false, core::FaceAbsence::NoPhoto, true, true, false, true},
                Stage::Identify, {{Kind::CallStaff}});
    gallery.add("choose-method-waiting", core::page::ChooseMethod{true, true, {}, false, false, true}, Stage::Identify,
                {{Kind::ChooseFace}, {Kind::ChoosePin}, {Kind::CallStaff}});
    const std::array<std::pair<const char*, FaceGuidance>, 16> guidance{{
        {"face-starting", FaceGuidance::Starting},
        {"face-look", FaceGuidance::LookHere},
        {"face-no-face", FaceGuidance::NoFace},
        {"face-several", FaceGuidance::SeveralFaces},
        {"face-closer", FaceGuidance::ComeCloser},
        {"face-back", FaceGuidance::StepBack},
        {"face-forward", FaceGuidance::FaceForward},
        {"face-dark", FaceGuidance::TooDark},
        {"face-bright", FaceGuidance::TooBright},
        {"face-hold", FaceGuidance::HoldStill},
        {"face-centre", FaceGuidance::MoveToCentre},
        {"face-backlit", FaceGuidance::Backlit},
        {"face-eyes", FaceGuidance::UncoverEyes},
        {"face-mask", FaceGuidance::TakeOffMask},
        {"face-turn-left", FaceGuidance::TurnLeft},
        {"face-turn-right", FaceGuidance::TurnRight},
    }};
    for (const auto& [name, what] : guidance) {
        gallery.add(name, core::page::Face{what, what == FaceGuidance::TooDark ? 2 : 1, 3}, Stage::Identify,
                    {{Kind::Back}});
        gallery.last().camera = what != FaceGuidance::Starting;
    }
    for (const auto& [name, page] :
         {std::pair{"face-second-attempt", core::page::Face{FaceGuidance::TurnLeft, 2, 3, false, true}},
          std::pair{"face-once-more", core::page::Face{FaceGuidance::LookHere, 1, 3, true, false}}}) {
        gallery.add(name, page, Stage::Identify, {{Kind::Back}});
        gallery.last().camera = true;
    }
    gallery.add("choose-method-attempts-used", core::page::ChooseMethod{false, true, core::FaceAbsence::AttemptsUsed},
                Stage::Identify, {{Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("choose-method-face-starting", core::page::ChooseMethod{false, true, core::FaceAbsence::Starting},
                Stage::Identify, {{Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("face-failed-not-live", core::page::FaceFailed{FaceOutcome::NotLive, true, true, 2}, Stage::Identify,
                {{Kind::Retry}, {Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("face-failed-turn", core::page::FaceFailed{FaceOutcome::TimedOut, true, true, 2, true, true},
                Stage::Identify, {{Kind::Retry}, {Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("face-failed-last", core::page::FaceFailed{FaceOutcome::NoMatch, false, true, 0}, Stage::Identify,
                {{Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("face-failed", core::page::FaceFailed{FaceOutcome::NoMatch, true, true, 2, true}, Stage::Identify,
                {{Kind::Retry}, {Kind::ChoosePin}, {Kind::CallStaff}});
    gallery.add("face-failed-time", core::page::FaceFailed{FaceOutcome::TimedOut, true, false, 1, true},
                Stage::Identify, {{Kind::Retry}, {Kind::CallStaff}});
    gallery.add("face-failed-camera", core::page::FaceFailed{FaceOutcome::CameraFailed, false, true, 0},
                Stage::Identify, {{Kind::ChoosePin}, {Kind::CallStaff}});
}

void add_pin_pages(Gallery& gallery) {
    gallery.add("pin", core::page::Pin{k_order, true, false, 0, 3, false}, Stage::Identify, digits_and({Kind::Back}));
    gallery
        .add("pin-typed", core::page::Pin{k_order, true, false, 2, 3, false}, Stage::Identify,
             digits_and({Kind::Erase, Kind::Back}))
        .seconds_left = 15;
    gallery.add("pin-wrong", core::page::Pin{k_order, true, false, 0, 2, true}, Stage::Identify,
                digits_and({Kind::Back}));
    gallery.add("pin-last", core::page::Pin{k_order, true, false, 1, 1, false}, Stage::Identify,
                digits_and({Kind::Erase, Kind::Back}));
    gallery.add("pin-after-face", core::page::Pin{k_order, true, false, 0, 3, false, true}, Stage::Identify,
                digits_and({Kind::Back}));
    gallery.add("pin-ordered", core::page::Pin{{1, 2, 3, 4, 5, 6, 7, 8, 9, 0}, true, false, 0, 3, false, false, true},
                Stage::Identify, digits_and({Kind::Back}));
    gallery.add("pin-checking", core::page::Pin{k_order, true, true, 4, 3, false}, Stage::Identify, {{Kind::Back}});
    gallery.add("pin-wait", core::page::Pin{k_order, false, false, 0, 3, false}, Stage::Identify, {{Kind::Back}});
    gallery.add("pin-last-try", core::page::PinLastTry{true}, Stage::Identify,
                {{Kind::ChooseFace}, {Kind::CallStaff}, {Kind::UseLastTry}});
    gallery.add("pin-last-try-no-face", core::page::PinLastTry{false}, Stage::Identify,
                {{Kind::CallStaff}, {Kind::UseLastTry}});
    gallery.add("pin-locked", core::page::PinLocked{true}, Stage::Identify, {{Kind::ChooseFace}, {Kind::CallStaff}});
    gallery.add("pin-locked-no-face", core::page::PinLocked{false}, Stage::Identify, {{Kind::CallStaff}});
}

void add_staff_pages(Gallery& gallery) {
    gallery.add("call-staff", core::page::CallStaff{true}, Stage::Identify, {{Kind::OpenStaffCheck}, {Kind::Back}},
                true, false);
    gallery.add("call-staff-after-face", core::page::CallStaff{true, true}, Stage::Identify,
                {{Kind::OpenStaffCheck}, {Kind::Back}}, true, false);
    gallery
        .add("call-staff-coming", core::page::CallStaff{true}, Stage::Identify, {{Kind::OpenStaffCheck}, {Kind::Back}},
             true, false)
        .staff_coming = true;
    gallery.add("call-staff-plain", core::page::CallStaff{false}, Stage::Identify, {{Kind::Back}}, true, false);
    gallery.add("staff-check", core::page::StaffCheck{0, false, false, false}, Stage::Identify,
                digits_and({Kind::ShowVisualReasons, Kind::Back}), true, false);
    gallery.add("staff-check-wrong", core::page::StaffCheck{3, false, true, false}, Stage::Identify,
                digits_and({Kind::Erase, Kind::ShowVisualReasons, Kind::Back}), true, false);
    gallery.add("staff-check-number", core::page::StaffCheck{4, false, false, false, true}, Stage::Identify,
                digits_and({Kind::Erase, Kind::ShowVisualReasons, Kind::TypeNumber, Kind::Back}), true, false);
    gallery.add("staff-check-challenge", core::page::StaffCheck{4, false, false, false, false, true}, Stage::Identify,
                digits_and({Kind::Erase, Kind::ShowVisualReasons, Kind::WaiveChallenge, Kind::Back}), true, false);
    gallery.add(
        "staff-check-ordered", core::page::StaffCheck{4, false, false, false, true, false, true}, Stage::Identify,
        digits_and({Kind::Erase, Kind::ShowVisualReasons, Kind::TypeNumber, Kind::AllowOrderedKeypad, Kind::Back}),
        true, false);
    gallery.add("number-entry", core::page::NumberEntry{}, Stage::Identify, digits_and({Kind::Back}), true, false);
    gallery.add("number-entry-typed", core::page::NumberEntry{8, false, {}, true}, Stage::Identify,
                digits_and({Kind::Erase, Kind::Back}), true, false);
    gallery.add("number-entry-checking", core::page::NumberEntry{0, true, {}, true}, Stage::Identify, {{Kind::Back}},
                true, false);
    const std::array<std::pair<const char*, core::NumberOutcome>, 3> numbers{{
        {"number-entry-impossible", core::NumberOutcome::Impossible},
        {"number-entry-refused", core::NumberOutcome::Refused},
        {"number-entry-refused-before", core::NumberOutcome::RefusedBefore},
    }};
    for (const auto& [name, outcome] : numbers) {
        gallery.add(name, core::page::NumberEntry{0, false, outcome, true}, Stage::Identify, digits_and({Kind::Back}),
                    true, false);
    }
    gallery.add("number-entry-too-few", core::page::NumberEntry{0, false, core::NumberOutcome::TooFewTries, false},
                Stage::Identify, {{Kind::Back}}, true, false);
    gallery.add("staff-check-paused", core::page::StaffCheck{0, false, false, true}, Stage::Identify, {{Kind::Back}},
                true, false);
    gallery.add("staff-check-checking", core::page::StaffCheck{6, true, false, false}, Stage::Identify, {{Kind::Back}},
                true, false);
}

void add_last_pages(Gallery& gallery) {
    using core::ConsentItem;
    gallery.add("consent", core::page::Consent{ConsentItem::Operation, 1, 3, true, false}, Stage::Consent,
                {{Kind::AgreeAll}, {Kind::DeclineAll}, {Kind::OneByOne}, {Kind::ShowDetail}});
    const std::vector<core::Intent> answers{{Kind::Agree}, {Kind::Decline}, {Kind::ShowDetail}, {Kind::Back}};
    gallery
        .add("consent-operation", core::page::Consent{ConsentItem::Operation, 1, 3, false, true}, Stage::Consent,
             answers)
        .seconds_left = 9;
    gallery.add("consent-checkup", core::page::Consent{ConsentItem::HealthCheckup, 2, 3, false, true}, Stage::Consent,
                answers);
    gallery.add("consent-medication", core::page::Consent{ConsentItem::MedicationDiagnosis, 3, 3, false, true},
                Stage::Consent, answers);
    gallery.add("consent-summary", core::page::ConsentSummary{{true, false, true}, true, {}}, Stage::Consent,
                {{Kind::Confirm}, {Kind::Back}});
    gallery.add("consent-summary-registration", core::page::ConsentSummary{{false, false, false}, false, true},
                Stage::Consent, {{Kind::Confirm}, {Kind::Back}});
    gallery.add("registration", core::page::Registration{}, Stage::Identify, {{Kind::Register}, {Kind::NotRegister}});
    gallery.add("limit-amount", core::page::LimitAmount{}, Stage::Consent, {{Kind::Provide}, {Kind::NotProvide}});
    gallery.add("submitting", core::page::Submitting{}, Stage::Done, {}, false, true);
    gallery
        .add("accepted", core::page::Accepted{core::Outcome::Confirmed, 0, core::ShownName{"山○ 太○"}}, Stage::Done, {},
             true, true)
        .demonstration = true;
    gallery.add("accepted-no-name", core::page::Accepted{core::Outcome::Confirmed}, Stage::Done, {}, true, true);
    gallery.add("accepted-queued", core::page::Accepted{core::Outcome::Queued, 21}, Stage::Done, {}, true, true);
    gallery.add("accepted-desk", core::page::Accepted{core::Outcome::SeeTheDesk, 13}, Stage::Done, {}, false, true);
    gallery.add("not-saved", core::page::NotSaved{}, Stage::Done, {}, false, true);
    const std::array<std::pair<const char*, core::EndReason>, 6> ends{{
        {"take-card", core::EndReason::Accepted},
        {"take-card-stopped", core::EndReason::Stopped},
        {"take-card-timed-out", core::EndReason::TimedOut},
        {"take-card-not-saved", core::EndReason::NotSaved},
        {"take-card-trouble", core::EndReason::CardTrouble},
        {"take-card-taken", core::EndReason::CardTaken},
    }};
    for (const auto& [name, reason] : ends) {
        gallery.add(name, core::page::TakeCard{reason}, Stage::Done, {}, false, true);
    }
    gallery.add("card-taken", core::page::CardTaken{false}, Stage::None, {}, false, true);
    gallery.add("card-taken-accepted", core::page::CardTaken{true}, Stage::Done, {}, false, true);
    gallery.add("out-of-service", core::page::OutOfService{}, Stage::None, {}, false, true);
    gallery.add("out-of-service-by-staff", core::page::OutOfService{true, {}}, Stage::None, {}, false, true);
    gallery.add(
        "out-of-service-message",
        core::page::OutOfService{true, "𠮷田医院は本日、午後の診療をお休みします。《急患|は》☎ 03-0000-0000 へ"},
        Stage::None, {}, false, true);
    gallery.add("out-of-service-longest", core::page::OutOfService{true, longest_message()}, Stage::None, {}, false,
                true);
}

using core::DeclarationField;
using core::Keyboard;

core::page::Question question(DeclarationField field, bool may_skip = true) {
    return {field, static_cast<int>(field) + 1, static_cast<int>(core::k_declaration_fields), false, may_skip};
}

// What the page of a text offers, as its view allows.
std::vector<core::Intent> typing(const core::page::DeclarationText& page) {
    std::vector<core::Intent> all{{Kind::Back}};
    for (const KeyPlace& place : key_grid(page.keyboard, page.question.field, false).keys) {
        all.push_back({Kind::TypeKey, place.key});
    }
    const std::size_t past =
        std::min(page.first_candidate + core::page::DeclarationText::k_candidates_shown, page.candidates.size());
    for (std::size_t i = page.first_candidate; i < past; ++i) {
        all.push_back({Kind::PickCandidate, static_cast<std::uint8_t>(i)});
    }
    if (page.candidates.size() > core::page::DeclarationText::k_candidates_shown) {
        all.push_back({Kind::MoreCandidates});
    }
    for (std::uint8_t i = 0; i < core::k_keyboards; ++i) {
        if (page.offered[i] && static_cast<Keyboard>(i) != page.keyboard) all.push_back({Kind::ChangeKeyboard, i});
    }
    if (page.can_erase) all.push_back({Kind::Erase});
    if (page.can_undo) all.push_back({Kind::Undo});
    if (page.question.may_skip) all.push_back({Kind::Skip});
    if (page.can_go_on) all.push_back({Kind::Next});
    return all;
}

core::page::DeclarationText typed(DeclarationField field, Keyboard keyboard, std::string_view text,
                                  std::string_view composed, std::initializer_list<std::string_view> candidates) {
    core::page::DeclarationText page;
    page.question = question(field, field != DeclarationField::Name);
    page.keyboard = keyboard;
    page.offered = {true, true, true, true};
    if (field == DeclarationField::Phone || field == DeclarationField::PostalCode) {
        page.offered = {false, false, false, true};
    }
    page.text = text;
    page.composed = composed;
    for (const std::string_view candidate : candidates) page.candidates.emplace_back(candidate);
    page.can_undo = !text.empty() || !composed.empty();
    page.can_erase = page.can_undo;
    page.can_go_on = page.can_undo;
    return page;
}

std::string longest_address() {
    std::string words = "北海道札幌市中央区北一条西";
    for (int i = 0; core::characters_in(words) < 200; ++i) words += i % 9 == 0 ? "3" : "髙";
    return words;
}

core::Signature signed_name() {
    core::Signature signature;
    for (int letter = 0; letter < 4; ++letter) {
        const auto x = static_cast<std::uint16_t>(1500 + letter * 1900);
        signature.begin({x, 3000});
        for (int i = 1; i < 12; ++i) {
            signature.go_on(
                {static_cast<std::uint16_t>(x + i * 90), static_cast<std::uint16_t>(3000 + (i % 4) * 900 + i * 120)});
        }
    }
    return signature;
}

core::Declaration filled_form() {
    core::Declaration form;
    form.name = "𠮷田　健一郎";
    form.name_kana = "ヨシダ　ケンイチロウ";
    form.birth_date = {1950, 5, 3};
    form.sex = core::Sex::Male;
    form.postal_code = "1250051";
    form.address = "東京都葛飾区新宿3丁目4-5 コーポ山田201";
    form.phone = "03-0000-0000";
    form.insurance = core::InsuranceKind::LaterElderly;
    form.insurer_name = "東京都後期高齢者医療広域連合";
    form.office_name = "株式会社山田製作所　葛飾工場";
    form.ratio_tenths = 2;
    form.signature = signed_name();
    return form;
}

std::vector<DeclarationField> all_fields() {
    std::vector<DeclarationField> fields;
    for (std::size_t i = 0; i < core::k_declaration_fields; ++i) fields.push_back(static_cast<DeclarationField>(i));
    return fields;
}

void add_other_ways(Gallery& gallery) {
    using core::OtherWay;
    const core::Intent ways{Kind::ShowOtherWays};
    const auto offer = [&](core::View& view) { view.other_ways_offered = true; };
    offer(gallery.add("idle-other-ways", core::page::Idle{}, Stage::None, {ways}, false, true));
    offer(gallery.add("card-problem-other-ways", core::page::CardProblem{core::CardTrouble::Unreadable},
                      Stage::PlaceCard, {{Kind::CallStaff}, ways}));
    offer(gallery.add("choose-method-other-ways", core::page::ChooseMethod{true, true, {}}, Stage::Identify,
                      {{Kind::ChooseFace}, {Kind::ChoosePin}, {Kind::CallStaff}, ways}));
    offer(gallery.add("pin-locked-other-ways", core::page::PinLocked{true}, Stage::Identify,
                      {{Kind::ChooseFace}, {Kind::CallStaff}, ways}));
    offer(gallery.add("face-failed-other-ways", core::page::FaceFailed{core::FaceOutcome::NoMatch, true, true, 2, true},
                      Stage::Identify, {{Kind::Retry}, {Kind::ChoosePin}, {Kind::CallStaff}, ways}));
    offer(gallery.add("call-staff-other-ways", core::page::CallStaff{true}, Stage::Identify,
                      {{Kind::OpenStaffCheck}, {Kind::Back}, ways}, true, false));
    offer(gallery.add("accepted-queued-other-ways", core::page::Accepted{core::Outcome::Queued, 21}, Stage::Done,
                      {ways}, true, true));
    offer(gallery.add("card-taken-other-ways", core::page::CardTaken{true}, Stage::Done, {ways}, false, true));
    offer(gallery.add("out-of-service-other-ways", core::page::OutOfService{}, Stage::None, {ways}, false, true));
    gallery.add(
        "other-ways", core::page::OtherWays{{OtherWay::PortalScreen, OtherWay::InsurerNotice, OtherWay::EarlierVisits}},
        Stage::None, {{Kind::ChooseWay, 0}, {Kind::ChooseWay, 1}, {Kind::ChooseWay, 2}, {Kind::Declare}, {Kind::Back}});
    gallery.add("other-ways-form-only", core::page::OtherWays{}, Stage::None, {{Kind::Declare}, {Kind::Back}});
    const std::array<std::pair<const char*, OtherWay>, core::k_other_ways> shown{{
        {"show-to-staff", OtherWay::PortalScreen},
        {"show-to-staff-notice", OtherWay::InsurerNotice},
        {"show-to-staff-visits", OtherWay::EarlierVisits},
    }};
    for (const auto& [name, way] : shown) {
        gallery.add(name, core::page::ShowToStaff{way}, Stage::None, {{Kind::Declare}, {Kind::Back}}, true, false);
    }
}

void add_typing(Gallery& gallery) {
    const auto add = [&gallery](const std::string& name, const core::page::DeclarationText& page) {
        gallery.add(name, page, Stage::None, typing(page));
    };
    add("declaration-text", typed(DeclarationField::Name, Keyboard::Kana, "高橋　", "けんいちろう",
                                  {"健一郎", "賢一郎", "謙一郎", "憲一朗", "健", "けんいちろう", "ケンイチロウ"}));
    add("declaration-text-empty", typed(DeclarationField::Name, Keyboard::Kana, "", "", {}));
    add("declaration-text-long-name",
        typed(DeclarationField::Name, Keyboard::Latin, "MARIA APARECIDA DOS SANTOS OLIVEIRA DA SILVA", "", {}));
    add("declaration-text-kana", typed(DeclarationField::NameKana, Keyboard::Kana, "タカハシ　ケンイチロウ", "", {}));
    core::page::DeclarationText later = typed(DeclarationField::Name, Keyboard::Romaji, "", "さいとうk",
                                              {"1", "2", "3", "4", "5", "6", "齋藤", "齊藤"});
    later.first_candidate = core::page::DeclarationText::k_candidates_shown;
    add("declaration-text-romaji", later);
    add("declaration-text-postal",
        typed(DeclarationField::PostalCode, Keyboard::Digits, "0600001", "",
              {"北海道札幌市中央区北一条西（1〜19丁目）", "北海道札幌市中央区北一条西（20〜28丁目）"}));
    core::page::DeclarationText lost = typed(DeclarationField::PostalCode, Keyboard::Digits, "0000000", "", {});
    lost.not_found = true;
    add("declaration-text-postal-unknown", lost);
    add("declaration-text-address",
        typed(DeclarationField::Address, Keyboard::Digits, "東京都葛飾区新宿3丁目", "", {}));
    add("declaration-text-longest",
        typed(DeclarationField::Address, Keyboard::Kana, longest_address(), "しんじゅく", {"新宿", "真珠区"}));
    add("declaration-text-phone", typed(DeclarationField::Phone, Keyboard::Digits, "03-0000-00", "", {}));
    gallery.last().view.seconds_left = 14;
    add("declaration-text-insurer", typed(DeclarationField::InsurerName, Keyboard::Kana, "", "か", {"か", "カ"}));
    add("declaration-text-office", typed(DeclarationField::OfficeName, Keyboard::Kana, "", "", {}));
}

void add_form_pages(Gallery& gallery) {
    using core::Printing;
    std::vector<core::Intent> wheels{{Kind::Back}, {Kind::Skip}};
    const auto year = [](std::int16_t number) { return core::Intent{Kind::SetYear, 0, number}; };
    for (const core::Era era : core::k_eras) {
        if (era != core::Era::Taisho && era != core::Era::Western) {
            wheels.push_back({Kind::SetEra, static_cast<std::uint8_t>(era)});
        }
    }
    for (const std::int16_t number : {15, 23, 24, 25, 26, 27, 35}) wheels.push_back(year(number));
    for (const std::uint8_t month : {3, 4, 5, 6, 7}) wheels.push_back({Kind::SetMonth, month});
    for (const std::uint8_t day : {1, 2, 3, 4, 5}) wheels.push_back({Kind::SetDay, day});
    core::page::DeclarationDate date{
        question(DeclarationField::BirthDate), {core::Era::Showa, 25, 5, 3}, 64, 31, false};
    gallery.add("declaration-date-untouched", date, Stage::None, wheels);
    date.touched = true;
    wheels.push_back({Kind::Next});
    gallery.add("declaration-date", date, Stage::None, wheels);
    const auto choices = [](std::uint8_t count) {
        std::vector<core::Intent> all{{Kind::Back}, {Kind::Skip}};
        for (std::uint8_t i = 0; i < count; ++i) all.push_back({Kind::ChooseAnswer, i});
        return all;
    };
    gallery.add("declaration-choice", core::page::DeclarationChoice{question(DeclarationField::InsuranceKind), 5, 1},
                Stage::None, choices(5));
    gallery.add("declaration-choice-sex", core::page::DeclarationChoice{question(DeclarationField::Sex), 2, {}},
                Stage::None, choices(2));
    gallery.add("declaration-choice-ratio",
                core::page::DeclarationChoice{question(DeclarationField::ContributionRatio), 3, {}}, Stage::None,
                choices(3));
    const core::Intent pen{.kind = Kind::PenDown, .pen = {core::k_pen_range / 2, core::k_pen_range / 2}};
    gallery.add("declaration-signature",
                core::page::DeclarationSignature{question(DeclarationField::Signature), signed_name()}, Stage::None,
                {pen, {Kind::Undo}, {Kind::ClearSignature}, {Kind::Skip}, {Kind::Next}, {Kind::Back}});
    gallery.add("declaration-signature-empty",
                core::page::DeclarationSignature{question(DeclarationField::Signature), {}}, Stage::None,
                {pen, {Kind::Skip}, {Kind::Back}});
    std::vector<core::Intent> edits{{Kind::Back}};
    for (std::uint8_t i = 0; i < core::k_declaration_fields; ++i) edits.push_back({Kind::EditField, i});
    const core::BirthDate today{2026, 11, 22};
    gallery.add("declaration-review-empty", core::page::DeclarationReview{{}, false, all_fields(), today}, Stage::None,
                edits);
    edits.push_back({Kind::Confirm});
    gallery.add("declaration-review", core::page::DeclarationReview{filled_form(), true, all_fields(), today},
                Stage::None, edits);
    core::Declaration longest = filled_form();
    longest.address = longest_address();
    longest.name = "MARIA APARECIDA DOS SANTOS OLIVEIRA DA SILVA";
    gallery.add("declaration-review-longest", core::page::DeclarationReview{longest, true, all_fields(), today},
                Stage::None, edits);
    gallery.add("declaration-saving", core::page::DeclarationSaving{}, Stage::None, {}, false, true);
    gallery.add("declaration-done", core::page::DeclarationDone{Printing::Done}, Stage::None, {}, true, true);
    gallery.add("declaration-done-desk", core::page::DeclarationDone{Printing::None}, Stage::None, {}, true, true);
    gallery.add("declaration-done-printing", core::page::DeclarationDone{Printing::Running}, Stage::None, {}, true,
                true);
    gallery.add("declaration-done-failed", core::page::DeclarationDone{Printing::Failed}, Stage::None, {}, true, true);
}

// What lies over a page.
void add_sheets(Gallery& gallery) {
    std::vector<core::Intent> languages{{Kind::CloseSheet}};
    for (std::size_t i = 0; i < core::k_languages.size(); ++i) {
        languages.push_back({Kind::ChangeLanguage, static_cast<std::uint8_t>(i)});
    }
    gallery.add("sheet-languages", core::page::ChooseMethod{true, true, {}}, Stage::Identify, languages).sheet =
        core::Sheet::Languages;
    std::vector<core::Intent> reasons{{Kind::CloseSheet}};
    for (std::uint8_t reason = 0; reason < core::k_visual_reasons; ++reason) {
        reasons.push_back({Kind::ConfirmVisual, reason});
    }
    gallery.add("sheet-reasons", core::page::StaffCheck{4, false, false, false}, Stage::Identify, reasons, true, false)
        .sheet = core::Sheet::VisualReasons;
    using core::ConsentItem;
    const std::array<std::pair<const char*, core::page::Consent>, 4> details{{
        {"sheet-detail", {ConsentItem::Operation, 1, 3, true, false}},
        {"sheet-detail-operation", {ConsentItem::Operation, 1, 3, false, true}},
        {"sheet-detail-checkup", {ConsentItem::HealthCheckup, 2, 3, false, true}},
        {"sheet-detail-medication", {ConsentItem::MedicationDiagnosis, 3, 3, false, true}},
    }};
    for (const auto& [name, page] : details) {
        gallery.add(name, page, Stage::Consent, {{Kind::CloseSheet}}).sheet = core::Sheet::ConsentDetail;
    }
}

}  // namespace

std::vector<Shot> gallery(core::Language language) {
    Gallery all(language);
    add_card_pages(all);
    add_face_pages(all);
    add_pin_pages(all);
    add_staff_pages(all);
    add_last_pages(all);
    add_other_ways(all);
    add_typing(all);
    add_form_pages(all);
    add_sheets(all);
    return all.take();
}

std::vector<Shot> principal(core::Language language) {
    std::vector<Shot> first;
    for (Shot& shot : gallery(language)) {
        const bool sheet = shot.name.starts_with("sheet-") && !shot.name.starts_with("sheet-detail-");
        const bool known = std::ranges::any_of(first, [&shot](const Shot& other) {
            return other.view.page.index() == shot.view.page.index() && other.view.sheet == core::Sheet::None;
        });
        if (sheet || !known || shot.name == "consent-operation" || shot.name == "out-of-service-message" ||
            shot.name == "call-staff-coming" || shot.name.starts_with("declaration-") ||
            shot.name.ends_with("-other-ways"))
            first.push_back(std::move(shot));
    }
    return first;
}

}  // namespace uketsuke::ui::test
