#include "app/voice/tones.h"

#include <cmath>
#include <numbers>

namespace uketsuke::voice {
namespace {

struct Note {
    double hertz;  // 0: a rest
    int milliseconds;
};

constexpr double k_height = 0.3 * 32'767.0;
constexpr double k_edge_seconds = 0.008;

std::vector<Note> notes_of(Tone tone) {
    switch (tone) {
        case Tone::Tap:
            return {{988.0, 40}};
        case Tone::Confirm:
            return {{784.0, 80}, {1047.0, 120}};
        case Tone::Attention:
            return {{659.0, 140}, {0.0, 60}, {659.0, 180}};
        case Tone::Done:
            return {{784.0, 110}, {988.0, 110}, {1175.0, 240}};
        case Tone::CallStaff:
            return {{1047.0, 260}, {0.0, 30}, {831.0, 420}};
    }
    return {};
}

// Rises from zero and falls back to it, so that nothing clicks.
double envelope(std::size_t at, std::size_t count, double edge) {
    const auto to_end = static_cast<double>(std::min(at, count - 1 - at));
    if (to_end >= edge) return 1.0;
    return 0.5 - 0.5 * std::cos(std::numbers::pi * to_end / edge);
}

}  // namespace

Sound tone_sound(Tone tone, int rate) {
    Sound sound{rate, {}};
    for (const Note& note : notes_of(tone)) {
        const auto count = static_cast<std::size_t>(rate) * static_cast<std::size_t>(note.milliseconds) / 1000;
        for (std::size_t i = 0; i < count; ++i) {
            const double wave = std::sin(2.0 * std::numbers::pi * note.hertz * static_cast<double>(i) / rate);
            const double height = k_height * envelope(i, count, k_edge_seconds * rate);
            sound.samples.push_back(static_cast<std::int16_t>(std::lround(wave * height)));
        }
    }
    return sound;
}

const char* name_of(Tone tone) {
    switch (tone) {
        case Tone::Tap:
            return "tap";
        case Tone::Confirm:
            return "confirm";
        case Tone::Attention:
            return "attention";
        case Tone::Done:
            return "done";
        case Tone::CallStaff:
            return "call-staff";
    }
    return "";
}

}  // namespace uketsuke::voice
