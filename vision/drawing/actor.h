#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "vision/challenge.h"
#include "vision/drawing/sheet.h"

namespace uketsuke::vision::drawing {

// Chance that is the same everywhere: the standard's distributions differ between libraries.
class Chance {
  public:
    explicit Chance(std::uint32_t seed) : m_state(seed * 2654435761U + 0x9e3779b9U) {}
    double between(double low, double high);
    bool happens(double share) { return between(0, 1) < share; }

  private:
    std::uint32_t m_state;
};

// Somebody who turns when the screen asks: after a delay, at a speed, to an angle, and back when it no longer asks.
class Turner {
  public:
    struct Habit {
        double delay_s = 0.7;
        double degrees = 18;
        double degrees_a_second = 40;
        double overshoot_deg = 0;  // for a moment, before the angle is held
        double further_deg = 0;    // when the screen still asks two seconds later
    };
    explicit Turner(const Habit& habit) : m_habit(habit) {}
    // Signed towards the person's left. Times must not fall.
    double at(double seconds, std::optional<Side> asked);

  private:
    Habit m_habit;
    std::optional<Side> m_asked;   // as shown
    std::optional<Side> m_obeyed;  // as understood, a delay later
    double m_since = 0;
    double m_obeyed_since = 0;
    double m_last = 0;
    double m_angle = 0;
};

// A hand that holds a sheet: drifts in centimetres, and trembles. Added to the pose.
struct Hand {
    double drift_cm = 0.5;
    double turn_deg = 2.0;
    double tremor_cm = 0.03;
    double phase = 0;
    void hold(SheetPose& pose, double seconds) const;
};

}  // namespace uketsuke::vision::drawing
