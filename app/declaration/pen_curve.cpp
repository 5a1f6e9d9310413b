#include "app/declaration/pen_curve.h"

#include <cmath>

namespace uketsuke::declaration {
namespace {

constexpr double k_range = 10'000;
constexpr double k_shaking = 0.006;  // of the field's width

std::vector<Dot> steady(const net::Stroke& stroke, double shape) {
    std::vector<Dot> dots;
    for (const net::StrokePoint& point : stroke) {
        const Dot dot{point.x / k_range, point.y / k_range / shape};
        if (dots.empty() || std::hypot(dot.x - dots.back().x, dot.y - dots.back().y) >= k_shaking) dots.push_back(dot);
    }
    // The stroke ends where the finger was lifted.
    if (dots.size() > 1) dots.back() = {stroke.back().x / k_range, stroke.back().y / k_range / shape};
    return dots;
}

}  // namespace

// Catmull-Rom: the tangent at a point is parallel to the line between its neighbours.
Curve curve_of(const net::Stroke& stroke, double shape) {
    const std::vector<Dot> dots = steady(stroke, shape);
    if (dots.empty()) return {};
    Curve curve{dots.front(), {}};
    for (std::size_t i = 0; i + 1 < dots.size(); ++i) {
        const Dot& before = dots[i == 0 ? 0 : i - 1];
        const Dot& from = dots[i];
        const Dot& to = dots[i + 1];
        const Dot& after = dots[i + 2 < dots.size() ? i + 2 : i + 1];
        curve.pieces.push_back({{from.x + (to.x - before.x) / 6, from.y + (to.y - before.y) / 6},
                                {to.x - (after.x - from.x) / 6, to.y - (after.y - from.y) / 6},
                                to});
    }
    return curve;
}

}  // namespace uketsuke::declaration
