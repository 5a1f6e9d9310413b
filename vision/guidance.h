#pragma once

#include <cstdint>
#include <string_view>

namespace uketsuke::vision {

// What the person before the camera can do about it; one at a time, the first that applies.
enum class Guidance : std::uint8_t {
    Ok,
    NoFace,
    SeveralFaces,
    TooFar,
    TooNear,
    OffCentre,
    Turned,
    TooDark,
    TooBright,
    Blurred,
};
std::string_view to_string(Guidance guidance);

// What was measured of a frame. Fractions are of the picture; angles in degrees; brightness is a mean of grey levels.
struct FaceMeasure {
    int faces = 0;
    double rival = 0;       // width of the next largest face ÷ width of the one meant; 0 when there is none
    double width = 0;       // of the face's box ÷ the picture's shorter side
    double off_x = 0;       // centre of the face − centre of the picture, ÷ picture width
    double off_y = 0;       // ÷ picture height
    double yaw_deg = 0;     // nose against the eye line, as Appearance has it
    double roll_deg = 0;    // slope of the eye line
    double brightness = 0;  // of the face, 0 … 255
    double clipped = 0;     // share of the face's pixels at white
    double sharpness = 0;   // variance of the Laplacian of the aligned face, relative to its contrast
};

// Limits of a usable frame. Defaults measured on drawn persons and photographs: see vision/README.md.
struct GuidanceLimits {
    double min_width = 0.16;
    double max_width = 0.70;
    double max_off_x = 0.22;
    double max_off_y = 0.25;
    double max_yaw_deg = 18;
    double max_roll_deg = 20;
    double min_brightness = 50;
    double max_brightness = 225;
    double max_clipped = 0.35;
    double min_sharpness = 0.06;
    double max_rival = 0.6;  // a smaller face in the background is a bystander
};

// Pure: which advice the measures call for.
Guidance guide(const FaceMeasure& measure, const GuidanceLimits& limits = {});

struct Point {
    double x = 0;
    double y = 0;
};

// Yaw from where the nose lies against the line of the eyes: the nose's tip stands about half an eye distance before
// the line, so its offset along the line is 0.5·sin(yaw) (measured: vision.md §5). Clamped to ±60. Pure.
double yaw_from_points(const Point& left_eye, const Point& right_eye, const Point& nose);
double roll_from_points(const Point& left_eye, const Point& right_eye);

}  // namespace uketsuke::vision
