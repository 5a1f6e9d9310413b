#include "tests/app/core/every_event.h"

#include "tests/app/core/every_declaration.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

Event tap_one_of(std::mt19937& random, const std::vector<Kind>& kinds) {
    return event::Tapped{Intent{kinds[random() % kinds.size()], static_cast<std::uint8_t>(random() % 10)}};
}

std::vector<CareEntry> some_patients() {
    std::vector<CareEntry> patients;
    for (std::uint64_t id = 1; id <= 8; ++id) {
        CareEntry entry;
        entry.id = CareId{id};
        entry.name = SecretText("訪問 患者");
        entry.standing = static_cast<CareStanding>(id % 3);
        entry.online_possible = id % 2 == 0;
        patients.push_back(std::move(entry));
    }
    return patients;
}

Event sensible_at_home(std::mt19937& random, const State& state) {
    switch (random() % 8) {
        case 0:
            if (state.screen != Screen::TourSignIn) return tap_one_of(random, {Kind::Back, Kind::LockTour});
            break;
        case 1:
            return event::CardPlaced{};
        default:
            break;
    }
    if (state.screen == Screen::TourSignIn) {
        if (!state.tour.with_keyring) return tap_one_of(random, {Kind::Digit, Kind::SignIn, Kind::SignIn});
        if (random() % 4 == 0) return event::TourRefused{5};
        return event::TourOpened{StaffId{3}, "訪問 花子"};
    }
    if (state.screen == Screen::Tour) {
        return tap_one_of(random, {Kind::StartVisit, Kind::OpenCareList, Kind::OpenCareList, Kind::AskEndTour});
    }
    if (state.screen == Screen::LayCard) return event::CardPlaced{};
    if (state.tour.list.empty() || state.tour.busy) return event::CareListed{some_patients()};
    if (state.screen == Screen::CareList) {
        const auto which = static_cast<std::int16_t>(random() % state.tour.list.size());
        return event::Tapped{Intent{Kind::PickPatient, 0, which}};
    }
    const auto treatment = static_cast<std::uint8_t>(random() % 2);
    if (random() % 2 == 0) return event::Tapped{Intent{Kind::Reinquire, treatment}};
    return tap_one_of(random, {Kind::RenewConsents, Kind::AskWithdraw});
}

}  // namespace

