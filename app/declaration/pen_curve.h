// A finger's points as a curve. Pure. Private to app/declaration.
#pragma once

#include <vector>

#include "net/declaration.h"

namespace uketsuke::declaration {

struct Dot {
    double x = 0;
    double y = 0;
};

// One cubic Bézier piece; it begins where the one before ended.
struct Piece {
    Dot leave;   // control point behind the beginning
    Dot arrive;  // control point before the end
    Dot end;
};

struct Curve {
    Dot begin;
    std::vector<Piece> pieces;  // none: a dot
};

// Through the stroke's points, without those that only shake: a touch screen reports the finger's trembling as well.
// In units of the field's width, to the right and down; `shape`: how many times as wide as high the field is.
Curve curve_of(const net::Stroke& stroke, double shape);

}  // namespace uketsuke::declaration
