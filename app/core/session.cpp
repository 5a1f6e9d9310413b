#include <utility>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

// A camera that was missing is tried again with every card; nobody is filmed for a visual check.
bool camera_worth_opening(const State& state) {
    if (visual_armed(state)) return false;
    return !state.networks_absent;
}

}  // namespace

void Flow::go(Screen screen) {
    const bool another = screen != state.screen;
    state.screen = screen;
    state.entered = state.now;
    if (screen != Screen::StaffCheck) state.staff.code.clear();
    if (screen != Screen::TourSignIn) state.tour.code.clear();
    // Names are kept only as long as they are shown.
    if (screen != Screen::CareList && screen != Screen::CarePatient) {
        state.tour.list.clear();
        state.tour.listed = false;
    }
    if (!another) return;
    state.opened = state.now;
    state.sheet = Sheet::None;
    // The next patient starts as the clinic wants it, whatever this one chose.
    const bool waits = screen == Screen::Idle || screen == Screen::OutOfService || screen == Screen::Tour ||
                       screen == Screen::TourSignIn;
    if (waits && !state.choice_lingers) take_back_choice(state);
}

Session* Flow::session(SessionId id) {
    return state.session && state.session->id == id ? &*state.session : nullptr;
}

void end_session(Flow& flow, EndReason reason) {
    State& state = flow.state;
    if (!state.session) return;
    flow.emit(effect::Wipe{state.session->id});
    // It was for this card, whatever became of it: the next one is somebody else's.
    end_visual(flow, false);
    // Whose card moved or came off has not finished, and should not have to choose again.
    const bool cut_short = reason == EndReason::CardTrouble || reason == EndReason::CardTaken;
    state.choice_lingers = cut_short && !state.session->committed;
    // Whose card was taken from the last page may still fill in the form.
    const bool confirmed = state.session->outcome == Outcome::Confirmed;
    state.unconfirmed = state.session->committed && !confirmed ? state.session->request : std::nullopt;
    state.session.reset();
}

// A tablet's reader may be left in the bag: many visits need no card.
void rest_at_home(Flow& flow) {
    const State& state = flow.state;
    if (!state.tour.open) {
        flow.go(Screen::TourSignIn);
    } else if (state.card_present && !state.next_card) {
        flow.go(Screen::TakeCard);
    } else if (state.tour.patient && !state.tour.locked) {
        show_patient(flow, *state.tour.patient);
    } else {
        flow.go(Screen::Tour);
    }
}

void rest(Flow& flow, EndReason reason) {
    flow.state.end_reason = reason;
    flow.state.unconfirmed.reset();
    if (at_home(flow.state)) {
        rest_at_home(flow);
    } else if (!flow.state.reader_there) {
        flow.go(Screen::OutOfService);
    } else if (flow.state.card_present) {
        flow.go(Screen::TakeCard);
    } else {
        flow.go(flow.state.stopped ? Screen::OutOfService : Screen::Idle);
    }
}

void end_session_and_rest(Flow& flow, EndReason reason) {
    end_session(flow, reason);
    rest(flow, reason);
}

void fail_card(Flow& flow, CardTrouble trouble) {
    // At home everything has been said before the card is laid: another card, or the same once more, goes on from
    // there.
    const bool final = trouble == CardTrouble::CertificateExpired || trouble == CardTrouble::SignatureRefused;
    if (at_home(flow.state) && flow.state.session && !flow.state.session->reinquiry && !final) {
        take_card_back(flow);
    } else {
        end_session(flow, EndReason::CardTrouble);
    }
    flow.state.trouble = trouble;
    flow.state.end_reason = EndReason::CardTrouble;
    flow.go(Screen::CardProblem);
}

// On a page of staff's it waits until a patient is received.
void placed_at_home(Flow& flow, SessionId fresh) {
    State& state = flow.state;
    const bool without = state.session && (state.session->reinquiry || state.session->renewing);
    const bool over = state.session && state.session->committed;
    if (over && !without) end_session(flow, EndReason::CardTaken);
    const bool begins =
        !state.session && state.tour.open &&
        (state.screen == Screen::Tour || state.screen == Screen::TakeCard || state.screen == Screen::CardTaken ||
         state.screen == Screen::CardProblem || state.screen == Screen::NotSaved || state.screen == Screen::Accepted);
    if (without || (!state.session && !begins)) {
        state.next_card = fresh;
        return;
    }
    lay_card(flow, fresh);
}

