#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

bool awaits_identification(const State& state) {
    // At home the card comes last.
    return state.session && !state.session->identified && (state.card_present || at_home(state)) &&
           !state.session->reinquiry && !state.session->renewing;
}

// Nobody is here: whom staff confirm comes next.
bool next_card_awaited(const State& state) {
    return !state.session && !state.stopped && !at_home(state);
}

void record(Flow& flow, StaffPurpose purpose, const Approval& approval) {
    const auto& session = flow.state.session;
    flow.emit(
        effect::StaffDid{purpose, approval.who, approval.reason, session ? std::optional(session->id) : std::nullopt});
}

// Where the card is still being read, the rest waits for it.
void confirm_patient(Flow& flow, const Approval& approval) {
    Session& session = *flow.state.session;
    record(flow, StaffPurpose::VisualCheck, approval);
    flow.emit(effect::StopFace{session.id});
    session.approval = approval;
    session.pin_wanted = false;
    session.last_try_chosen = false;
    identified(flow, Method::Visual);
}

void arm(Flow& flow, const Approval& approval) {
    end_visual(flow, false);
    record(flow, StaffPurpose::VisualCheck, approval);
    flow.state.visual = VisualWaiting{approval, flow.state.now + flow.state.policy.visual_check_valid};
}

bool possible(const State& state, StaffPurpose purpose) {
    switch (purpose) {
        case StaffPurpose::VisualCheck:
            return awaits_identification(state) || next_card_awaited(state);
        case StaffPurpose::TypeNumber:
            return number_entry_possible(state);
        case StaffPurpose::WaiveChallenge:
            return challenge_waiver_possible(state);
        case StaffPurpose::OrderedKeypad:
            return ordered_keypad_possible(state);
    }
    return false;
}

// Opens what the patient is now allowed; possible().
void open(Flow& flow, StaffPurpose purpose, StaffId who) {
    Session& session = *flow.state.session;
    record(flow, purpose, Approval{who});
    switch (purpose) {
        case StaffPurpose::VisualCheck:
            return;
        case StaffPurpose::TypeNumber:
            flow.go(Screen::NumberEntry);
            return;
        case StaffPurpose::WaiveChallenge:
            session.challenge_waived = true;
            choose_face(flow);
            return;
        case StaffPurpose::OrderedKeypad:
            session.keypad_ordered = true;
            choose_pin(flow);
            return;
    }
}

// A PIN that is with the card is waited for: its answer decides what is shown next.
bool busy_with_card(const State& state) {
    return state.session && state.session->pin_with_card;
}

void confirm_from_afar(Flow& flow, const event::StaffApproved& approved) {
    const State& state = flow.state;
    const Approval approval{approved.who, approved.reason};
    if (approved.session) {
        if (flow.session(*approved.session) && awaits_identification(state)) confirm_patient(flow, approval);
    } else if (next_card_awaited(state) && !state.card_present) {
        arm(flow, approval);
    }
}

}  // namespace

bool visual_armed(const State& state) {
    return visual_waiting(state).has_value();
}

std::optional<VisualWaiting> visual_waiting(const State& state) {
    return state.visual && state.visual->until > state.now ? state.visual : std::nullopt;
}

bool allowed_now(const State& state, StaffPurpose purpose) {
    if (purpose == StaffPurpose::VisualCheck) {
        return awaits_identification(state) || (next_card_awaited(state) && !state.card_present);
    }
    return possible(state, purpose) && !busy_with_card(state);
}

void end_visual(Flow& flow, bool used) {
    State& state = flow.state;
    if (!state.visual) return;
    flow.emit(effect::VisualCheckEnded{state.visual->approval, used});
    state.visual.reset();
}

void approve_at_kiosk(Flow& flow, StaffId who) {
    State& state = flow.state;
    const StaffEntry& staff = state.staff;
    const auto now = state.session ? std::optional(state.session->id) : std::nullopt;
    // Whom staff looked at has gone: whoever lies a card down next is somebody else.
    // At home a session goes on under another name when its card is laid or taken.
    const bool same_visit = staff.visit && state.session && staff.visit == state.session->visit;
    if (staff.session && staff.session != now && !same_visit) {
        if (state.screen == Screen::StaffCheck) leave_call(flow);
        return;
    }
    if (staff.purpose == StaffPurpose::VisualCheck) {
        const Approval approval{who, staff.reason};
        if (awaits_identification(state)) {
            confirm_patient(flow, approval);
        } else if (next_card_awaited(state)) {
            arm(flow, approval);
            // Somebody who needs no card is not interrupted.
            if (!state.declaring && !choosing_other_way(state)) rest(flow, state.end_reason);
        } else if (state.screen == Screen::StaffCheck) {
            leave_call(flow);
        }
        return;
    }
    if (state.screen != Screen::StaffCheck) return;
    if (possible(state, staff.purpose)) {
        open(flow, staff.purpose, who);
    } else {
        leave_call(flow);
    }
}

void staff_approved(Flow& flow, const event::StaffApproved& approved) {
    State& state = flow.state;
    if (approved.purpose == StaffPurpose::VisualCheck) {
        confirm_from_afar(flow, approved);
        return;
    }
    if (!approved.session || !flow.session(*approved.session) || !allowed_now(state, approved.purpose)) return;
    Session& session = *state.session;
    if (state.screen == Screen::Face) flow.emit(effect::StopFace{session.id});
    session.pin.clear();
    session.pin_wanted = false;
    session.number_from_afar = approved.purpose == StaffPurpose::TypeNumber;
    open(flow, approved.purpose, approved.who);
}

}  // namespace uketsuke::core
