#include <algorithm>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

// Staff need a moment to walk over.
constexpr int k_staff_patience = 3;

// A name and an outcome do not stay for whoever comes next, however often the screen is touched.
constexpr Millis k_accepted_longest{60'000};

// These pages stay until somebody does something about them.
bool stays(const State& state) {
    if (state.screen == Screen::TakeCard || state.screen == Screen::OutOfService) return true;
    const bool over = !state.session;
    return (state.screen == Screen::CardProblem || state.screen == Screen::NotSaved) && state.card_present && over;
}

bool left_behind(const State& state) {
    return state.sheet != Sheet::None || (state.screen == Screen::OutOfService && choice_made(state));
}

std::optional<Millis> patience(const State& state) {
    const Policy& policy = state.policy;
    // What lies over them does not, nor what somebody chose who went away.
    if (stays(state)) return left_behind(state) ? std::optional(policy.screen_timeout) : std::nullopt;
    switch (state.screen) {
        case Screen::Idle:
            // What somebody who went away left behind.
            if (choice_made(state) || state.sheet != Sheet::None) return policy.screen_timeout;
            return std::nullopt;
        case Screen::TakeCard:
        case Screen::OutOfService:
            return std::nullopt;
        case Screen::ReadingCard:
            return policy.reading_timeout;
        case Screen::CardProblem:
        case Screen::NotSaved:
            if (state.card_present) return policy.screen_timeout;
            return policy.notice_shown;
        case Screen::CardTaken:
            // There is something to choose.
            return other_ways_offered(state) ? policy.accepted_shown : policy.notice_shown;
        case Screen::StaffCheck:
            // Opened before a card was laid, staff stand there already.
            return policy.screen_timeout * (state.session ? k_staff_patience : 1);
        case Screen::CallStaff:
        case Screen::NumberEntry:
            return policy.screen_timeout * k_staff_patience;
        case Screen::Submitting:
            if (commit_pending(state)) return policy.screen_timeout;
            return state.session && state.session->committed ? policy.answer_wait : policy.reading_timeout;
        case Screen::Accepted:
            return policy.accepted_shown;
        case Screen::ChooseMethod:
            // Whoever waits for the card's tries waits for the card.
            return state.session && state.session->pin_wanted ? policy.reading_timeout : policy.screen_timeout;
        case Screen::ExpiryNotice:
        case Screen::Face:
        case Screen::FaceFailed:
        case Screen::Pin:
        case Screen::PinLastTry:
        case Screen::PinLocked:
        case Screen::Registration:
        case Screen::Consent:
        case Screen::LimitAmount:
        case Screen::ConsentSummary:
        case Screen::OtherWays:
            return policy.screen_timeout;
        case Screen::ShowToStaff:
            return policy.screen_timeout * k_staff_patience;
        case Screen::TourSignIn:
            // Digits that somebody left behind.
            if (!state.tour.code.empty() || state.sheet != Sheet::None) return policy.screen_timeout;
            return std::nullopt;
        case Screen::Tour:
        case Screen::CareList:
        case Screen::CarePatient:
            return std::nullopt;
        case Screen::LayCard:
            return policy.screen_timeout;
        case Screen::DeclarationText:
        case Screen::DeclarationDate:
        case Screen::DeclarationChoice:
        case Screen::DeclarationSignature:
        case Screen::DeclarationReview:
            return policy.declaration_timeout;
        case Screen::DeclarationSaving:
            return policy.screen_timeout;
        case Screen::DeclarationDone:
            return policy.accepted_shown;
    }
    return std::nullopt;
}

void submitting_overdue(Flow& flow) {
    if (commit_pending(flow.state)) {
        commit_failed(flow);
    } else if (flow.state.session->committed) {
        flow.state.session->outcome = Outcome::Queued;
        flow.go(Screen::Accepted);
    } else if (flow.state.session->reinquiry) {
        commit_failed(flow);
    } else {
        fail_card(flow, CardTrouble::Unreadable);
    }
}

void overdue(Flow& flow) {
    if (stays(flow.state)) {
        flow.state.sheet = Sheet::None;
        if (flow.state.screen == Screen::OutOfService) take_back_choice(flow.state);
        return;
    }
    switch (flow.state.screen) {
        case Screen::Idle:
            flow.state.sheet = Sheet::None;
            take_back_choice(flow.state);
            return;
        case Screen::TakeCard:
        case Screen::OutOfService:
            return;
        case Screen::ReadingCard:
            fail_card(flow, CardTrouble::Unreadable);
            return;
        case Screen::CardProblem:
            if (flow.state.session && !flow.state.card_present) {
                go_on_without_card(flow);
                return;
            }
            if (flow.state.session) {
                end_session_and_rest(flow, EndReason::TimedOut);
                return;
            }
            rest(flow, flow.state.end_reason);
            return;
        case Screen::NotSaved:
        case Screen::CardTaken:
            rest(flow, flow.state.end_reason);
            return;
        case Screen::Submitting:
            submitting_overdue(flow);
            return;
        case Screen::Accepted:
            end_session_and_rest(flow, EndReason::Accepted);
            return;
        case Screen::Face:
            flow.emit(effect::StopFace{flow.state.session->id});
            face_decided(flow, FaceOutcome::TimedOut);
            return;
        case Screen::ChooseMethod:
            if (flow.state.session->pin_wanted) {
                fail_card(flow, CardTrouble::Unreadable);
                return;
            }
            end_session_and_rest(flow, EndReason::TimedOut);
            return;
        case Screen::StaffCheck:
            if (!flow.state.session) {
                leave_staff_check(flow);
                return;
            }
            end_session_and_rest(flow, EndReason::TimedOut);
            return;
        case Screen::CallStaff:
        case Screen::NumberEntry:
        case Screen::ExpiryNotice:
        case Screen::FaceFailed:
        case Screen::Pin:
        case Screen::PinLastTry:
        case Screen::PinLocked:
        case Screen::Registration:
        case Screen::Consent:
        case Screen::LimitAmount:
        case Screen::ConsentSummary:
            end_session_and_rest(flow, EndReason::TimedOut);
            return;
        case Screen::TourSignIn:
            flow.state.tour.code.clear();
            flow.state.sheet = Sheet::None;
            return;
        case Screen::Tour:
        case Screen::CareList:
        case Screen::CarePatient:
            return;
        case Screen::LayCard:
            end_session_and_rest(flow, EndReason::TimedOut);
            return;
        case Screen::OtherWays:
        case Screen::ShowToStaff: {
            const bool on_disk = flow.state.session && flow.state.session->committed;
            end_session_and_rest(flow, on_disk ? EndReason::Accepted : EndReason::TimedOut);
            return;
        }
        case Screen::DeclarationText:
        case Screen::DeclarationDate:
        case Screen::DeclarationChoice:
        case Screen::DeclarationSignature:
        case Screen::DeclarationReview:
            end_declaration_and_rest(flow, EndReason::TimedOut);
            return;
        case Screen::DeclarationSaving:
            declaration_not_stored(flow);
            return;
        case Screen::DeclarationDone:
            end_declaration_and_rest(flow, EndReason::Accepted);
            return;
    }
}

}  // namespace

