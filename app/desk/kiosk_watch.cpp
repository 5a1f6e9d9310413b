#include "app/desk/kiosk_watch.h"

#include <algorithm>

#include "app/core/step.h"

namespace uketsuke::desk {
namespace {

constexpr std::size_t k_calls_kept = 20;
constexpr std::size_t k_tickets_kept = 50;
// Somebody is on the way and the patient has moved on: nothing is left to do.
constexpr std::chrono::seconds k_seen_call_kept{60};

template <class E>
bool has(const core::Effects& effects) {
    return std::any_of(effects.begin(), effects.end(),
                       [](const core::Effect& effect) { return std::holds_alternative<E>(effect); });
}

std::optional<core::SessionId> session_of(const core::State& state) {
    if (!state.session || !state.card_present) return std::nullopt;
    return state.session->id;
}

FaceStanding face_of(const core::State& state) {
    if (core::face_absence(state) || !state.session || state.session->face_ruled_out) return FaceStanding::Away;
    return state.session->face_attempts > 0 ? FaceStanding::Failed : FaceStanding::Offered;
}

}  // namespace

const char* name_of(TicketResult result) {
    switch (result) {
        case TicketResult::Done:
            return "done";
        case TicketResult::TooLate:
            return "too-late";
        case TicketResult::Refused:
            return "refused";
    }
    return "";
}

const char* name_of(FaceStanding face) {
    switch (face) {
        case FaceStanding::Away:
            return "away";
        case FaceStanding::Offered:
            return "offered";
        case FaceStanding::Failed:
            return "failed";
    }
    return "";
}

KioskNow KioskWatch::now() const {
    const std::lock_guard lock(m_mutex);
    return m_now;
}

std::optional<bool> KioskWatch::call_seen(int number, core::StaffId by) {
    bool newest = false;
    {
        const std::lock_guard lock(m_mutex);
        const auto call = std::find_if(m_now.calls.begin(), m_now.calls.end(),
                                       [&](const StaffCall& one) { return one.number == number; });
        if (call == m_now.calls.end()) return std::nullopt;
        if (!call->seen_by) {
            call->seen_by = by;
            call->seen_at = m_wall;
        }
        newest = number == m_calls;
    }
    m_changed();
    return newest;
}

void KioskWatch::passed(const core::Passed& passed) {
    bool changed = false;
    {
        const std::lock_guard lock(m_mutex);
        m_wall = passed.state.wall;
        changed = take_state(passed);
        for (const auto& effect : passed.effects) {
            const auto* asked = std::get_if<core::effect::CallStaff>(&effect);
            if (asked == nullptr) continue;
            note_call(passed, *asked);
            changed = true;
        }
        changed = note_ticket(passed) || changed;
        changed = forget_calls(passed.state) || changed;
    }
    if (changed) m_changed();
}

bool KioskWatch::take_state(const core::Passed& passed) {
    const core::State& state = passed.state;
    KioskNow next;
    next.screen = state.screen;
    next.since = state.screen == m_now.screen ? m_now.since : state.wall;
    next.session = session_of(state);
    if (state.session && state.session->card) next.pin_tries = state.session->card->pin_tries;
    if (state.session) next.identified = state.session->identified;
    next.face = face_of(state);
    for (const auto purpose : {core::StaffPurpose::VisualCheck, core::StaffPurpose::OrderedKeypad,
                               core::StaffPurpose::WaiveChallenge, core::StaffPurpose::TypeNumber}) {
        if (core::allowed_now(state, purpose)) next.allowed.push_back(purpose);
    }
    next.visual = core::visual_waiting(state);
    if (next.visual) {
        next.visual_until = state.wall + std::chrono::ceil<std::chrono::seconds>(next.visual->until - state.now);
    }
    next.stopped = state.stopped;
    next.stopped_since = m_now.stopped ? m_now.stopped_since : state.wall;
    next.reader_there = state.reader_there;
    next.camera_failing = state.camera_failing;
    next.networks_absent = state.networks_absent;
    next.notes = state.staff_notes;

    // The moment until which a check waits is the same moment however the seconds are counted.
    const bool same_wait = next.visual.has_value() == m_now.visual.has_value() &&
                           (!next.visual || next.visual->until == m_now.visual->until);
    if (same_wait) next.visual_until = m_now.visual_until;
    const bool changed = next.screen != m_now.screen || next.session != m_now.session ||
                         next.pin_tries != m_now.pin_tries || next.identified != m_now.identified ||
                         next.face != m_now.face || next.allowed != m_now.allowed || !same_wait ||
                         next.stopped.has_value() != m_now.stopped.has_value() ||
                         next.reader_there != m_now.reader_there || next.camera_failing != m_now.camera_failing ||
                         next.networks_absent != m_now.networks_absent || next.notes != m_now.notes;
    next.calls = std::move(m_now.calls);
    next.tickets = std::move(m_now.tickets);
    m_now = std::move(next);
    return changed;
}

void KioskWatch::note_call(const core::Passed& passed, const core::effect::CallStaff& asked) {
    const auto session = session_of(passed.state);
    const auto rings = std::find_if(m_now.calls.begin(), m_now.calls.end(), [&](const StaffCall& call) {
        return !call.seen_by && session && call.session == session;
    });
    if (rings != m_now.calls.end()) {
        // Whoever asked for help before has something to show now.
        if (asked.to_show) rings->to_show = asked.to_show;
        return;
    }
    m_now.calls.push_back({++m_calls, passed.state.wall, passed.before, session, std::nullopt, {}, asked.to_show});
    if (m_now.calls.size() <= k_calls_kept) return;
    const auto seen = std::find_if(m_now.calls.begin(), m_now.calls.end(),
                                   [](const StaffCall& call) { return call.seen_by.has_value(); });
    m_now.calls.erase(seen == m_now.calls.end() ? m_now.calls.begin() : seen);
}

bool KioskWatch::note_ticket(const core::Passed& passed) {
    core::Ticket ticket{};
    TicketResult result = TicketResult::Refused;
    if (const auto* approved = std::get_if<core::event::StaffApproved>(&passed.event)) {
        ticket = approved->ticket;
        // The session that ran before and after: an approval never ends one.
        const auto lies_there = session_of(passed.state);
        if (has<core::effect::StaffDid>(passed.effects)) {
            result = TicketResult::Done;
        } else if (approved->session != lies_there) {
            result = TicketResult::TooLate;
        }
    } else if (const auto* withdrawn = std::get_if<core::event::VisualWithdrawn>(&passed.event)) {
        ticket = withdrawn->ticket;
        result = has<core::effect::VisualCheckEnded>(passed.effects) ? TicketResult::Done : TicketResult::TooLate;
    } else if (const auto* stopped = std::get_if<core::event::ReceptionStopped>(&passed.event)) {
        ticket = stopped->ticket;
        result = TicketResult::Done;
    } else if (const auto* resumed = std::get_if<core::event::ReceptionResumed>(&passed.event)) {
        ticket = resumed->ticket;
        result = TicketResult::Done;
    }
    if (ticket == core::Ticket{}) return false;
    m_now.tickets[ticket] = result;
    while (m_now.tickets.size() > k_tickets_kept) m_now.tickets.erase(m_now.tickets.begin());
    return true;
}

bool KioskWatch::forget_calls(const core::State& state) {
    const auto visit = session_of(state);
    return std::erase_if(m_now.calls, [&](const StaffCall& call) {
               const bool visit_over = !call.session || call.session != visit;
               return call.seen_by && visit_over && state.wall - call.seen_at > k_seen_call_kept;
           }) > 0;
}

}  // namespace uketsuke::desk
