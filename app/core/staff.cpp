#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

constexpr std::size_t k_longest_code = 12;

bool awaits_identification(const State& state) {
    return state.session && state.session->card && !state.session->identified && state.card_present &&
           state.screen != Screen::ExpiryNotice;
}

void approve(Flow& flow) {
    State& state = flow.state;
    if (awaits_identification(state)) {
        flow.emit(effect::StopFace{state.session->id});
        identified(flow, Method::Visual);
        return;
    }
    // Somebody already identified keeps the method that identified them: one approval, one patient.
    if (state.session && state.session->identified) return;
    state.visual_until = state.now + state.policy.visual_check_valid;
    if (!state.session) rest(flow, state.end_reason);
}

void leave_call(Flow& flow) {
    // A page that cannot be resumed (the camera was stopped, the card is gone) leads to the nearest one that can.
    const State& state = flow.state;
    if (!state.session) {
        rest(flow, state.end_reason);
    } else if (state.session->identified) {
        open_consent(flow);
    } else if (state.screen == Screen::CallStaff && state.called_from == Screen::PinLocked) {
        flow.go(Screen::PinLocked);
    } else {
        flow.go(Screen::ChooseMethod);
    }
}

}  // namespace

bool visual_armed(const State& state) {
    return state.visual_until && *state.visual_until > state.now;
}

bool staff_check_possible(const State& state) {
    return state.policy.visual_check && !(state.session && state.session->identified);
}

void check_staff_code(Flow& flow, std::string code) {
    StaffEntry& staff = flow.state.staff;
    if (!flow.state.policy.visual_check || code.empty() || code.size() > k_longest_code) return;
    if (staff.with_checker || staff.paused_until > flow.state.now) return;
    staff.with_checker = true;
    staff.wrong = false;
    flow.emit(effect::CheckStaffCode{std::move(code)});
}

void staff_code_answered(Flow& flow, bool right) {
    State& state = flow.state;
    StaffEntry& staff = state.staff;
    if (!staff.with_checker) return;
    staff.with_checker = false;
    if (right) {
        staff.wrong_codes = 0;
        approve(flow);
        return;
    }
    staff.wrong = true;
    if (++staff.wrong_codes >= state.policy.staff_code_attempts) {
        staff.wrong_codes = 0;
        staff.paused_until = state.now + state.policy.staff_code_pause;
    }
}

void call_staff(Flow& flow) {
    State& state = flow.state;
    if (state.screen == Screen::Face) flow.emit(effect::StopFace{state.session->id});
    if (state.session) state.session->pin.clear();
    state.called_from = state.screen;
    flow.go(Screen::CallStaff);
}

bool staff_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    StaffEntry& staff = state.staff;
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
    if (state.screen != Screen::StaffCheck) return false;
    if (intent.kind == Intent::Kind::Digit) {
        if (intent.value <= 9 && staff.code.size() < k_longest_code) {
            staff.code.push_back(static_cast<char>('0' + intent.value));
        }
        return true;
    }
    if (intent.kind == Intent::Kind::Erase) {
        if (!staff.code.empty()) staff.code.pop_back();
        return true;
    }
    if (intent.kind == Intent::Kind::Back) {
        flow.go(Screen::CallStaff);
        return true;
    }
    if (intent.kind == Intent::Kind::ConfirmVisual) {
        std::string code;
        code.swap(staff.code);
        check_staff_code(flow, std::move(code));
        return true;
    }
    return false;
}

}  // namespace uketsuke::core
