// One step as others see it who write down what happens: the timeline, the desk, the metrics.
#pragma once

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/state.h"

namespace uketsuke::core {

// Refers to what lives during the call it is given in.
struct Passed {
    Screen before{};
    const Event& event;
    const Effects& effects;
    const State& state;  // after it
};

}  // namespace uketsuke::core