void card_placed(Flow& flow, SessionId fresh) {
    State& state = flow.state;
    state.card_present = true;
    state.reader_there = true;
    // A reception that is on its way to the disk is finished first, and a form that somebody is filling in.
    if (commit_pending(state) || state.declaring) {
        state.next_card = fresh;
        return;
    }
    state.next_card.reset();
    if (at_home(state)) {
        placed_at_home(flow, fresh);
        return;
    }
    end_session(flow, EndReason::CardTaken);
    state.unconfirmed.reset();
    if (state.stopped) {
        // Read as soon as patients are received again, if it still lies there.
        state.next_card = fresh;
        flow.go(Screen::OutOfService);
        return;
    }
    state.staff_called_until.reset();
    // Laid down before the screen came back to rest: another patient, unless the last one was cut short.
    if (state.screen != Screen::Idle && !state.choice_lingers) take_back_choice(state);
    state.session.emplace();
    state.session->id = fresh;
    flow.emit(effect::ReadCard{fresh, !face_absence(state) && !visual_armed(state)});
    if (camera_worth_opening(state)) flow.emit(effect::WarmCamera{fresh});
    flow.go(Screen::ReadingCard);
}

// What was said stays said.
void removed_at_home(Flow& flow) {
    if (awaits_card(flow.state)) {
        if (flow.state.screen == Screen::CardProblem) go_on_without_card(flow);
        return;
    }
    take_card_back(flow);
    go_on_without_card(flow);
}

void card_removed(Flow& flow) {
    State& state = flow.state;
    state.card_present = false;
    state.next_card.reset();
    if (state.declaring) return;
    if (state.session && (state.session->reinquiry || state.session->renewing)) return;
    if (commit_pending(state)) {
        state.session->card_gone = true;
        return;
    }
    if (at_home(state) && state.session && !state.session->committed) {
        removed_at_home(flow);
        return;
    }
    const bool had_session = state.session.has_value();
    const bool on_disk = had_session && state.session->committed;
    const bool begun = had_session && state.screen != Screen::ReadingCard;
    const bool shown = state.screen == Screen::Accepted && !other_ways_offered(state);
    const bool looks_around = choosing_other_way(state);
    end_session(flow, EndReason::CardTaken);
    // They need no card.
    if (looks_around) return;
    if (begun && !shown && state.reader_there) {
        state.end_reason = on_disk ? EndReason::Accepted : EndReason::CardTaken;
        flow.go(Screen::CardTaken);
    } else if (state.screen == Screen::CardProblem && state.trouble == CardTrouble::Moved) {
        // The card was taken while it was read: that is the trouble, and it must be seen to be understood.
        state.entered = state.now;
    } else if (state.screen != Screen::CardTaken) {
        rest(flow, EndReason::CardTaken);
    }
}

void reader_changed(Flow& flow, bool there) {
    State& state = flow.state;
    if (state.reader_there == there) return;
    state.reader_there = there;
    if (at_home(state)) {
        if (!there) card_removed(flow);
        return;
    }
    if (state.declaring || (choosing_other_way(state) && !there)) {
        if (!there) card_removed(flow);
    } else if (!there) {
        card_removed(flow);
        if (commit_pending(state)) return;
        end_session_and_rest(flow, EndReason::CardTrouble);
    } else if (state.screen == Screen::OutOfService) {
        rest(flow, state.end_reason);
    }
}

void card_recognised(Flow& flow, bool photo) {
    State& state = flow.state;
    if (state.screen != Screen::ReadingCard || state.session->card || at_home(state)) return;
    state.session->photo_expected = photo;
    // Whom staff have confirmed has nothing to choose.
    if (!visual_armed(state) && !state.session->identified) flow.go(Screen::ChooseMethod);
}

void card_read(Flow& flow, const CardFacts& facts) {
    State& state = flow.state;
    Session& session = *state.session;
    if (session.card || begun_without_card(session.id)) return;
    session.card = facts;
    recall_attempts(flow, facts.tag);
    const bool pin_wanted = std::exchange(session.pin_wanted, false);
    if (facts.certificate == CertificateStanding::Expired) {
        fail_card(flow, CardTrouble::CertificateExpired);
    } else if (at_home(state)) {
        card_read_at_home(flow);
    } else if (session.identified) {
        identified(flow, *session.identified);
    } else if (visual_armed(state)) {
        session.approval = state.visual->approval;
        end_visual(flow, true);
        flow.emit(effect::StopFace{session.id});
        identified(flow, Method::Visual);
    } else if (state.screen == Screen::ReadingCard) {
        flow.go(Screen::ChooseMethod);
    } else if (state.screen == Screen::ChooseMethod && pin_wanted) {
        choose_pin(flow);
    }
}

}  // namespace uketsuke::core
