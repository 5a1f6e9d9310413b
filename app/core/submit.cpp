#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

void keep_answer(Session& session, const event::Answered& answer) {
    session.outcome = answer.outcome;
    session.outcome_number = answer.number;
    // Whoever must see the desk is not named before the others who wait there.
    session.name = answer.outcome == Outcome::Confirmed ? answer.name : ShownName{};
}

std::optional<effect::Visit> visit_of(const State& state) {
    const Session& session = *state.session;
    if (!at_home(state) || session.reinquiry) return std::nullopt;
    effect::Visit visit;
    for (std::size_t item = 0; item < k_consent_items; ++item) {
        visit.consents[item] = session.consents[item].value_or(ConsentAnswer{false, state.wall});
    }
    visit.confirmed_at = session.confirmed_at;
    visit.pin_locked = session.card->pin_tries == 0;
    visit.method = *session.identified;
    visit.who = state.tour.who;
    return visit;
}

void show_accepted(Flow& flow, const event::Answered& answer) {
    keep_answer(*flow.state.session, answer);
    flow.go(Screen::Accepted);
}

}  // namespace

bool commit_pending(const State& state) {
    return state.session && state.session->request && !state.session->committed;
}

void submit(Flow& flow) {
    State& state = flow.state;
    Session& session = *state.session;
    session.confirmed_at = state.wall;
    Reception reception;
    reception.method = *session.identified;
    for (std::size_t item = 0; item < k_consent_items; ++item) {
        reception.consents[item] = session.consents[item].value_or(ConsentAnswer{false, state.wall});
    }
    reception.limit_amount = session.limit_amount.value_or(false);
    reception.registration_wished = session.registration_wished.value_or(false);
    reception.confirmed_at = session.confirmed_at;
    flow.emit(effect::SignReception{session.id, reception});
    flow.go(Screen::Submitting);
}

void reception_signed(Flow& flow, const event::Signed& signed_event) {
    State& state = flow.state;
    if (state.screen != Screen::Submitting || state.session->request) return;
    state.session->request = signed_event.request;
    flow.emit(effect::Commit{signed_event.session, signed_event.request, state.session->approval, visit_of(state)});
    flow.go(Screen::Submitting);
}

void committed(Flow& flow, const event::Committed& committed_event) {
    State& state = flow.state;
    if (!commit_pending(state) || *state.session->request != committed_event.request) return;
    state.session->committed = true;
    if (!state.session->card_gone) {
        flow.go(Screen::Submitting);
        return;
    }
    end_session(flow, EndReason::Accepted);
    state.end_reason = EndReason::Accepted;
    flow.go(Screen::CardTaken);
    if (state.next_card) card_placed(flow, *state.next_card);
}

void commit_failed(Flow& flow) {
    const auto& session = flow.state.session;
    const bool never_signed = session && session->reinquiry && !session->request;
    if (!commit_pending(flow.state) && !never_signed) return;
    end_session(flow, EndReason::NotSaved);
    flow.state.end_reason = EndReason::NotSaved;
    flow.go(Screen::NotSaved);
}

void answered(Flow& flow, const event::Answered& answer) {
    State& state = flow.state;
    if (!state.session || !state.session->committed || *state.session->request != answer.request) return;
    if (state.screen == Screen::Submitting) {
        show_accepted(flow, answer);
    } else if (choosing_other_way(state)) {
        // Whoever looks for another way needs none any more.
        keep_answer(*state.session, answer);
        if (answer.outcome == Outcome::Confirmed) flow.go(Screen::Accepted);
    } else if (state.screen == Screen::Accepted) {
        // Good news that comes late is still told; the time to read it does not start again.
        keep_answer(*state.session, answer);
    }
}

}  // namespace uketsuke::core
