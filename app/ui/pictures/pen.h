// Draws in a square of 100 × 100 that is fitted into a rectangle.
#pragma once

#include <initializer_list>
#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/geometry.h"
#include "app/ui/theme.h"

namespace uketsuke::ui {

class Pen {
  public:
    Pen(Canvas& canvas, const Rect& into);

    Canvas& canvas() const { return m_canvas; }
    Colour colour(Art art) const { return m_canvas.palette()[art]; }
    Colour ink(Tone tone) const { return m_canvas.palette()[tone].ink; }
    Colour ground(Tone tone) const { return m_canvas.palette()[tone].fill; }
    Point at(float x, float y) const { return {m_box.x + x * m_unit, m_box.y + y * m_unit}; }

    void rect(float x, float y, float width, float height, float radius, Colour colour) const;
    void frame(float x, float y, float width, float height, float radius, Colour colour, float thickness) const;
    void disc(float x, float y, float radius, Colour colour) const;
    void ring(float x, float y, float radius, Colour colour, float thickness) const;
    void arc(float x, float y, float radius, float from, float to, Colour colour, float thickness) const;
    void path(std::initializer_list<Point> points, Colour colour, float thickness, bool closed = false) const;
    void shape(std::initializer_list<Point> points, Colour colour) const;  // convex
    void shape(const std::vector<Point>& points, Colour colour) const;     // convex
    void path(const std::vector<Point>& points, Colour colour, float thickness, bool closed = false) const;
    // A stroke with a head at its end.
    void arrow(Point from, Point to, Colour colour, float thickness) const;
    // Head and shoulders in a box of this height; `x`, `y` is the middle of the head's top.
    void person(float x, float y, float height, Colour colour) const;

  private:
    Canvas& m_canvas;
    Rect m_box;
    float m_unit;
};

// The points of a rounded rectangle, for mapping it into perspective.
std::vector<Point> rounded_points(const Rect& rect, float radius);
std::vector<Point> ellipse_points(Point centre, float rx, float ry);

}  // namespace uketsuke::ui
