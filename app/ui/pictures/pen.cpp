#include "app/ui/pictures/pen.h"

#include <cmath>
#include <numbers>

namespace uketsuke::ui {

namespace {

constexpr float k_turn = 2 * std::numbers::pi_v<float>;

}  // namespace

Pen::Pen(Canvas& canvas, const Rect& into) : m_canvas(canvas), m_box(fitted(into, 1)), m_unit(m_box.width / 100) {}

void Pen::rect(float x, float y, float width, float height, float radius, Colour colour) const {
    const Point from = at(x, y);
    m_canvas.fill({from.x, from.y, width * m_unit, height * m_unit}, colour, radius * m_unit);
}

void Pen::frame(float x, float y, float width, float height, float radius, Colour colour, float thickness) const {
    const Point from = at(x, y);
    m_canvas.outline({from.x, from.y, width * m_unit, height * m_unit}, colour, thickness * m_unit, radius * m_unit);
}

void Pen::disc(float x, float y, float radius, Colour colour) const {
    m_canvas.disc(at(x, y), radius * m_unit, colour);
}

void Pen::ring(float x, float y, float radius, Colour colour, float thickness) const {
    m_canvas.ring(at(x, y), radius * m_unit, colour, thickness * m_unit);
}

void Pen::arc(float x, float y, float radius, float from, float to, Colour colour, float thickness) const {
    m_canvas.arc(at(x, y), radius * m_unit, from, to, colour, thickness * m_unit);
}

void Pen::path(std::initializer_list<Point> points, Colour colour, float thickness, bool closed) const {
    path(std::vector<Point>(points), colour, thickness, closed);
}

void Pen::path(const std::vector<Point>& points, Colour colour, float thickness, bool closed) const {
    std::vector<Point> placed;
    placed.reserve(points.size());
    for (const Point& point : points) placed.push_back(at(point.x, point.y));
    m_canvas.path(placed, colour, thickness * m_unit, closed);
}

void Pen::shape(std::initializer_list<Point> points, Colour colour) const {
    shape(std::vector<Point>(points), colour);
}

void Pen::shape(const std::vector<Point>& points, Colour colour) const {
    std::vector<Point> placed;
    placed.reserve(points.size());
    for (const Point& point : points) placed.push_back(at(point.x, point.y));
    m_canvas.polygon(placed, colour);
}

void Pen::arrow(Point from, Point to, Colour colour, float thickness) const {
    const float length = std::hypot(to.x - from.x, to.y - from.y);
    const Point along{(to.x - from.x) / length, (to.y - from.y) / length};
    const float head = thickness * 2.2F;
    const Point neck{to.x - along.x * head, to.y - along.y * head};
    path({from, neck}, colour, thickness);
    const float half = head * 0.85F;
    const std::vector<Point> tip{
        to, {neck.x - along.y * half, neck.y + along.x * half}, {neck.x + along.y * half, neck.y - along.x * half}};
    shape(tip, colour);
    path(tip, colour, thickness * 0.35F, true);
}

void Pen::person(float x, float y, float height, Colour colour) const {
    const float head = height * 0.24F;
    disc(x, y + head, head, colour);
    // Shoulders: the upper half of an ellipse, closed below.
    std::vector<Point> shoulders;
    const float top = y + height * 0.58F;
    for (int i = 0; i <= 24; ++i) {
        const float angle = k_turn / 2 + k_turn / 2 * static_cast<float>(i) / 24;
        shoulders.push_back({x + height * 0.46F * std::cos(angle), y + height + (y + height - top) * std::sin(angle)});
    }
    shape(shoulders, colour);
}

std::vector<Point> rounded_points(const Rect& rect, float radius) {
    std::vector<Point> points;
    const Rect core = rect.inset(radius);
    const Point corners[4] = {
        {core.right(), core.y}, {core.right(), core.bottom()}, {core.x, core.bottom()}, {core.x, core.y}};
    for (int corner = 0; corner < 4; ++corner) {
        for (int i = 0; i <= 6; ++i) {
            const float angle = k_turn * (static_cast<float>(corner) - 1 + static_cast<float>(i) / 6) / 4;
            points.push_back(
                {corners[corner].x + radius * std::cos(angle), corners[corner].y + radius * std::sin(angle)});
        }
    }
    return points;
}

std::vector<Point> ellipse_points(Point centre, float rx, float ry) {
    std::vector<Point> points;
    for (int i = 0; i < 48; ++i) {
        const float angle = k_turn * static_cast<float>(i) / 48;
        points.push_back({centre.x + rx * std::cos(angle), centre.y + ry * std::sin(angle)});
    }
    return points;
}

}  // namespace uketsuke::ui
