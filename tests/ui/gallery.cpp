#include "tests/ui/gallery.h"

#include <algorithm>
#include <array>

#include "app/core/event.h"
#include "tests/ui/gallery_builder.h"

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
    add_visit(all);
    return all.take();
}

namespace {

// Pages of the form where what is typed decides how they look.
bool worth_a_picture(std::string_view name) {
    constexpr std::array k_names{"idle-other-ways",         "accepted-queued-other-ways", "declaration-text-longest",
                                 "declaration-text-postal", "declaration-text-address",   "declaration-text-romaji",
                                 "declaration-review",      "declaration-review-longest", "declaration-done",
                                 "declaration-date",        "declaration-choice-sex"};
    return std::ranges::find(k_names, name) != k_names.end();
}

}  // namespace

std::vector<Shot> principal(core::Language language) {
    std::vector<Shot> first;
    for (Shot& shot : gallery(language)) {
        const bool sheet = shot.name.starts_with("sheet-") && !shot.name.starts_with("sheet-detail-");
        const bool known = std::ranges::any_of(first, [&shot](const Shot& other) {
            return other.view.page.index() == shot.view.page.index() && other.view.sheet == core::Sheet::None;
        });
        if (sheet || !known || shot.name == "consent-operation" || shot.name == "out-of-service-message" ||
            shot.name == "call-staff-coming" || worth_a_picture(shot.name))
            first.push_back(std::move(shot));
    }
    return first;
}

}  // namespace uketsuke::ui::test
