// The kiosk's tones, made here: short sines with soft edges, below 1.5 kHz, where old ears still hear. Pure; any
// thread.
#pragma once

#include "app/voice/voice.h"
#include "app/voice/wav.h"

namespace uketsuke::voice {

Sound tone_sound(Tone tone, int rate);

}  // namespace uketsuke::voice
