#include "vision/guidance.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace uketsuke::vision {

std::string_view to_string(Guidance guidance) {
    switch (guidance) {
        case Guidance::Ok:
            return "ok";
        case Guidance::NoFace:
            return "no-face";
        case Guidance::SeveralFaces:
            return "several-faces";
        case Guidance::TooFar:
            return "too-far";
        case Guidance::TooNear:
            return "too-near";
        case Guidance::OffCentre:
            return "off-centre";
        case Guidance::Turned:
            return "turned";
        case Guidance::TooDark:
            return "too-dark";
        case Guidance::TooBright:
            return "too-bright";
        case Guidance::Backlit:
            return "backlit";
        case Guidance::EyesCovered:
            return "eyes-covered";
        case Guidance::MouthCovered:
            return "mouth-covered";
        case Guidance::Blurred:
            return "blurred";
        case Guidance::TurnLeft:
            return "turn-left";
        case Guidance::TurnRight:
            return "turn-right";
    }
    return "unknown";
}

Guidance guide(const FaceMeasure& m, const GuidanceLimits& limits) {
    if (m.faces <= 0) return Guidance::NoFace;
    if (m.faces > 1 && m.rival > limits.max_rival) return Guidance::SeveralFaces;
    if (m.width < limits.min_width) return Guidance::TooFar;
    if (m.width > limits.max_width) return Guidance::TooNear;
    if (std::abs(m.off_x) > limits.max_off_x || std::abs(m.off_y) > limits.max_off_y) return Guidance::OffCentre;
    if (m.brightness < limits.min_backlit_brightness && m.surround > limits.max_outshine * m.brightness)
        return Guidance::Backlit;
    if (m.brightness < limits.min_brightness) return Guidance::TooDark;
    if (m.brightness > limits.max_brightness || m.clipped > limits.max_clipped) return Guidance::TooBright;
    if (std::abs(m.yaw_deg) > limits.max_yaw_deg || std::abs(m.roll_deg) > limits.max_roll_deg) return Guidance::Turned;
    if (m.sharpness < limits.min_sharpness) return Guidance::Blurred;
    if (m.mouth_detail < limits.min_mouth_detail && m.mouth_shape < limits.min_mouth_shape)
        return Guidance::MouthCovered;
    if (m.eye_light < limits.min_eye_light) return Guidance::EyesCovered;
    return Guidance::Ok;
}

double yaw_from_points(const Point& left_eye, const Point& right_eye, const Point& nose) {
    const double dx = right_eye.x - left_eye.x;
    const double dy = right_eye.y - left_eye.y;
    const double eye_distance_squared = dx * dx + dy * dy;
    if (eye_distance_squared < 1e-9) return 0;
    const double mid_x = (left_eye.x + right_eye.x) / 2;
    const double mid_y = (left_eye.y + right_eye.y) / 2;
    const double along = ((nose.x - mid_x) * dx + (nose.y - mid_y) * dy) / eye_distance_squared;
    const double sine = std::clamp(along / 0.5, -0.8660254, 0.8660254);
    return std::asin(sine) * 180 / std::numbers::pi;
}

double roll_from_points(const Point& left_eye, const Point& right_eye) {
    return std::atan2(right_eye.y - left_eye.y, right_eye.x - left_eye.x) * 180 / std::numbers::pi;
}

}  // namespace uketsuke::vision
