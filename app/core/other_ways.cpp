#include <algorithm>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

// How long somebody who was called is awaited before the same place calls again.
constexpr Millis k_call_shown{60'000};

// Whoever came here with a card that a PIN cannot open cannot sign in to マイナポータル with it either.
bool card_cannot_sign_in(const State& state) {
    return state.session && state.session->card && state.session->card->pin_tries == 0;
}

bool unconfirmed_here(const State& state) {
    if (state.screen == Screen::CardTaken) return state.unconfirmed.has_value();
    return state.session && state.session->outcome && *state.session->outcome != Outcome::Confirmed;
}

void leave(Flow& flow) {
    State& state = flow.state;
    if (state.session && state.other_ways_from == Screen::LayCard) {
        // The PIN that waited there is gone, and a card may lie there by now.
        open_consent(flow);
    } else if (state.session) {
        flow.go(state.other_ways_from);
    } else if (state.other_ways_from == Screen::CardTaken && state.unconfirmed) {
        flow.go(Screen::CardTaken);
    } else if (state.other_ways_from == Screen::CardProblem && state.card_present) {
        flow.go(Screen::CardProblem);
    } else {
        rest(flow, state.end_reason);
    }
}

}  // namespace

bool other_ways_offered(const State& state) {
    if (!state.policy.offer_declaration || state.stopped) return false;
    switch (state.screen) {
        case Screen::Idle:
        case Screen::CardProblem:
        case Screen::ChooseMethod:
        case Screen::FaceFailed:
        case Screen::PinLocked:
        case Screen::CallStaff:
        case Screen::OutOfService:
        case Screen::LayCard:
            return true;
        case Screen::Accepted:
        case Screen::CardTaken:
            return unconfirmed_here(state);
        case Screen::ReadingCard:
        case Screen::ExpiryNotice:
        case Screen::Face:
        case Screen::Pin:
        case Screen::PinLastTry:
        case Screen::StaffCheck:
        case Screen::NumberEntry:
        case Screen::Registration:
        case Screen::Consent:
        case Screen::LimitAmount:
        case Screen::ConsentSummary:
        case Screen::Submitting:
        case Screen::NotSaved:
        case Screen::TakeCard:
        case Screen::OtherWays:
        case Screen::ShowToStaff:
        case Screen::DeclarationText:
        case Screen::DeclarationDate:
        case Screen::DeclarationChoice:
        case Screen::DeclarationSignature:
        case Screen::DeclarationReview:
        case Screen::DeclarationSaving:
        case Screen::DeclarationDone:
        case Screen::TourSignIn:
        case Screen::Tour:
        case Screen::CareList:
        case Screen::CarePatient:
            return false;
    }
    return false;
}

bool choosing_other_way(const State& state) {
    return state.screen == Screen::OtherWays || state.screen == Screen::ShowToStaff;
}

page::OtherWays other_ways_page(const State& state) {
    page::OtherWays page;
    page.card_cannot_sign_in = card_cannot_sign_in(state);
    for (const OtherWay way : state.policy.other_ways) {
        if (way == OtherWay::PortalScreen && page.card_cannot_sign_in) continue;
        page.ways.push_back(way);
    }
    return page;
}

bool other_ways_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    using Kind = Intent::Kind;
    if (intent.kind == Kind::ShowOtherWays && other_ways_offered(state)) {
        state.other_ways_from = state.screen;
        if (state.session) {
            state.session->pin.clear();
            state.session->pin_wanted = false;
        }
        flow.go(Screen::OtherWays);
        return true;
    }
    if (!choosing_other_way(state)) return false;
    if (intent.kind == Kind::Declare) {
        begin_declaration(flow);
        return true;
    }
    if (state.screen == Screen::ShowToStaff) {
        if (intent.kind != Kind::Back) return false;
        flow.go(Screen::OtherWays);
        return true;
    }
    if (intent.kind == Kind::ChooseWay) {
        const auto ways = other_ways_page(state).ways;
        const auto way = static_cast<OtherWay>(intent.value);
        if (std::find(ways.begin(), ways.end(), way) == ways.end()) return false;
        state.way = way;
        state.staff_called_until = state.now + k_call_shown;
        flow.emit(effect::CallStaff{way});
        flow.go(Screen::ShowToStaff);
        return true;
    }
    if (intent.kind != Kind::Back) return false;
    leave(flow);
    return true;
}

}  // namespace uketsuke::core
