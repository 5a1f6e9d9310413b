#include "vision/detail/chip_quality.h"

#include <algorithm>

#include "vision/detail/networks.h"

namespace uketsuke::vision::detail {

ChipQuality quality_of(const std::vector<std::uint8_t>& gray_chip) {
    constexpr int from = chip_side / 5;
    constexpr int to = chip_side - from;
    constexpr double count = static_cast<double>(to - from) * (to - from);
    ChipQuality quality;
    if (gray_chip.size() != static_cast<std::size_t>(chip_side) * chip_side) return quality;
    const auto at = [&](int row, int column) {
        return static_cast<int>(
            gray_chip[static_cast<std::size_t>(row) * chip_side + static_cast<std::size_t>(column)]);
    };
    double sum = 0;
    double squares = 0;
    double edges = 0;
    int clipped = 0;
    for (int row = from; row < to; ++row) {
        for (int column = from; column < to; ++column) {
            const int g = at(row, column);
            // Smoothed by the neighbours on a diagonal, so that a sensor's noise does not pass for detail.
            const auto soft = [&](int r, int c) { return at(r, c) + at(r + 1, c) + at(r, c + 1) + at(r + 1, c + 1); };
            const double edge = (soft(row - 2, column) + soft(row + 2, column) + soft(row, column - 2) +
                                 soft(row, column + 2) - 4 * soft(row, column)) /
                                4.0;
            sum += g;
            squares += static_cast<double>(g) * g;
            edges += edge * edge;
            clipped += g >= 250 ? 1 : 0;
        }
    }
    quality.brightness = sum / count;
    quality.clipped = clipped / count;
    const double variance = std::max(squares / count - quality.brightness * quality.brightness, 25.0);
    quality.sharpness = edges / count / variance;
    return quality;
}

}  // namespace uketsuke::vision::detail
