#include <utility>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

constexpr std::size_t k_longest_code = 12;

void ask_code(Flow& flow, bool back, bool list_wanted) {
    Tour& tour = flow.state.tour;
    tour.back = back;
    tour.list_wanted = list_wanted;
    tour.wrong = false;
    tour.failed = false;
    flow.go(Screen::TourSignIn);
}

// Who has told the rest is gone with the tour, and tells it anew with the next.
void forget_devices(State& state) {
    state.card_present = false;
    state.next_card.reset();
    state.reader_there = true;
    state.staff_notes = {};
    state.camera_failing = false;
    state.unconfirmed.reset();
    state.waiting = 0;
}

void close_tour(Flow& flow) {
    flow.emit(effect::CloseTour{});
    flow.state.tour = Tour{};
    forget_devices(flow.state);
    flow.go(Screen::TourSignIn);
}

bool waits(const State& state) {
    return !state.session && !state.declaring;
}

bool sign_in_tapped(Flow& flow, const Intent& intent) {
    Tour& tour = flow.state.tour;
    if (tour.destroyed || tour.with_keyring) return false;
    if (intent.kind == Intent::Kind::Digit) {
        if (intent.value <= 9 && tour.code.view().size() < k_longest_code) {
            tour.code.append(std::string(1, static_cast<char>('0' + intent.value)));
        }
        return true;
    }
    if (intent.kind == Intent::Kind::Erase) {
        if (!tour.code.empty()) tour.code.truncate(tour.code.view().size() - 1);
        return true;
    }
    if (intent.kind == Intent::Kind::SignIn && !tour.code.empty()) {
        tour.with_keyring = true;
        tour.wrong = false;
        tour.failed = false;
        flow.emit(effect::OpenTour{std::move(tour.code)});
        return true;
    }
    if (intent.kind == Intent::Kind::Back && tour.back) {
        flow.go(Screen::Tour);
        return true;
    }
    return false;
}

}  // namespace

void lock_tour(Flow& flow) {
    State& state = flow.state;
    state.tour.locked = true;
    state.tour.patient.reset();
    // A card that lies there is not forgotten.
    if (state.screen != Screen::TakeCard) ask_code(flow, false, false);
}

void open_list(Flow& flow) {
    Tour& tour = flow.state.tour;
    if (tour.locked) {
        ask_code(flow, true, true);
        return;
    }
    tour.patient.reset();
    tour.not_saved = false;
    flow.emit(effect::ListCare{});
    flow.go(Screen::CareList);
}

void tour_opened(Flow& flow, const event::TourOpened& opened) {
    State& state = flow.state;
    Tour& tour = state.tour;
    // Nobody has asked for it.
    if (!tour.with_keyring || !at_home(state)) return;
    if (!tour.open) tour.opened = state.now;
    tour.open = true;
    tour.locked = false;
    tour.with_keyring = false;
    tour.tries_left.reset();
    tour.who = opened.who;
    tour.name = opened.name;
    if (state.screen != Screen::TourSignIn) return;
    if (tour.list_wanted) {
        open_list(flow);
    } else {
        rest(flow, state.end_reason);
    }
}

void tour_refused(Flow& flow, int tries_left) {
    Tour& tour = flow.state.tour;
    if (!std::exchange(tour.with_keyring, false)) return;
    tour.wrong = true;
    tour.tries_left = tries_left;
}

void tour_failed(Flow& flow) {
    Tour& tour = flow.state.tour;
    if (!std::exchange(tour.with_keyring, false)) return;
    tour.failed = true;
}

void tour_destroyed(Flow& flow, bool from_afar) {
    State& state = flow.state;
    if (!at_home(state)) return;
    end_session(flow, EndReason::Stopped);
    end_declaration(flow);
    if (state.tour.open) flow.emit(effect::CloseTour{});
    state.tour = Tour{};
    state.tour.destroyed = true;
    state.tour.from_afar = from_afar;
    forget_devices(state);
    state.staff.with_checker = false;
    flow.go(Screen::TourSignIn);
}

bool tour_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    using Kind = Intent::Kind;
    if (intent.kind == Kind::EndTour && state.sheet == Sheet::EndTour) {
        close_tour(flow);
        return true;
    }
    if (state.sheet != Sheet::None) return false;
    if (state.screen == Screen::TourSignIn) return sign_in_tapped(flow, intent);
    if (state.screen != Screen::Tour && state.screen != Screen::CareList) return false;
    if (intent.kind == Kind::OpenCareList && state.screen == Screen::Tour) {
        open_list(flow);
    } else if (intent.kind == Kind::LockTour) {
        lock_tour(flow);
    } else if (intent.kind == Kind::AskEndTour) {
        state.sheet = Sheet::EndTour;
    } else {
        return false;
    }
    return true;
}

bool dimmed(const State& state) {
    return state.policy.dim_after && waits(state) && state.now - state.last_touch >= *state.policy.dim_after;
}

std::optional<Millis> tour_deadline(const State& state) {
    if (!at_home(state) || !state.tour.open || !waits(state)) return std::nullopt;
    const Millis end = state.tour.opened + state.policy.visit->tour_longest;
    const bool at_code = state.screen == Screen::TourSignIn && !state.tour.back;
    if (state.tour.locked && (at_code || state.screen == Screen::TakeCard)) return end;
    return std::min(end, state.last_touch + state.policy.visit->lock_after);
}

void tour_time_passed(Flow& flow) {
    State& state = flow.state;
    const auto due = tour_deadline(state);
    if (!due || *due > state.now) return;
    if (state.now >= state.tour.opened + state.policy.visit->tour_longest) {
        close_tour(flow);
    } else {
        lock_tour(flow);
    }
}

}  // namespace uketsuke::core
