#include "vision/blank.h"

#include <algorithm>
#include <cmath>

namespace uketsuke::vision {

std::string_view to_string(Blank blank) {
    switch (blank) {
        case Blank::No:
            return "not blank";
        case Blank::White:
            return "white";
        case Blank::Black:
            return "black";
        case Blank::Frozen:
            return "frozen";
    }
    return "unknown";
}

Look look_at(const Image& image) {
    Look look;
    if (!image.sound()) return look;
    // A grid of about 64 × 48: enough to tell a picture from a wall of one tone, and cheap at any resolution.
    const int step_x = std::max(1, image.width / 64);
    const int step_y = std::max(1, image.height / 48);
    const auto channels = static_cast<int>(image.channels());
    double sum = 0;
    double squares = 0;
    int count = 0;
    std::uint64_t print = 14695981039346656037ULL;  // FNV-1a
    for (int y = step_y / 2; y < image.height; y += step_y) {
        const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width * channels);
        for (int x = step_x / 2; x < image.width; x += step_x) {
            const std::uint8_t* pixel = image.pixels.data() + row + static_cast<std::size_t>(x * channels);
            double luma = pixel[0];
            if (channels == 3) luma = 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2];
            for (int c = 0; c < channels; ++c) print = (print ^ pixel[c]) * 1099511628211ULL;
            sum += luma;
            squares += luma * luma;
            ++count;
        }
    }
    look.mean = sum / count;
    look.deviation = std::sqrt(std::max(0.0, squares / count - look.mean * look.mean));
    look.fingerprint = print;
    return look;
}

Blank judge(const Look& look, const BlankLimits& limits) {
    if (look.deviation > limits.max_deviation) return Blank::No;
    if (look.mean >= limits.white_mean) return Blank::White;
    if (look.mean <= limits.black_mean) return Blank::Black;
    return Blank::No;
}

Blank BlankDetector::observe(const Image& image, std::chrono::steady_clock::time_point taken) {
    const Look look = look_at(image);
    if (!m_since || look.fingerprint != m_fingerprint) {
        m_fingerprint = look.fingerprint;
        m_since = taken;
    }
    const Blank now = judge(look, m_limits);
    if (now != Blank::No) return now;
    return taken - *m_since >= m_limits.frozen_after ? Blank::Frozen : Blank::No;
}

}  // namespace uketsuke::vision
