// At home the card comes last: what is said before waits in a session that no card began.
#include <utility>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

SessionId without_card(State& state) {
    return static_cast<SessionId>(k_without_card | ++state.visits_begun);
}

// Answers to questions stay where they are asked; what a card had opened is opened anew.
bool needs_no_card(Screen screen) {
    return screen == Screen::Consent || screen == Screen::LimitAmount || screen == Screen::ConsentSummary ||
           screen == Screen::ChooseMethod || screen == Screen::StaffCheck || screen == Screen::OtherWays ||
           screen == Screen::ShowToStaff;
}

}  // namespace

bool at_home(const State& state) {
    return state.policy.visit.has_value();
}

bool awaits_card(const State& state) {
    return at_home(state) && state.session && begun_without_card(state.session->id);
}

void begin_visit(Flow& flow) {
    State& state = flow.state;
    state.tour.patient.reset();
    // From here on the patient may hold the tablet.
    state.tour.locked = true;
    if (state.card_present && state.next_card) {
        lay_card(flow, *std::exchange(state.next_card, std::nullopt));
        return;
    }
    begin_without_card(flow);
    open_consent(flow);
}

Session& begin_without_card(Flow& flow) {
    Session& session = flow.state.session.emplace();
    session.id = without_card(flow.state);
    session.visit = flow.state.visits_begun;
    return session;
}

void lay_card(Flow& flow, SessionId fresh) {
    State& state = flow.state;
    const bool begins = !state.session;
    if (begins) {
        state.tour.patient.reset();
        state.tour.locked = true;
        state.session.emplace().visit = ++state.visits_begun;
    } else if (begun_without_card(state.session->id)) {
        flow.emit(effect::Wipe{state.session->id});
    } else {
        take_card_back(flow);
    }
    Session& session = *state.session;
    session.id = fresh;
    session.card_was_gone = false;
    flow.emit(effect::ReadCard{fresh, false});
    if (begins) {
        open_consent(flow);
    } else if (state.screen == Screen::LayCard || state.screen == Screen::CardProblem) {
        flow.go(Screen::ReadingCard);
    }
}

void take_card_back(Flow& flow) {
    Session& session = *flow.state.session;
    flow.emit(effect::Wipe{session.id});
    session.id = without_card(flow.state);
    if (session.card && session.identified) session.known_card = session.card->tag;
    session.registration_wished.reset();
    session.card.reset();
    session.registered.reset();
    session.expiry_acknowledged = false;
    session.pin_with_card = false;
    session.pin_wrong = false;
    session.last_try_chosen = false;
    // Whom staff have looked at stays identified; a PIN is proved to the card that lies there, and to no other.
    if (session.identified == Method::Pin) session.identified.reset();
    session.card_was_gone = true;
}

void go_on_without_card(Flow& flow) {
    const Session& session = *flow.state.session;
    if (needs_no_card(flow.state.screen)) return;
    if (session.identified || session.pin.complete()) {
        flow.go(Screen::LayCard);
    } else {
        open_consent(flow);
    }
}

void keep_pin(Flow& flow) {
    flow.go(flow.state.card_present && !awaits_card(flow.state) ? Screen::ReadingCard : Screen::LayCard);
}

// Somebody else's card: neither staff's word nor any answer is theirs.
void forget_who_spoke(Flow& flow) {
    Session& session = *flow.state.session;
    session.known_card.reset();
    session.approval.reset();
    session.identified.reset();
    session.pin.clear();
    session.keypad_ordered = false;
    session.consents = {};
    session.limit_amount.reset();
    session.one_by_one = false;
    session.at_once = false;
    session.corrected = false;
    session.summary_confirmed = false;
    open_consent(flow);
}

void card_read_at_home(Flow& flow) {
    State& state = flow.state;
    Session& session = *state.session;
    if (session.known_card && *session.known_card != session.card->tag) {
        forget_who_spoke(flow);
        return;
    }
    if (session.identified) {
        identified(flow, *session.identified);
    } else if (session.pin.complete()) {
        send_kept_pin(flow);
    } else if (!needs_no_card(state.screen) && state.screen != Screen::Pin) {
        flow.go(Screen::ChooseMethod);
    }
}

bool visit_tapped(Flow& flow, const Intent& intent) {
    const State& state = flow.state;
    if (intent.kind == Intent::Kind::StartVisit && state.screen == Screen::Tour && !state.session) {
        begin_visit(flow);
        return true;
    }
    return state.screen == Screen::LayCard && intent.kind == Intent::Kind::Back && back_from_card(flow);
}

bool back_from_card(Flow& flow) {
    Session& session = *flow.state.session;
    session.pin.clear();
    if (session.identified) return false;
    flow.go(Screen::ChooseMethod);
    return true;
}

}  // namespace uketsuke::core
