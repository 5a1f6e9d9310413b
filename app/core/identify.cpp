#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

// As on a telephone, row by row.
constexpr std::array<std::uint8_t, 10> k_ordered{1, 2, 3, 4, 5, 6, 7, 8, 9, 0};

// Every entry has a fresh order of the keys, so that a hand's path tells nothing about the last one.
void open_keypad(Flow& flow) {
    Session& session = *flow.state.session;
    session.pin.clear();
    session.keypad.reset();
    if (session.keypad_ordered) {
        session.keypad = k_ordered;
    } else {
        flow.emit(effect::ShuffleKeypad{session.id});
    }
    flow.go(Screen::Pin);
}

void open_pin(Flow& flow) {
    Session& session = *flow.state.session;
    session.pin.clear();
    if (session.card->pin_tries <= 0) {
        flow.go(Screen::PinLocked);
    } else if (session.card->pin_tries == 1 && !session.last_try_chosen) {
        flow.go(Screen::PinLastTry);
    } else {
        open_keypad(flow);
    }
}

void send_pin(Flow& flow) {
    Session& session = *flow.state.session;
    session.pin_with_card = true;
    session.pin_wrong = false;
    flow.emit(effect::VerifyPin{session.id, std::move(session.pin), session.card->pin_tries});
    // The choice to spend the last try holds for this one entry.
    session.last_try_chosen = false;
}

void pin_digit(Flow& flow, std::uint8_t digit) {
    Session& session = *flow.state.session;
    if (!session.keypad || session.pin_with_card) return;
    session.pin.push(digit);
    if (!session.pin.complete()) return;
    if (!session.card) {
        keep_pin(flow);
    } else if (session.card->pin_tries <= 1 && !session.last_try_chosen) {
        // At home the card may speak while the digits are being typed.
        open_pin(flow);
    } else {
        send_pin(flow);
    }
}

bool pin_screen_tapped(Flow& flow, const Intent& intent) {
    Session& session = *flow.state.session;
    if (intent.kind == Intent::Kind::Digit) {
        pin_digit(flow, intent.value);
        return true;
    }
    if (session.pin_with_card) return false;
    if (intent.kind == Intent::Kind::Erase) {
        session.pin.pop();
        return true;
    }
    if (intent.kind == Intent::Kind::Back) {
        session.pin.clear();
        session.last_try_chosen = false;
        flow.go(Screen::ChooseMethod);
        return true;
    }
    return false;
}

bool offers_pin(Screen screen) {
    return screen == Screen::ChooseMethod || screen == Screen::FaceFailed || screen == Screen::Face;
}

bool offers_face(Screen screen) {
    return screen == Screen::ChooseMethod || screen == Screen::PinLastTry || screen == Screen::PinLocked;
}

}  // namespace

bool pin_possible(const State& state) {
    return state.session && (!state.session->card || state.session->card->pin_tries > 0);
}

bool ordered_keypad_possible(const State& state) {
    return pin_possible(state) && !state.session->identified && !state.session->keypad_ordered;
}

void choose_pin(Flow& flow) {
    Session& session = *flow.state.session;
    // Nobody is filmed while typing a secret.
    flow.emit(effect::StopFace{session.id});
    session.pin_wrong = false;
    session.pin_wanted = !session.card && !at_home(flow.state);
    if (!session.card && at_home(flow.state)) {
        open_keypad(flow);
    } else if (session.pin_wanted) {
        flow.go(Screen::ChooseMethod);
    } else {
        open_pin(flow);
    }
}

void send_kept_pin(Flow& flow) {
    Session& session = *flow.state.session;
    // Whoever typed it could not know that it might be the last try.
    if (session.card->pin_tries <= 1) {
        open_pin(flow);
        return;
    }
    flow.go(Screen::Pin);
    send_pin(flow);
}

void identified(Flow& flow, Method method) {
    State& state = flow.state;
    Session& session = *state.session;
    // It was meant for whoever is here now, and is not left for the next.
    end_visual(flow, false);
    session.identified = method;
    session.pin.clear();
    session.number.clear();
    if (session.card) forget_attempts(state, session.card->tag);
    if (!session.card) {
        flow.go(awaits_card(state) ? Screen::LayCard : Screen::ReadingCard);
    } else {
        after_identification(flow);
    }
}

void after_identification(Flow& flow) {
    const Session& session = *flow.state.session;
    if (registration_asked(flow.state)) {
        flow.go(Screen::Registration);
    } else if (session.card->certificate != CertificateStanding::Good && !session.expiry_acknowledged) {
        flow.go(Screen::ExpiryNotice);
    } else {
        open_consent(flow);
    }
}

void notice_read(Flow& flow) {
    flow.state.session->expiry_acknowledged = true;
    open_consent(flow);
}

void pin_answered(Flow& flow, const event::PinAnswered& answer) {
    State& state = flow.state;
    Session& session = *state.session;
    if (!session.pin_with_card) return;
    session.pin_with_card = false;
    if (!answer.tries_left) {
        fail_card(flow, CardTrouble::Moved);
        return;
    }
    session.card->pin_tries = *answer.tries_left;
    if (answer.outcome == PinOutcome::Locked) session.card->pin_tries = 0;
    session.pin_wrong = answer.outcome == PinOutcome::Wrong;
    // Staff may have taken over while the card was asked; what the counter says still counts.
    if (state.screen != Screen::Pin) return;
    if (answer.outcome == PinOutcome::Right) {
        identified(flow, Method::Pin);
    } else {
        open_pin(flow);
    }
}

bool identify_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    const Screen screen = state.screen;
    if (!state.session) return false;
    if (intent.kind == Intent::Kind::ChooseFace && offers_face(screen) && face_possible(state)) {
        state.session->pin_wanted = false;
        choose_face(flow);
        return true;
    }
    if (intent.kind == Intent::Kind::Retry && screen == Screen::FaceFailed && face_possible(state)) {
        choose_face(flow);
        return true;
    }
    if (intent.kind == Intent::Kind::ChoosePin && offers_pin(screen) && pin_possible(state)) {
        choose_pin(flow);
        return true;
    }
    if (intent.kind == Intent::Kind::UseLastTry && screen == Screen::PinLastTry) {
        state.session->last_try_chosen = true;
        open_keypad(flow);
        return true;
    }
    if (intent.kind == Intent::Kind::Back && screen == Screen::Face) {
        flow.emit(effect::StopFace{state.session->id});
        flow.go(Screen::ChooseMethod);
        return true;
    }
    if (intent.kind == Intent::Kind::Back && (screen == Screen::PinLastTry || screen == Screen::FaceFailed)) {
        flow.go(Screen::ChooseMethod);
        return true;
    }
    if (screen == Screen::Pin) return pin_screen_tapped(flow, intent);
    return false;
}

}  // namespace uketsuke::core
