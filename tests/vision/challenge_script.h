#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>

#include "vision/challenge.h"

namespace uketsuke::vision::test {

using std::chrono::milliseconds;

inline constexpr double k_bias = -0.046;  // as YuNet's nose lies
inline constexpr double k_nothing = std::numeric_limits<double>::quiet_NaN();

inline double solid(double degrees) {
    return 0.5 * std::sin(degrees * M_PI / 180);
}

// A head or a sheet before the challenge, at 15 frames a second.
class Scripted {
  public:
    explicit Scripted(Side side = Side::Left, ChallengeOptions options = {})
        : challenge([this] { return ++requests, next; }, options), next(side) {}

    ChallengeFrame frame(double offset) const {
        return {now, k_bias + offset, offset, 0.95, k_nothing, k_nothing, true, std::optional<bool>(true)};
    }
    ChallengePhase feed(const ChallengeFrame& given) {
        now += milliseconds(66);
        return challenge.observe(given);
    }
    ChallengePhase offset(double value, int frames = 1) {
        ChallengePhase phase = challenge.phase();
        for (int i = 0; i < frames; ++i) phase = feed(frame(value));
        return phase;
    }
    // A head, or a sheet that is foreshortened alike and whose nose moves by `share` of a head's.
    ChallengePhase turned(double degrees, int frames = 1, double share = 1) {
        ChallengePhase phase = challenge.phase();
        for (int i = 0; i < frames; ++i) {
            ChallengeFrame given = frame(share * solid(degrees));
            given.eyes_to_height *= std::cos(degrees * M_PI / 180);
            given.followed = share * solid(degrees);
            given.followed_narrowed = std::cos(degrees * M_PI / 180);
            phase = feed(given);
        }
        return phase;
    }
    ChallengePhase turn_over(double from, double to, int frames, double share = 1) {
        ChallengePhase phase = challenge.phase();
        for (int i = 1; i <= frames; ++i) phase = turned(from + (to - from) * i / frames, 1, share);
        return phase;
    }
    void until_asked() {
        for (int i = 0; i < 40 && challenge.phase() == ChallengePhase::Front; ++i) offset(0.006 * (i % 3 - 1));
        ASSERT_EQ(challenge.phase(), ChallengePhase::Asked);
    }

    int requests = 0;
    Challenge challenge;
    Side next;
    milliseconds now{1000};
};

}  // namespace uketsuke::vision::test
