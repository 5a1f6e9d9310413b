#include "vision/drawing/actor.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace uketsuke::vision::drawing {

double Chance::between(double low, double high) {
    m_state ^= m_state << 13U;
    m_state ^= m_state >> 17U;
    m_state ^= m_state << 5U;
    return low + (high - low) * (m_state >> 8U) / 16777216.0;
}

double Turner::at(double seconds, std::optional<Side> asked) {
    const double step = std::clamp(seconds - m_last, 0.0, 0.2);
    m_last = seconds;
    if (asked != m_asked) {
        m_asked = asked;
        m_since = seconds;
    }
    // Going back needs no thought.
    const double delay = m_asked ? m_habit.delay_s : std::min(0.3, m_habit.delay_s);
    if (m_obeyed != m_asked && seconds - m_since >= delay) {
        m_obeyed = m_asked;
        m_obeyed_since = seconds;
    }
    double target = 0;
    if (m_obeyed) {
        const double held = seconds - m_obeyed_since;
        target = m_habit.degrees;
        if (held < m_habit.degrees / m_habit.degrees_a_second + 0.3) target += m_habit.overshoot_deg;
        if (held > 2.0 + m_habit.degrees / m_habit.degrees_a_second) target += m_habit.further_deg;
        if (*m_obeyed == Side::Right) target = -target;
    }
    const double most = m_habit.degrees_a_second * step;
    // A turn slows down towards its end.
    m_angle += std::clamp((target - m_angle) * std::min(1.0, 9 * step), -most, most);
    return m_angle;
}

void Hand::hold(SheetPose& pose, double seconds) const {
    const auto wave = [&](double hertz, double own) {
        return std::sin(2 * std::numbers::pi * (hertz * seconds + own) + phase);
    };
    pose.x += drift_cm * wave(0.31, 0.1) + tremor_cm * wave(7.3, 0.2);
    pose.y += drift_cm * wave(0.23, 0.4) + tremor_cm * wave(8.1, 0.7);
    pose.z += 1.5 * drift_cm * wave(0.19, 0.6);
    pose.roll_deg += turn_deg * wave(0.27, 0.3);
    pose.yaw_deg += turn_deg * wave(0.41, 0.8);
    pose.pitch_deg += turn_deg * wave(0.37, 0.9);
}

}  // namespace uketsuke::vision::drawing
