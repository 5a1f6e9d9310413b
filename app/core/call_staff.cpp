#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

// Whoever is on the way is there by then; if nobody is, the next touch calls again.
constexpr Millis k_call_shown{60'000};

enum class Call : std::uint8_t { NotOffered, Stays, Leaves };

// Pages that lead on by themselves, or that say something of their own, stay while somebody comes.
Call call_from(Screen screen) {
    switch (screen) {
        case Screen::ExpiryNotice:
        case Screen::ChooseMethod:
        case Screen::Face:
        case Screen::FaceFailed:
        case Screen::Pin:
        case Screen::PinLastTry:
        case Screen::PinLocked:
        case Screen::Registration:
        case Screen::Consent:
        case Screen::LimitAmount:
        case Screen::ConsentSummary:
            return Call::Leaves;
        case Screen::Idle:
        case Screen::ReadingCard:
        case Screen::CardProblem:
        case Screen::Submitting:
        case Screen::Accepted:
        case Screen::NotSaved:
        case Screen::TakeCard:
        case Screen::CardTaken:
        case Screen::OutOfService:
        case Screen::OtherWays:
        case Screen::DeclarationText:
        case Screen::DeclarationDate:
        case Screen::DeclarationChoice:
        case Screen::DeclarationSignature:
        case Screen::DeclarationReview:
        case Screen::DeclarationSaving:
        case Screen::DeclarationDone:
            return Call::Stays;
        case Screen::CallStaff:
        case Screen::StaffCheck:
        case Screen::NumberEntry:
        case Screen::ShowToStaff:
        case Screen::TourSignIn:
        case Screen::Tour:
        case Screen::CareList:
        case Screen::CarePatient:
        case Screen::LayCard:
            return Call::NotOffered;
    }
    return Call::NotOffered;
}

}  // namespace

bool staff_offered(const State& state) {
    return !at_home(state) && call_from(state.screen) != Call::NotOffered;
}

bool call_open(const State& state) {
    return state.staff_called_until || state.screen == Screen::CallStaff || state.screen == Screen::StaffCheck ||
           state.screen == Screen::NumberEntry || state.screen == Screen::ShowToStaff;
}

void call_staff(Flow& flow) {
    State& state = flow.state;
    if (!state.staff_called_until) flow.emit(effect::CallStaff{});
    if (state.screen == Screen::Face) flow.emit(effect::StopFace{state.session->id});
    if (state.session) {
        state.session->pin.clear();
        state.session->pin_wanted = false;
        state.session->last_try_chosen = false;
    }
    state.called_from = state.screen;
    flow.go(Screen::CallStaff);
}

bool call_staff_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    if (intent.kind != Intent::Kind::CallStaff) return false;
    // At home they stand there.
    if (at_home(state)) return call_from(state.screen) == Call::Leaves && open_staff_check(flow);
    switch (call_from(state.screen)) {
        case Call::NotOffered:
            return false;
        case Call::Leaves:
            call_staff(flow);
            return true;
        case Call::Stays:
            if (state.staff_called_until) return true;
            state.staff_called_until = state.now + k_call_shown;
            flow.emit(effect::CallStaff{});
            return true;
    }
    return false;
}

}  // namespace uketsuke::core
