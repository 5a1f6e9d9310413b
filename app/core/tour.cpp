#include "app/core/flow.h"

namespace uketsuke::core {

bool dimmed(const State& state) {
    return state.policy.dim_after && !state.session && !state.declaring &&
           state.now - state.last_touch >= *state.policy.dim_after;
}

}  // namespace uketsuke::core
