// Points and rectangles; y grows downwards. The unit is the caller's: layout units or window pixels.
#pragma once

namespace uketsuke::ui {

struct Point {
    float x = 0;
    float y = 0;
};

struct Size {
    float width = 0;
    float height = 0;
};

struct Rect {
    float x = 0;
    float y = 0;
    float width = 0;
    float height = 0;

    float right() const { return x + width; }
    float bottom() const { return y + height; }
    Point centre() const { return {x + width / 2, y + height / 2}; }
    // A place inside, 0–1 each way.
    Point at(float across, float down) const { return {x + width * across, y + height * down}; }
    Rect inset(float by) const { return {x + by, y + by, width - 2 * by, height - 2 * by}; }
    Rect moved(float dx, float dy) const { return {x + dx, y + dy, width, height}; }
    bool contains(const Rect& other, float slack) const {
        return other.x >= x - slack && other.y >= y - slack && other.right() <= right() + slack &&
               other.bottom() <= bottom() + slack;
    }
    bool overlaps(const Rect& other) const {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }
};

// The largest rectangle of this shape (width ÷ height) in the middle of `outer`.
Rect fitted(const Rect& outer, float aspect);

}  // namespace uketsuke::ui
