#include <utility>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

constexpr std::size_t k_longest_code = 12;

bool number_entry_tapped(Flow& flow, const Intent& intent) {
    Session& session = *flow.state.session;
    if (session.number_with_card) return false;
    if (intent.kind == Intent::Kind::Digit) {
        if (!number_entry_possible(flow.state)) return true;
        session.number.push(intent.value);
        if (!session.number.complete()) return true;
        session.number_with_card = true;
        flow.emit(effect::OpenPhoto{session.id, std::move(session.number)});
        return true;
    }
    if (intent.kind == Intent::Kind::Erase) {
        session.number.pop();
        return true;
    }
    if (intent.kind == Intent::Kind::Back) {
        session.number.clear();
        if (session.number_from_afar) {
            leave_call(flow);
        } else {
            flow.go(Screen::CallStaff);
        }
        return true;
    }
    return false;
}

// What the tapped ending of the staff page asks the code for; nullopt: it is not offered now.
std::optional<StaffPurpose> purpose_of(const State& state, Intent::Kind kind) {
    if (kind == Intent::Kind::ConfirmVisual) return StaffPurpose::VisualCheck;
    if (kind == Intent::Kind::TypeNumber && number_entry_possible(state)) return StaffPurpose::TypeNumber;
    if (kind == Intent::Kind::WaiveChallenge && challenge_waiver_possible(state)) return StaffPurpose::WaiveChallenge;
    if (kind == Intent::Kind::AllowOrderedKeypad && ordered_keypad_possible(state)) return StaffPurpose::OrderedKeypad;
    return std::nullopt;
}

}  // namespace

void leave_call(Flow& flow) {
    // A page that cannot be resumed (the camera was stopped, the card is gone) leads to the nearest one that can.
    const State& state = flow.state;
    if (!state.session) {
        leave_staff_check(flow);
    } else if (state.session->identified) {
        identified(flow, *state.session->identified);
    } else if (state.called_from == Screen::PinLocked && state.session->card &&
               (state.screen == Screen::CallStaff || at_home(state))) {
        flow.go(Screen::PinLocked);
    } else {
        flow.go(Screen::ChooseMethod);
    }
}

void leave_staff_check(Flow& flow) {
    State& state = flow.state;
    if (state.checked_from == Screen::CardProblem && !state.stopped) {
        flow.go(Screen::CardProblem);
    } else {
        rest(flow, state.end_reason);
    }
}

bool staff_check_possible(const State& state) {
    // Nobody is received where staff have stopped it, whoever is confirmed: what runs is finished.
    if (state.stopped && !state.session) return false;
    return state.policy.visual_check && !(state.session && state.session->identified);
}

bool open_staff_check(Flow& flow) {
    State& state = flow.state;
    if (!state.session || !staff_check_possible(state)) return false;
    state.session->pin.clear();
    state.session->last_try_chosen = false;
    state.staff.wrong = false;
    state.called_from = state.screen;
    flow.go(Screen::StaffCheck);
    return true;
}

bool staff_check_from_here(const State& state) {
    const bool waits =
        state.screen == Screen::Idle || state.screen == Screen::CardProblem || state.screen == Screen::OutOfService;
    return waits && !state.session && staff_check_possible(state);
}

// Typing is offered where the camera could not read the front, and where there is no such camera.
bool number_entry_possible(const State& state) {
    const auto& session = state.session;
    if (face_absence(state) || !session || !session->card || session->identified) return false;
    if (session->face_ruled_out || face_attempts_used(state)) return false;
    if (!session->number_outcome) return !session->photo_expected;
    switch (*session->number_outcome) {
        case NumberOutcome::Unread:
        case NumberOutcome::Impossible:
        case NumberOutcome::Refused:
        case NumberOutcome::RefusedBefore:
            return true;
        case NumberOutcome::Opened:
        case NumberOutcome::TooFewTries:
        case NumberOutcome::Lost:
            return false;
    }
    return false;
}

