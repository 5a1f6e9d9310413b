#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

// A finger that trembles in place draws nothing new.
constexpr int k_least_step = 25;

std::uint16_t range_of(float from, float length, float at) {
    const float part = (at - from) / length * static_cast<float>(core::k_pen_range);
    return static_cast<std::uint16_t>(std::clamp(std::lround(part), 0L, static_cast<long>(core::k_pen_range)));
}

Point place_of(const Rect& rect, core::PenPoint point) {
    const auto range = static_cast<float>(core::k_pen_range);
    return rect.at(static_cast<float>(point.x) / range, static_cast<float>(point.y) / range);
}

// Half-way points joined by curves bent towards the points between them: no corner where the finger was seen.
std::vector<Point> smooth(const std::vector<Point>& points) {
    if (points.size() < 3) return points;
    constexpr int k_parts = 5;
    std::vector<Point> curve{points.front()};
    const auto middle = [](Point a, Point b) { return Point{(a.x + b.x) / 2, (a.y + b.y) / 2}; };
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const Point from = i == 1 ? points[0] : middle(points[i - 1], points[i]);
        const Point to = i + 2 == points.size() ? points[i + 1] : middle(points[i], points[i + 1]);
        for (int part = 1; part <= k_parts; ++part) {
            const float t = static_cast<float>(part) / k_parts;
            const float a = (1 - t) * (1 - t);
            const float b = 2 * t * (1 - t);
            const float c = t * t;
            curve.push_back({a * from.x + b * points[i].x + c * to.x, a * from.y + b * points[i].y + c * to.y});
        }
    }
    return curve;
}

}  // namespace

void draw_strokes(Canvas& canvas, const Rect& rect, const core::Signature& signature, Colour colour) {
    const float thickness = std::max(2.F, rect.height * 0.022F);
    for (const auto& stroke : signature.strokes()) {
        std::vector<Point> points;
        for (const core::PenPoint& point : stroke) points.push_back(place_of(rect, point));
        if (points.size() == 1) {
            canvas.disc(points.front(), thickness / 2, colour);
        } else {
            canvas.path(smooth(points), colour, thickness);
        }
    }
}

void signature_field(Canvas& canvas, const Rect& rect, const SignatureField& field) {
    const Surface& panel = canvas.palette()[Tone::Panel];
    const float radius = canvas.layout().spacing.radius * 0.6F;
    const float line = canvas.layout().upright ? 4.F : 3.F;
    canvas.fill(rect, canvas.palette()[Tone::Secondary].edge, radius);
    canvas.fill(rect.inset(line), panel.fill, radius - line);
    // Where a name would stand on paper.
    canvas.fill({rect.x + rect.width * 0.06F, rect.y + rect.height * 0.78F, rect.width * 0.88F, 2}, panel.edge);
    if (field.signature.empty()) {
        canvas.words_fitted(
            {rect.x + rect.width * 0.1F, rect.y + rect.height * 0.3F, rect.width * 0.8F, rect.height * 0.4F},
            Type::Body, Tone::Panel, Align::Centre, canvas.text(Message{"form.signature.here"}));
    }
    draw_strokes(canvas, rect, field.signature, panel.ink);
    const core::PenPoint centre{core::k_pen_range / 2, core::k_pen_range / 2};
    canvas.offer(rect, canvas.text(Message{"form.signature.here"}),
                 {.kind = core::Intent::Kind::PenDown, .pen = centre});
    const auto finger = canvas.follow(rect, "signature");
    if (!finger || finger->lifted) return;
    const core::PenPoint at{range_of(rect.x, rect.width, finger->at.x), range_of(rect.y, rect.height, finger->at.y)};
    if (finger->began) {
        canvas.ask({.kind = core::Intent::Kind::PenDown, .pen = at});
        return;
    }
    const auto& strokes = field.signature.strokes();
    if (strokes.empty()) return;
    const core::PenPoint last = strokes.back().back();
    const bool moved = std::abs(at.x - last.x) * core::k_signature_shape + std::abs(at.y - last.y) >= k_least_step;
    if (moved) canvas.ask({.kind = core::Intent::Kind::PenMove, .pen = at});
}

}  // namespace uketsuke::ui
