#include <algorithm>

#include "app/core/flow.h"

namespace uketsuke::core {
namespace {

bool& voice_of(Choice& choice) {
    return choice.preferences[static_cast<std::size_t>(Preference::Voice)];
}

Choice clinics(const Policy& policy) {
    return {policy.default_language, policy.default_preferences,
            static_cast<std::uint8_t>(std::clamp<int>(policy.default_volume, k_quietest, k_loudest))};
}

// The clinic's, and the voice for whoever has put headphones on before laying the card down.
Choice to_start_with(const State& state) {
    Choice choice = clinics(state.policy);
    if (state.headphones && state.policy.offer_voice) voice_of(choice) = true;
    return choice;
}

}  // namespace

void take_back_choice(State& state) {
    state.choice = to_start_with(state);
    state.voice_by_headphones = state.choice != clinics(state.policy);
    state.choice_lingers = false;
}

bool choice_made(const State& state) {
    return state.choice != to_start_with(state);
}

bool choice_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    if (intent.kind == Intent::Kind::ChangeLanguage) {
        if (intent.value >= k_languages.size()) return false;
        state.choice.language = k_languages[intent.value];
        if (state.sheet == Sheet::Languages) state.sheet = Sheet::None;
        return true;
    }
    if (intent.kind == Intent::Kind::ChangePreference) {
        if (intent.value >= k_preferences) return false;
        if (intent.value == static_cast<std::uint8_t>(Preference::Voice) && !state.policy.offer_voice) return false;
        bool& chosen = state.choice.preferences[intent.value];
        chosen = !chosen;
        if (intent.value == static_cast<std::uint8_t>(Preference::Voice)) state.voice_by_headphones = false;
        return true;
    }
    if (intent.kind == Intent::Kind::ChangeVolume) {
        state.choice.volume =
            state.choice.volume >= k_loudest ? k_quietest : static_cast<std::uint8_t>(state.choice.volume + 1);
        return true;
    }
    return false;
}

void headphones_changed(State& state, bool plugged) {
    if (state.headphones == plugged) return;
    state.headphones = plugged;
    if (!state.policy.offer_voice) return;
    bool& voice = voice_of(state.choice);
    if (plugged) {
        state.voice_by_headphones = !voice;
        voice = true;
    } else if (state.voice_by_headphones) {
        state.voice_by_headphones = false;
        voice = false;
    }
}

}  // namespace uketsuke::core
