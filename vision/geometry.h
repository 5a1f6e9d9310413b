#pragma once

namespace uketsuke::vision {

// Pixels of the picture that was given.
struct Point {
    double x = 0;
    double y = 0;
};

struct Box {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
};

// The five points that networks are aligned by. Left and right as seen in the picture: left_eye is the one nearer its
// left edge, so the person's own right eye.
struct FivePoints {
    Point left_eye;
    Point right_eye;
    Point nose;
    Point left_mouth;
    Point right_mouth;
    bool mouth = false;  // false: the landmark file knows no mouth, its two points are not set
};

}  // namespace uketsuke::vision
