// Which tone belongs to what just happened on the screen. Pure.
#pragma once

#include <optional>

#include "app/core/view.h"
#include "app/voice/voice.h"

namespace uketsuke::voice {

// For the step from one view to the next; nullopt: none. A touch has its own tone, whatever it meant.
std::optional<Tone> cue(const core::View& before, const core::View& after);

}  // namespace uketsuke::voice
