// The pages of home visits, and those of the counter as they are at home.
#include <algorithm>

#include "tests/ui/gallery_builder.h"

namespace uketsuke::ui::test {

namespace {

using Kind = core::Intent::Kind;
using core::CareConflict;
using core::CareResult;
using core::CareStanding;
using core::Stage;
using namespace std::chrono_literals;

constexpr core::WallTime k_morning{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + 0h + 5min};

std::vector<core::Intent> digits_and(std::initializer_list<core::Intent> more) {
    std::vector<core::Intent> all;
    for (std::uint8_t digit = 0; digit < 10; ++digit) all.push_back({Kind::Digit, digit});
    all.insert(all.end(), more);
    return all;
}

core::CareEntry patient(std::uint64_t id, const char* name, const char* kana, core::BirthDate born) {
    core::CareEntry entry;
    entry.id = core::CareId{id};
    entry.name = core::SecretText(name);
    entry.kana = core::SecretText(kana);
    entry.birth_date = born;
    entry.agreed = {true, false, true};
    entry.consented_at = k_morning - std::chrono::days{40};
    entry.consented_until = k_morning + std::chrono::days{140};
    entry.last_visit = k_morning;
    entry.online_possible = true;
    return entry;
}

core::CareEntry conflicting(core::CareEntry entry, CareConflict conflict) {
    entry.result = CareResult::Conflict;
    entry.conflict = conflict;
    entry.number = 31;
    return entry;
}

std::vector<core::CareEntry> six() {
    std::vector<core::CareEntry> all;
    all.push_back(patient(1, "佐藤 花子", "サトウ ハナコ", {1938, 5, 3}));
    all.back().visited_today = true;
    all.back().result = CareResult::Confirmed;
    all.push_back(patient(2, "𠮷田 源太郎", "ヨシダ ゲンタロウ", {1926, 12, 26}));
    all.back().visited_today = true;
    all.back().result = CareResult::Waiting;
    all.push_back(conflicting(patient(3, "鈴木 一郎", "スズキ イチロウ", {1945, 1, 1}), CareConflict::NotInsured));
    all.push_back(patient(4, "", "", {}));
    all.back().result = CareResult::Waiting;
    all.push_back(patient(5, "MARIA APARECIDA DOS SANTOS OLIVEIRA DA SILVA",
                          "マリア アパレシーダ ドス サントス オリヴェイラ ダ シルヴァ", {1990, 10, 31}));
    all.push_back(patient(6, "渡辺 うめ", "ワタナベ ウメ", {1931, 2, 28}));
    all.back().standing = CareStanding::Expired;
    return all;
}

core::page::TourSignIn sign_in(int entered, std::optional<int> left) {
    core::page::TourSignIn page;
    page.entered = static_cast<std::uint8_t>(entered);
    page.wrong = left.has_value() && entered == 0;
    page.tries_left = left;
    return page;
}

void add_sign_in(Gallery& gallery) {
    const auto add = [&](const char* name, const core::page::TourSignIn& page, std::vector<core::Intent> intents) {
        gallery.at_home(name, page, Stage::None, std::move(intents));
    };
    add("tour-sign-in", sign_in(0, {}), digits_and({}));
    add("tour-sign-in-typed", sign_in(6, {}), digits_and({{Kind::Erase}, {Kind::SignIn}}));
    add("tour-sign-in-wrong", sign_in(0, 9), digits_and({}));
    add("tour-sign-in-few", sign_in(0, 3), digits_and({}));
    add("tour-sign-in-last", sign_in(4, 1), digits_and({{Kind::Erase}, {Kind::SignIn}}));
    core::page::TourSignIn page = sign_in(6, {});
    page.checking = true;
    add("tour-sign-in-checking", page, {});
    page = sign_in(0, {});
    page.failed = true;
    add("tour-sign-in-failed", page, digits_and({}));
    page = sign_in(2, {});
    page.opened = page.back = true;
    page.name = "訪問看護師 高橋 美咲";
    add("tour-sign-in-locked", page, digits_and({{Kind::Erase}, {Kind::SignIn}, {Kind::Back}}));
    page = {};
    page.destroyed = true;
    add("tour-sign-in-destroyed", page, {});
    page.from_afar = true;
    add("tour-sign-in-lost", page, {});
}

void add_tour(Gallery& gallery) {
    const std::vector<core::Intent> open{
        {Kind::StartVisit}, {Kind::OpenCareList}, {Kind::AskEndTour}, {Kind::LockTour}};
    const std::vector<core::Intent> locked{{Kind::StartVisit}, {Kind::OpenCareList}, {Kind::AskEndTour}};
    const core::page::Tour page{"訪問看護師 高橋 美咲", 12, core::Power{64, false}, true, {}};
    gallery.at_home("tour", page, Stage::None, open);
    core::page::Tour other = page;
    other.list_open = false;
    other.waiting = 0;
    other.power = core::Power{100, true};
    gallery.at_home("tour-locked", other, Stage::None, locked);
    other.power = core::Power{9, false};
    other.waiting = 40;
    other.staff_note = core::StaffNote::QueueDamaged;
    gallery.at_home("tour-low", other, Stage::None, locked);
    other = {};
    gallery.at_home("tour-bare", other, Stage::None, locked);
    gallery.at_home("tour-end", page, Stage::None, {{Kind::CloseSheet}, {Kind::EndTour}}).sheet = core::Sheet::EndTour;
    gallery.at_home("tour-dimmed", page, Stage::None, open).dimmed = true;
}

std::vector<core::Intent> picks(std::int16_t from, std::int16_t to) {
    std::vector<core::Intent> all{{Kind::Back}};
    for (std::int16_t i = from; i < to; ++i) all.push_back({Kind::PickPatient, 0, i});
    return all;
}

void add_list(Gallery& gallery) {
    std::vector<core::Intent> more = picks(6, 12);
    more.push_back({Kind::MorePatients});
    gallery.at_home("care-list", core::page::CareList{six(), 6, 40, 1, 12}, Stage::None, more);
    gallery.at_home("care-list-one-page", core::page::CareList{six(), 0, 6, 1, 2}, Stage::None, picks(0, 6));
    std::vector<core::Intent> last = picks(36, 37);
    last.push_back({Kind::MorePatients});
    gallery.at_home("care-list-last", core::page::CareList{{six().front()}, 36, 37, 0, 0}, Stage::None, last);
    std::vector<core::CareEntry> troubles;
    for (std::size_t i = 1; i < core::k_care_conflicts; ++i) {
        const std::vector<core::CareEntry> all = six();
        troubles.push_back(conflicting(all[i - 1], static_cast<CareConflict>(i)));
    }
    gallery.at_home("care-list-troubles", core::page::CareList{troubles, 0, 6, 6, 0}, Stage::None, picks(0, 6));
    gallery.at_home("care-list-empty", core::page::CareList{}, Stage::None, {{Kind::Back}});
}

void add_patient(Gallery& gallery) {
    const core::Intent again{Kind::Reinquire, 0};
    const core::Intent online{Kind::Reinquire, 1};
    const std::vector<core::Intent> all{again, online, {Kind::RenewConsents}, {Kind::AskWithdraw}, {Kind::Back}};
    const std::vector<core::Intent> no_online{again, {Kind::RenewConsents}, {Kind::AskWithdraw}, {Kind::Back}};
    const core::CareEntry sato = six().front();
    gallery.at_home("care-patient", core::page::CarePatient{sato, true}, Stage::None, all);
    core::CareEntry entry = sato;
    entry.online_possible = false;
    entry.result = CareResult::Waiting;
    gallery.at_home("care-patient-no-pin", core::page::CarePatient{entry}, Stage::None, no_online);
    entry = six()[5];
    gallery.at_home("care-patient-expired", core::page::CarePatient{entry}, Stage::None,
                    {{Kind::RenewConsents}, {Kind::AskWithdraw}, {Kind::Back}});
    entry.standing = CareStanding::Withdrawn;
    gallery.at_home("care-patient-withdrawn", core::page::CarePatient{entry}, Stage::None, {{Kind::Back}});
    gallery.at_home("care-patient-unnamed", core::page::CarePatient{six()[3], true}, Stage::None, all);
    gallery.at_home("care-patient-longest", core::page::CarePatient{six()[4], true}, Stage::None, all);
    gallery.at_home("care-patient-busy", core::page::CarePatient{sato, true, true}, Stage::None, {{Kind::Back}});
    gallery.at_home("care-patient-not-saved", core::page::CarePatient{sato, true, false, true}, Stage::None, all);
    for (std::size_t i = 1; i < core::k_care_conflicts; ++i) {
        gallery.at_home("care-patient-conflict-" + std::to_string(i),
                        core::page::CarePatient{conflicting(six()[4], static_cast<CareConflict>(i)), true}, Stage::None,
                        all);
    }
    gallery
        .at_home("care-patient-withdraw", core::page::CarePatient{sato, true}, Stage::None,
                 {{Kind::CloseSheet}, {Kind::WithdrawConsents}})
        .sheet = core::Sheet::WithdrawConsents;
}

void stoppable(core::View& view) {
    view.can_stop = true;
}

// Pages of the counter that are others at home.
void add_reception(Gallery& gallery) {
    using core::ConsentItem;
    constexpr std::array<std::uint8_t, 10> k_order{7, 2, 9, 0, 4, 8, 1, 6, 3, 5};
    stoppable(gallery.at_home("visit-consent", core::page::Consent{ConsentItem::Operation, 1, 3, true, false},
                              Stage::Consent,
                              {{Kind::AgreeAll}, {Kind::DeclineAll}, {Kind::OneByOne}, {Kind::ShowDetail}}));
    gallery
        .at_home("visit-consent-detail", core::page::Consent{ConsentItem::Operation, 1, 3, true, false}, Stage::Consent,
                 {{Kind::CloseSheet}})
        .sheet = core::Sheet::ConsentDetail;
    stoppable(gallery.at_home("visit-consent-summary", core::page::ConsentSummary{{true, false, true}, {}, {}},
                              Stage::Consent, {{Kind::Confirm}, {Kind::Back}}));
    core::page::ChooseMethod choose;
    choose.pin = choose.visual = true;
    stoppable(
        gallery.at_home("visit-choose-method", choose, Stage::Identify, {{Kind::ChoosePin}, {Kind::OpenStaffCheck}}));
    choose.pin = false;
    choose.pin_locked = true;
    stoppable(gallery.at_home("visit-choose-method-pin-locked", choose, Stage::Identify, {{Kind::OpenStaffCheck}}));
    stoppable(gallery.at_home("visit-pin", core::page::Pin{k_order, true, false, 0, 0, false}, Stage::Identify,
                              digits_and({{Kind::Back}})));
    stoppable(gallery.at_home("visit-pin-wrong", core::page::Pin{k_order, true, false, 0, 2, true}, Stage::Identify,
                              digits_and({{Kind::Back}})));
    stoppable(gallery.at_home("visit-pin-last-try", core::page::PinLastTry{}, Stage::Identify,
                              {{Kind::OpenStaffCheck}, {Kind::UseLastTry}}));
    stoppable(gallery.at_home("visit-pin-locked", core::page::PinLocked{}, Stage::Identify, {{Kind::OpenStaffCheck}}));
    stoppable(gallery.at_home("visit-staff-check", core::page::StaffCheck{}, Stage::Identify,
                              digits_and({{Kind::ShowVisualReasons}, {Kind::Back}})));
    std::vector<core::Intent> reasons{{Kind::CloseSheet}};
    for (std::uint8_t reason = 0; reason < core::k_visual_reasons; ++reason) {
        reasons.push_back({Kind::ConfirmVisual, reason});
    }
    gallery.at_home("visit-reasons", core::page::StaffCheck{4, false, false, false}, Stage::Identify, reasons).sheet =
        core::Sheet::VisualReasons;
    stoppable(gallery.at_home("lay-card", core::page::LayCard{}, Stage::PlaceCard, {}));
    stoppable(gallery.at_home("lay-card-again", core::page::LayCard{true, true}, Stage::PlaceCard, {}));
    stoppable(gallery.at_home("lay-card-no-reader", core::page::LayCard{false, false}, Stage::PlaceCard, {}));
    for (const core::CardTrouble trouble :
         {core::CardTrouble::CertificateExpired, core::CardTrouble::ReaderAway, core::CardTrouble::SignatureRefused}) {
        gallery.at_home("visit-card-problem-" + std::to_string(static_cast<int>(trouble)),
                        core::page::CardProblem{trouble}, Stage::PlaceCard, {});
    }
    gallery.at_home("visit-expiry-notice", core::page::ExpiryNotice{core::CertificateStanding::Expired, -120},
                    Stage::Identify, {{Kind::Next}});
    gallery.at_home("visit-submitting", core::page::Submitting{}, Stage::Consent, {});
    gallery.at_home("visit-submitting-without-card", core::page::Submitting{true}, Stage::Consent, {});
    const core::ShownName name{"山○ 太○"};
    const auto accepted = [&](const char* shot, const core::page::Accepted& page) {
        stoppable(gallery.at_home(shot, page, Stage::Done, {}));
    };
    accepted("visit-accepted", {core::Outcome::Confirmed, 0, name});
    accepted("visit-accepted-queued", {core::Outcome::Queued, 21});
    accepted("visit-accepted-ask", {core::Outcome::SeeTheDesk, 13});
    accepted("visit-accepted-without-card", {core::Outcome::Confirmed, 0, name, true});
    accepted("visit-accepted-queued-without-card", {core::Outcome::Queued, 21, {}, true});
    gallery.at_home("visit-not-saved", core::page::NotSaved{}, Stage::Done, {});
    for (const core::EndReason reason :
         {core::EndReason::TimedOut, core::EndReason::NotSaved, core::EndReason::CardTrouble}) {
        gallery.at_home("visit-take-card-" + std::to_string(static_cast<int>(reason)), core::page::TakeCard{reason},
                        Stage::Done, {});
    }
    gallery.at_home("visit-card-taken", core::page::CardTaken{false}, Stage::None, {});
    gallery.at_home("visit-card-taken-accepted", core::page::CardTaken{true}, Stage::Done, {});
    gallery.at_home("visit-out-of-service", core::page::OutOfService{}, Stage::None, {});
    gallery.at_home("visit-out-of-service-by-staff", core::page::OutOfService{true, {}}, Stage::None, {});
}

}  // namespace

void add_visit(Gallery& gallery) {
    add_sign_in(gallery);
    add_tour(gallery);
    add_list(gallery);
    add_patient(gallery);
    add_reception(gallery);
}

std::vector<Shot> visits(core::Language language) {
    Gallery all(language);
    add_visit(all);
    return all.take();
}

}  // namespace uketsuke::ui::test
