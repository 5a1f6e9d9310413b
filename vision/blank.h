#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vision/image.h"

namespace uketsuke::vision {

// Why a picture shows nothing.
enum class Blank : std::uint8_t {
    No,
    White,    // the sensor's white-out, a faint trace of a scene left or none
    Black,    // no light at all
    Covered,  // something before the lens, such as a finger: dark, and no edge anywhere
    Frozen,
};
std::string_view to_string(Blank blank);

struct BlankLimits {
    double white_mean = 235.0;  // a mean above this and a deviation below max_deviation is white
    double black_mean = 16.0;   // likewise below
    double max_deviation = 6.0;
    double max_white_share = 0.92;  // of points at the sensor's white: what is left of a face cannot be compared
    double covered_mean = 90.0;     // darker than this, and
    double covered_step = 16.0;     // no step between neighbours larger than this, nor
    double covered_ratio = 4.5;     // stands out of their median (pure noise gives 3.5)
    // The very same bytes for this long is frozen: a live sensor's noise never repeats.
    std::chrono::milliseconds frozen_after{1500};
};

// What is looked at of a picture: brightness over a grid of some thousand cells, each the mean of four of its points.
// An unsound image is all zeros. Pure.
struct Look {
    double mean = 0;
    double deviation = 0;
    double white_share = 0;         // of cells at 250 and more
    double step = 0;                // 98th percentile of the differences between neighbouring cells
    double median_step = 0;         // and their median
    std::uint64_t fingerprint = 0;  // of the points
};
Look look_at(const Image& image);

// White, black or covered from one picture; never Frozen. Pure.
Blank judge(const Look& look, const BlankLimits& limits = {});

// Adds time: the same fingerprint for limits.frozen_after is Frozen. One owner, no clock of its own.
class BlankDetector {
  public:
    explicit BlankDetector(BlankLimits limits = {}) : m_limits(limits) {}
    Blank observe(const Image& image, std::chrono::steady_clock::time_point taken);
    void reset() { m_since.reset(); }

  private:
    BlankLimits m_limits;
    std::uint64_t m_fingerprint = 0;
    std::optional<std::chrono::steady_clock::time_point> m_since;
};

}  // namespace uketsuke::vision
