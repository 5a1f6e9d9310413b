#include <algorithm>
#include <array>
#include <string_view>

#include "app/ui/key_grid.h"
#include "tests/ui/gallery_builder.h"

namespace uketsuke::ui::test {

namespace {

using Kind = core::Intent::Kind;
using core::DeclarationField;
using core::Keyboard;
using core::Stage;

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

}  // namespace

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
        // Two below what stands there, and what is above.
        if (era != core::Era::Western) wheels.push_back({Kind::SetEra, static_cast<std::uint8_t>(era)});
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
    gallery.add("declaration-review-empty", core::page::DeclarationReview{{}, false, false, all_fields(), today},
                Stage::None, edits);
    edits.push_back({Kind::Confirm});
    gallery.add("declaration-review", core::page::DeclarationReview{filled_form(), true, false, all_fields(), today},
                Stage::None, edits);
    gallery.add("declaration-review-not-saved",
                core::page::DeclarationReview{filled_form(), true, true, all_fields(), today}, Stage::None, edits);
    core::Declaration longest = filled_form();
    longest.address = longest_address();
    longest.name = "MARIA APARECIDA DOS SANTOS OLIVEIRA DA SILVA";
    gallery.add("declaration-review-longest", core::page::DeclarationReview{longest, true, false, all_fields(), today},
                Stage::None, edits);
    gallery
        .add("declaration-leave", core::page::DeclarationReview{filled_form(), true, false, all_fields(), today},
             Stage::None, {{Kind::CloseSheet}, {Kind::Stop}})
        .sheet = core::Sheet::LeaveForm;
    gallery.add("declaration-saving", core::page::DeclarationSaving{}, Stage::None, {}, false, true);
    gallery.add("declaration-done", core::page::DeclarationDone{Printing::Done}, Stage::None, {}, true, true);
    gallery.add("declaration-done-desk", core::page::DeclarationDone{Printing::None}, Stage::None, {}, true, true);
    gallery.add("declaration-done-printing", core::page::DeclarationDone{Printing::Running}, Stage::None, {}, true,
                true);
    gallery.add("declaration-done-failed", core::page::DeclarationDone{Printing::Failed}, Stage::None, {}, true, true);
}

}  // namespace uketsuke::ui::test