std::vector<Event> every_event(SessionId id, SessionId stale, Millis now, DeclarationId declaration) {
    std::vector<Event> events;
    const WallTime wall{std::chrono::seconds{1'800'000'000}};
    for (const int ms : {0, 1, 5'000, 20'000, 200'000}) events.emplace_back(event::Tick{now + Millis{ms}, wall});
    events.emplace_back(event::CardPlaced{SessionId{static_cast<std::uint64_t>(id) + 1'000'000}});
    events.emplace_back(event::CardRemoved{});
    events.emplace_back(event::ReaderChanged{false});
    events.emplace_back(event::ReaderChanged{true});
    events.emplace_back(event::FaceAvailability{FaceAbsence::NoModels});
    events.emplace_back(event::FaceAvailability{std::nullopt, true});
    events.emplace_back(event::CameraChanged{true});
    events.emplace_back(event::CameraChanged{false});
    events.emplace_back(event::FaceAvailability{std::nullopt});
    for (std::size_t note = 0; note < k_staff_notes; ++note) {
        events.emplace_back(event::StaffNoteChanged{static_cast<StaffNote>(note), true});
        events.emplace_back(event::StaffNoteChanged{static_cast<StaffNote>(note), false});
    }
    for (const SessionId session : {id, stale}) {
        for (const int tries : {0, 1, 3}) {
            for (const auto standing : {CertificateStanding::Good, CertificateStanding::ExpiresSoon,
                                        CertificateStanding::EligibilityOnly, CertificateStanding::Expired}) {
                events.emplace_back(event::CardRead{session, CardFacts{tries, standing, 10, CardTag{1}}});
            }
        }
        events.emplace_back(event::CardRecognised{session, false});
        events.emplace_back(event::CardRecognised{session, true});
        for (int outcome = 0; outcome <= static_cast<int>(NumberOutcome::Lost); ++outcome) {
            events.emplace_back(event::NumberAnswered{session, static_cast<NumberOutcome>(outcome)});
        }
        for (const auto trouble : {CardTrouble::NotMyNumberCard, CardTrouble::Unreadable, CardTrouble::Moved}) {
            events.emplace_back(event::CardReadFailed{session, trouble});
        }
        events.emplace_back(event::FacePhotoUnusable{session});
        events.emplace_back(event::RegistrationAnswered{session, false});
        events.emplace_back(event::RegistrationAnswered{session, true});
        events.emplace_back(event::FaceGuided{session, FaceGuidance::ComeCloser});
        for (const auto outcome : {FaceOutcome::Match, FaceOutcome::NoMatch, FaceOutcome::TimedOut,
                                   FaceOutcome::CameraFailed, FaceOutcome::NotLive}) {
            events.emplace_back(event::FaceDecided{session, outcome});
        }
        events.emplace_back(event::KeypadShuffled{session, {7, 3, 9, 0, 1, 8, 2, 6, 4, 5}});
        for (const auto outcome :
             {PinOutcome::Right, PinOutcome::Wrong, PinOutcome::Locked, PinOutcome::NotSent, PinOutcome::Lost}) {
            for (const auto left : {std::optional<int>{}, std::optional<int>{0}, std::optional<int>{1},
                                    std::optional<int>{2}, std::optional<int>{3}}) {
                events.emplace_back(event::PinAnswered{session, outcome, left});
            }
        }
        const RequestId request{"request-" + std::to_string(static_cast<std::uint64_t>(session))};
        events.emplace_back(event::Signed{session, request});
        events.emplace_back(event::SignFailed{session, CardTrouble::SignatureRefused});
        events.emplace_back(event::Committed{session, request});
        events.emplace_back(event::CommitFailed{session});
        for (const auto outcome : {Outcome::Confirmed, Outcome::Queued, Outcome::SeeTheDesk}) {
            events.emplace_back(event::Answered{request, outcome, 13, ShownName{"山○"}});
        }
    }
    events.emplace_back(event::TourOpened{StaffId{3}, "訪問 花子"});
    events.emplace_back(event::TourRefused{3});
    events.emplace_back(event::TourFailed{});
    events.emplace_back(event::TourDestroyed{true});
    events.emplace_back(event::CareListed{});
    events.emplace_back(event::CareListed{some_patients()});
    events.emplace_back(event::CareChanged{});
    events.emplace_back(event::CareNotSaved{});
    events.emplace_back(event::CareSaved{CareId{1}});
    events.emplace_back(event::QueueCounted{41});
    events.emplace_back(event::PowerChanged{Power{7, false}});
    events.emplace_back(event::PowerChanged{});
    events.emplace_back(event::Touched{});
    events.emplace_back(event::HeadphonesChanged{true});
    events.emplace_back(event::HeadphonesChanged{false});
    events.emplace_back(event::StaffCodeAnswered{true});
    events.emplace_back(event::StaffCodeAnswered{false});
    events.emplace_back(event::StaffVisual{"2580", VisualReason::Condition});
    for (const auto purpose : {StaffPurpose::VisualCheck, StaffPurpose::TypeNumber, StaffPurpose::WaiveChallenge,
                               StaffPurpose::OrderedKeypad}) {
        for (const auto session : {std::optional<SessionId>{}, std::optional(id), std::optional(stale)}) {
            events.emplace_back(event::StaffApproved{purpose, StaffId{7}, VisualReason::DeviceTrouble, session});
        }
    }
    events.emplace_back(event::VisualWithdrawn{StaffId{7}});
    events.emplace_back(event::CallSeen{});
    events.emplace_back(event::ReceptionStopped{StaffId{7}, "本日の受付は終わりました\n\x01"});
    events.emplace_back(event::ReceptionStopped{StaffId{7}, std::string(500, 'x')});
    events.emplace_back(event::ReceptionResumed{StaffId{7}});
    for (int kind = 0; kind <= static_cast<int>(Kind::EndTour); ++kind) {
        for (const std::uint8_t value : {0, 1, 9, 200}) {
            events.emplace_back(event::Tapped{Intent{static_cast<Kind>(kind), value, value}});
        }
    }
    for (const DeclarationId form : {declaration, DeclarationId{999'999}}) {
        for (auto& event : every_declaration_event(form)) events.emplace_back(std::move(event));
    }
    return events;
}

Event sensible(std::mt19937& random, const State& state) {
    const SessionId id = state.session ? state.session->id : SessionId{0};
    const RequestId request{"request-" + std::to_string(static_cast<std::uint64_t>(id))};
    const auto tries = static_cast<int>(random() % 4);
    if (state.sheet == Sheet::VisualReasons && random() % 2 == 0) return tap_one_of(random, {Kind::ConfirmVisual});
    if (state.sheet == Sheet::WithdrawConsents) return tap_one_of(random, {Kind::WithdrawConsents, Kind::CloseSheet});
    if (state.sheet == Sheet::EndTour) return tap_one_of(random, {Kind::EndTour, Kind::CloseSheet, Kind::CloseSheet});
    if (state.sheet != Sheet::None) return tap_one_of(random, {Kind::CloseSheet, Kind::Back, Kind::ChangeLanguage});
    switch (state.screen) {
        case Screen::Idle:
        case Screen::CardTaken:
        case Screen::CardProblem:
        case Screen::NotSaved:
            if (random() % 4 == 0) return tap_one_of(random, {Kind::ShowOtherWays});
            return event::CardPlaced{};
        case Screen::ReadingCard:
            if (random() % 4 == 0) return event::RegistrationAnswered{id, random() % 2 == 0};
            if (random() % 2 == 0 && !state.session->identified) return event::CardRecognised{id, random() % 4 != 0};
            return event::CardRead{
                id, CardFacts{tries, static_cast<CertificateStanding>(random() % 3), 10, CardTag{random() % 5}}};
        case Screen::ExpiryNotice:
            return tap_one_of(random, {Kind::Next});
        case Screen::ChooseMethod:
            if (!state.session->card && random() % 2 == 0) {
                return event::CardRead{
                    id, CardFacts{tries, static_cast<CertificateStanding>(random() % 3), 10, CardTag{random() % 5}}};
            }
            return tap_one_of(random, {Kind::ChooseFace, Kind::ChoosePin, Kind::CallStaff, Kind::ShowOtherWays});
        case Screen::Face:
            return event::FaceDecided{id, static_cast<FaceOutcome>(random() % 5)};
        case Screen::FaceFailed:
            return tap_one_of(random, {Kind::Retry, Kind::ChoosePin, Kind::CallStaff});
        case Screen::Pin:
            if (state.session->pin_with_card) {
                return event::PinAnswered{id, random() % 2 ? PinOutcome::Wrong : PinOutcome::Right, tries};
            }
            if (!state.session->keypad) return event::KeypadShuffled{id, {7, 3, 9, 0, 1, 8, 2, 6, 4, 5}};
            return tap_one_of(random, {Kind::Digit});
        case Screen::PinLastTry:
            return tap_one_of(random, {Kind::UseLastTry, Kind::ChooseFace});
        case Screen::PinLocked:
            return tap_one_of(random, {Kind::ChooseFace, Kind::CallStaff});
        case Screen::CallStaff:
            return tap_one_of(random, {Kind::OpenStaffCheck, Kind::Back});
        case Screen::StaffCheck:
            if (state.staff.with_checker) return event::StaffCodeAnswered{random() % 2 == 0};
            return tap_one_of(random, {Kind::Digit, Kind::ConfirmVisual, Kind::ShowVisualReasons, Kind::TypeNumber,
                                       Kind::WaiveChallenge, Kind::AllowOrderedKeypad});
        case Screen::NumberEntry:
            if (state.session->number_with_card) {
                return event::NumberAnswered{id, static_cast<NumberOutcome>(random() % 7)};
            }
            return tap_one_of(random, {Kind::Digit});
        case Screen::Registration:
            return tap_one_of(random, {Kind::Register, Kind::NotRegister});
        case Screen::Consent:
            return tap_one_of(random, {Kind::Agree, Kind::Decline, Kind::AgreeAll, Kind::DeclineAll, Kind::OneByOne,
                                       Kind::Back, Kind::ShowDetail});
        case Screen::LimitAmount:
            return tap_one_of(random, {Kind::Provide, Kind::NotProvide});
        case Screen::ConsentSummary:
            return tap_one_of(random, {Kind::Confirm, Kind::Back, Kind::CallStaff});
        case Screen::Submitting:
            if (!state.session->request) return event::Signed{id, request};
            if (!state.session->committed) {
                if (random() % 4 == 0) return event::CommitFailed{id};
                return event::Committed{id, request};
            }
            return event::Answered{request, static_cast<Outcome>(random() % 3)};
        case Screen::Accepted:
            if (random() % 2 == 0) return tap_one_of(random, {Kind::ShowOtherWays});
            return event::Tick{state.now + Millis{20'000}, state.wall};
        case Screen::TakeCard:
            return event::CardRemoved{};
        case Screen::OutOfService:
            if (state.stopped && random() % 2 == 0) return event::ReceptionResumed{};
            return event::ReaderChanged{true};
        case Screen::OtherWays:
        case Screen::ShowToStaff:
        case Screen::DeclarationText:
        case Screen::DeclarationDate:
        case Screen::DeclarationChoice:
        case Screen::DeclarationSignature:
        case Screen::DeclarationReview:
        case Screen::DeclarationSaving:
        case Screen::DeclarationDone:
            return sensible_for_declaration(random, state);
        case Screen::TourSignIn:
        case Screen::Tour:
        case Screen::CareList:
        case Screen::CarePatient:
        case Screen::LayCard:
            return sensible_at_home(random, state);
    }
    return event::CardRemoved{};
}

}  // namespace uketsuke::core::test
