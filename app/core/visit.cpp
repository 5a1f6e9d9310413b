#include "app/core/flow.h"

namespace uketsuke::core {

bool at_home(const State& state) {
    return state.policy.visit.has_value();
}

bool awaits_card(const State& state) {
    return at_home(state) && state.session && begun_without_card(state.session->id);
}

}  // namespace uketsuke::core
