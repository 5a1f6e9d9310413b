// Makes clips of different engines sound alike. Pure; any thread.
#pragma once

#include "app/voice/wav.h"

namespace uketsuke::voice {

// Samples a second of every rendered clip: speech has nothing above 12 kHz that anybody needs.
inline constexpr int k_clip_rate = 24'000;

// Decibels below full scale that every clip's speech has on average, its own silences left out.
inline constexpr double k_speech_level = -20.0;

// The average level of what is spoken in it, decibels; -120 for silence.
double level_of(const Sound& sound);

// Silence at both ends cut to some 20 ms, edges softened to zero, speech brought to k_speech_level; peaks that would
// clip are bent. Silence becomes an empty sound.
Sound shaped(const Sound& sound);

// At another rate. For rendering: some milliseconds for a second of sound, too long for the ui.
Sound resampled(const Sound& sound, int rate);

}  // namespace uketsuke::voice