void number_answered(Flow& flow, NumberOutcome outcome) {
    State& state = flow.state;
    Session& session = *state.session;
    if (session.number_outcome == NumberOutcome::Opened) return;
    session.number_with_card = false;
    session.number_outcome = outcome;
    if (outcome == NumberOutcome::Lost && !session.identified) {
        fail_card(flow, CardTrouble::Moved);
    } else if (state.screen == Screen::NumberEntry && outcome == NumberOutcome::Opened) {
        flow.go(Screen::ChooseMethod);
    } else if (state.screen == Screen::Face && outcome != NumberOutcome::Opened) {
        flow.emit(effect::StopFace{session.id});
        flow.go(Screen::ChooseMethod);
    }
}

bool visual_reasons_askable(const State& state) {
    return state.screen == Screen::StaffCheck && !state.staff.code.empty() && !state.staff.with_checker &&
           state.staff.paused_until <= state.now;
}

void check_staff_code(Flow& flow, SecretText code, StaffPurpose purpose, VisualReason reason) {
    StaffEntry& staff = flow.state.staff;
    if (!flow.state.policy.visual_check || code.empty() || code.view().size() > k_longest_code) return;
    if (staff.with_checker || staff.paused_until > flow.state.now) return;
    staff.with_checker = true;
    staff.purpose = purpose;
    staff.reason = reason;
    staff.session = flow.state.session ? std::optional(flow.state.session->id) : std::nullopt;
    staff.visit = flow.state.session ? flow.state.session->visit : std::nullopt;
    staff.wrong = false;
    flow.emit(effect::CheckStaffCode{std::move(code)});
}

void staff_code_answered(Flow& flow, const event::StaffCodeAnswered& answer) {
    State& state = flow.state;
    StaffEntry& staff = state.staff;
    if (!staff.with_checker) return;
    staff.with_checker = false;
    staff.tries_left = answer.right ? std::nullopt : answer.tries_left;
    if (answer.right) {
        staff.wrong_codes = 0;
        approve_at_kiosk(flow, answer.who);
        return;
    }
    staff.wrong = true;
    if (++staff.wrong_codes >= state.policy.staff_code_attempts) {
        staff.wrong_codes = 0;
        staff.paused_until = state.now + state.policy.staff_code_pause;
    }
}

bool staff_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    StaffEntry& staff = state.staff;
    if (intent.kind == Intent::Kind::OpenStaffCheck && staff_check_from_here(state)) {
        staff.wrong = false;
        state.checked_from = state.screen;
        flow.go(Screen::StaffCheck);
        return true;
    }
    const bool stands_there =
        state.screen == Screen::ChooseMethod || state.screen == Screen::PinLastTry || state.screen == Screen::PinLocked;
    if (intent.kind == Intent::Kind::OpenStaffCheck && at_home(state) && stands_there) return open_staff_check(flow);
    if (state.screen == Screen::CallStaff) {
        if (intent.kind == Intent::Kind::Back) {
            leave_call(flow);
            return true;
        }
        if (intent.kind == Intent::Kind::OpenStaffCheck && staff_check_possible(state)) {
            staff.wrong = false;
            flow.go(Screen::StaffCheck);
            return true;
        }
        return false;
    }
    if (state.screen == Screen::NumberEntry) return number_entry_tapped(flow, intent);
    if (state.screen != Screen::StaffCheck) return false;
    if (intent.kind == Intent::Kind::Digit) {
        if (intent.value <= 9 && staff.code.view().size() < k_longest_code) {
            staff.code.append(std::string(1, static_cast<char>('0' + intent.value)));
        }
        return true;
    }
    if (intent.kind == Intent::Kind::Erase) {
        if (!staff.code.empty()) staff.code.truncate(staff.code.view().size() - 1);
        return true;
    }
    if (intent.kind == Intent::Kind::Back) {
        if (state.session && !at_home(state)) {
            flow.go(Screen::CallStaff);
        } else {
            leave_call(flow);
        }
        return true;
    }
    const auto purpose = purpose_of(state, intent.kind);
    if (!purpose) return false;
    if (intent.kind == Intent::Kind::ConfirmVisual && intent.value >= k_visual_reasons) return false;
    state.sheet = Sheet::None;
    check_staff_code(flow, std::move(staff.code), *purpose, static_cast<VisualReason>(intent.value));
    return true;
}

}  // namespace uketsuke::core
