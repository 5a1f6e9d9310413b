#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "vision/image.h"

namespace uketsuke::vision {

// Why a picture shows nothing.
enum class Blank : std::uint8_t { No, White, Black, Frozen };
std::string_view to_string(Blank blank);

struct BlankLimits {
    double white_mean = 235.0;  // a mean above this and a deviation below max_deviation is white
    double black_mean = 16.0;   // likewise below
    double max_deviation = 6.0;
    // The very same bytes for this long is frozen: a live sensor's noise never repeats.
    std::chrono::milliseconds frozen_after{1500};
};

// What is looked at of a picture: mean and deviation of its brightness over a grid of some thousand points, and a
// fingerprint of those points. Pure.
struct Look {
    double mean = 0;
    double deviation = 0;
    std::uint64_t fingerprint = 0;
};
Look look_at(const Image& image);

// White or black from one picture; never Frozen. Pure.
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
