#include "vision/drawing/relief.h"

#include <algorithm>
#include <cmath>

namespace uketsuke::vision::drawing {

Relief::Relief(const Sitter& sitter) : m_sitter(sitter) {
    const Traits& t = sitter.traits;
    const double side = std::clamp(sitter.person.light_side, -1.0, 1.0);
    m_light = cv::normalize(cv::Vec3d(0.75 * side, -0.55, 0.95));
    const auto middle = sitter.pose.turned({0, -0.05, 0});
    m_middle = {middle[0], middle[1]};

    const double nose = t.nose_y;
    for (const double s : {-1.0, 1.0}) {
        add(s * t.eye_x, -0.02, 0, 0.24, 0.17, -0.10, 0.10);                                   // socket
        add(s * t.eye_x, t.brow_y + 0.02, 0.02, 0.30, 0.10, 0.05, 0);                          // brow ridge
        add(s * 0.60 * t.half_width, 0.38, 0, 0.24, 0.22, 0.05 + 0.3 * t.cheeks, 0);           // cheek
        add(s * t.nose_width * 0.85, nose - 0.04, 0.12, 0.075, 0.075, 0.06, 0);                // wing
        add(s * t.nose_width * 1.35, nose + 0.05, 0, 0.06, 0.14, -0.03, 0.05 + 0.10 * t.age);  // its fold
        add(s * (t.mouth_width + 0.05), t.mouth_y + 0.02, 0, 0.07, 0.08, -0.03, 0.06);
        add(s * 0.33, nose * 0.30 + 0.16, 0, 0.16, 0.06, -0.02 - 0.06 * t.age, 0.04 + 0.07 * t.age);  // under the eye
        add(s * 0.86 * t.half_width, -0.25, 0, 0.12, 0.25, -0.05, 0.04);                              // temple
    }
    add(0, nose * 0.35, 0.10, 0.085 + 0.2 * t.nose_width, nose * 0.42, t.nose_bridge, 0);
    add(0, nose - 0.08, 0.34, 0.12 + 0.25 * t.nose_width, 0.12, 0.17, 0);
    add(0, nose + 0.07, 0.06, t.nose_width * 1.1, 0.055, -0.05, 0.22);  // shadow under the nose
    add(0, t.mouth_y, 0.06, t.mouth_width * 0.8, 0.11, 0.07, 0);
    add(0, t.mouth_y + t.lip_lower + 0.09, 0, t.mouth_width * 0.6, 0.05, -0.05, 0.10);
    add(0, t.chin - 0.14, 0.02, t.chin_width * 0.9, 0.13, 0.08, 0);
    add(0, -0.62, 0, 0.5, 0.28, 0.04, 0);
}

void Relief::add(double x, double y, double lift, double size_x, double size_y, double height, double shadow) {
    const auto p = m_sitter.pose.turned(Pose::on_face(x, y, lift));
    m_bumps.push_back({{p[0], p[1]}, 1 / size_x, 1 / size_y, height, shadow});
}

double Relief::operator()(double px, double py) const {
    const cv::Point2d p = m_sitter.pose.plane(px, py);
    const double nx = (p.x - m_middle.x) / (1.18 * m_sitter.traits.half_width);
    const double ny = (p.y - m_middle.y) / 1.62;
    double slope_x = 0;
    double slope_y = 0;
    double shadow = 0;
    for (const Bump& bump : m_bumps) {
        const double dx = (p.x - bump.centre.x) * bump.inverse_x;
        const double dy = (p.y - bump.centre.y) * bump.inverse_y;
        const double square = dx * dx + dy * dy;
        if (square > 7) continue;
        const double g = std::exp(-square);
        slope_x += -2 * dx * bump.inverse_x * g * bump.height;
        slope_y += -2 * dy * bump.inverse_y * g * bump.height;
        shadow += g * bump.shadow;
    }
    const double nz = std::sqrt(std::max(0.06, 1 - nx * nx - ny * ny));
    const cv::Vec3d normal = cv::normalize(cv::Vec3d(nx - 0.75 * slope_x, 0.75 * ny - 0.75 * slope_y, nz));
    const double lit = std::max(0.0, normal.dot(m_light));
    const double gloss = std::pow(lit, 24) * 0.06;
    return (0.50 + 0.56 * lit + gloss) * (1 - std::min(shadow, 0.5));
}

}  // namespace uketsuke::vision::drawing