std::optional<Millis> screen_deadline(const State& state) {
    const auto wait = patience(state);
    if (!wait) return std::nullopt;
    const Millis due = state.entered + *wait;
    if (state.screen != Screen::Accepted) return due;
    return std::min(due, state.opened + std::max(*wait, k_accepted_longest));
}

void time_passed(Flow& flow) {
    State& state = flow.state;
    if (state.visual && state.visual->until <= state.now) end_visual(flow, false);
    if (state.staff_called_until && *state.staff_called_until <= state.now) state.staff_called_until.reset();
    drop_old_attempts(state);
    const auto due = screen_deadline(state);
    if (due && *due <= state.now) overdue(flow);
    tour_time_passed(flow);
}

std::optional<Millis> next_deadline(const State& state) {
    std::optional<Millis> next = screen_deadline(state);
    const auto consider = [&](Millis at) {
        if (at > state.now) next = next ? std::min(*next, at) : at;
    };
    if (const auto lock = tour_deadline(state)) consider(*lock);
    if (state.policy.dim_after && !dimmed(state)) consider(state.last_touch + *state.policy.dim_after);
    if (state.visual) consider(state.visual->until);
    if (state.staff_called_until) consider(*state.staff_called_until);
    if (state.screen == Screen::StaffCheck) consider(state.staff.paused_until);
    return next;
}

}  // namespace uketsuke::core
