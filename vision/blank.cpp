#include "vision/blank.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace uketsuke::vision {

std::string_view to_string(Blank blank) {
    switch (blank) {
        case Blank::No:
            return "not blank";
        case Blank::White:
            return "white";
        case Blank::Black:
            return "black";
        case Blank::Covered:
            return "covered lens";
        case Blank::Frozen:
            return "frozen";
    }
    return "unknown";
}

Look look_at(const Image& image) {
    Look look;
    if (!image.sound()) return look;
    // A grid of about 64 × 48: enough to tell a picture from a wall of one tone, and cheap at any resolution.
    const int columns = std::min(image.width, 64);
    const int rows = std::min(image.height, 48);
    const auto channels = static_cast<int>(image.channels());
    std::uint64_t print = 14695981039346656037ULL;  // FNV-1a
    const auto point = [&](int x, int y) {
        const std::uint8_t* pixel =
            image.pixels.data() +
            (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)) *
                static_cast<std::size_t>(channels);
        for (int c = 0; c < channels; ++c) print = (print ^ pixel[c]) * 1099511628211ULL;
        return channels == 3 ? 0.299 * pixel[0] + 0.587 * pixel[1] + 0.114 * pixel[2] : pixel[0];
    };
    std::vector<double> above(static_cast<std::size_t>(columns));
    std::vector<double> steps;
    steps.reserve(2 * static_cast<std::size_t>(rows) * above.size());
    double sum = 0;
    double squares = 0;
    int white = 0;
    for (int row = 0; row < rows; ++row) {
        double left = 0;
        for (int column = 0; column < columns; ++column) {
            const auto x = [&](int eighths) { return (8 * column + eighths) * image.width / (8 * columns); };
            const auto y = [&](int eighths) { return (8 * row + eighths) * image.height / (8 * rows); };
            const double cell = (point(x(1), y(3)) + point(x(3), y(7)) + point(x(5), y(1)) + point(x(7), y(5))) / 4;
            sum += cell;
            squares += cell * cell;
            white += cell >= 250 ? 1 : 0;
            double& over = above[static_cast<std::size_t>(column)];
            if (column > 0) steps.push_back(std::abs(cell - left));
            if (row > 0) steps.push_back(std::abs(cell - over));
            left = over = cell;
        }
    }
    const double count = static_cast<double>(rows) * columns;
    look.mean = sum / count;
    look.deviation = std::sqrt(std::max(0.0, squares / count - look.mean * look.mean));
    look.white_share = white / count;
    look.fingerprint = print;
    const auto ranked = [&](double share) {
        if (steps.empty()) return 0.0;
        const auto at = steps.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(steps.size() - 1));
        std::nth_element(steps.begin(), at, steps.end());
        return *at;
    };
    look.step = ranked(0.98);
    look.median_step = ranked(0.5);
    return look;
}

Blank judge(const Look& look, const BlankLimits& limits) {
    if (look.deviation <= limits.max_deviation && look.mean >= limits.white_mean) return Blank::White;
    if (look.white_share >= limits.max_white_share) return Blank::White;
    if (look.deviation <= limits.max_deviation && look.mean <= limits.black_mean) return Blank::Black;
    // A median below one is a clean, quiet picture: its least edges stand out of it.
    if (look.mean <= limits.covered_mean && look.step <= limits.covered_step &&
        look.step <= limits.covered_ratio * std::max(look.median_step, 1.0))
        return Blank::Covered;
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
