#include "vision/drawing/pose.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace uketsuke::vision::drawing {
namespace {
constexpr double radians = std::numbers::pi / 180;
// The picture's middle lies between eyes and mouth, a little under the origin.
constexpr double face_middle = 0.30;
}  // namespace

Pose::Pose(const Appearance& person, int width, int height)
    : m_unit(0.2 * std::min<double>(height, width * 0.75) * std::clamp(person.scale, 0.05, 5.0)),
      m_roll_deg(person.roll_deg),
      m_centre(width * (0.5 + person.offset_x), height * (0.5 + person.offset_y)),
      m_cos_yaw(std::cos(person.yaw_deg * radians)),
      m_sin_yaw(std::sin(person.yaw_deg * radians)),
      m_cos_pitch(std::cos(person.pitch_deg * radians)),
      m_sin_pitch(std::sin(person.pitch_deg * radians)),
      m_cos_roll(std::cos(person.roll_deg * radians)),
      m_sin_roll(std::sin(person.roll_deg * radians)) {}

Place Pose::turned(const Place& p) const {
    const double x = p[0] * m_cos_yaw + p[2] * m_sin_yaw;
    const double z = -p[0] * m_sin_yaw + p[2] * m_cos_yaw;
    return {x, p[1] * m_cos_pitch - z * m_sin_pitch, p[1] * m_sin_pitch + z * m_cos_pitch};
}

cv::Point2d Pose::operator()(const Place& place) const {
    const Place p = turned(place);
    const double y = p[1] - face_middle;
    return m_centre + m_unit * cv::Point2d(p[0] * m_cos_roll - y * m_sin_roll, p[0] * m_sin_roll + y * m_cos_roll);
}

Outline Pose::operator()(const std::vector<Place>& places) const {
    Outline out;
    out.reserve(places.size());
    for (const auto& place : places) out.push_back((*this)(place));
    return out;
}

cv::Point2d Pose::plane(double px, double py) const {
    const double x = (px - m_centre.x) / m_unit;
    const double y = (py - m_centre.y) / m_unit;
    return {x * m_cos_roll + y * m_sin_roll, -x * m_sin_roll + y * m_cos_roll + face_middle};
}

double Pose::surface(double x, double y) {
    const double inside = 1 - (x / 1.12) * (x / 1.12) - (y / 1.75) * (y / 1.75);
    return 0.95 * std::sqrt(std::max(inside, 0.03));
}

}  // namespace uketsuke::vision::drawing
