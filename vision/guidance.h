#pragma once

#include <cstdint>
#include <string_view>

#include "vision/geometry.h"

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
    Backlit,       // the light is behind the person
    EyesCovered,   // hair, dark glasses, a hand
    MouthCovered,  // a mask
    Blurred,
    TurnLeft,   // turn the head a little to the person's own left: asked by a challenge, never by guide()
    TurnRight,  // to the person's own right
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
    double surround = 0;    // of the picture beside and above the head; 0 where nothing is known of it
    double clipped = 0;     // share of the face's pixels at white
    double sharpness = 0;   // variance of the Laplacian of the aligned face, relative to its contrast
    // What is covered. 1 and more is an open face; a blink changes none of them.
    double eye_light = 1;     // about the lighter eye, lids included ÷ the darker of cheeks and forehead
    double mouth_detail = 1;  // contrast about the mouth ÷ about the eyes
    double mouth_shape = 1;   // likeness to nostrils over a mouth, −1 … 1, wherever they are nearest to it
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
    // Backlit: the surround outshines the face by so much, and the face is so dark. The second keeps most dark skin
    // before a white wall out of it.
    double max_outshine = 2.5;
    double min_backlit_brightness = 80;
    double min_eye_light = 0.50;
    // A covered mouth is below both: a pale mouth keeps its shape, a bearded one its contrast.
    double min_mouth_detail = 0.40;
    double min_mouth_shape = 0.40;
};

// Pure: which advice the measures call for. Where the face is comes first, then the light, then how it is held, then
// whether it is sharp: what covers a face can be told on a sharp one only. A mask comes before dark glasses, since the
// skin that glasses are judged by may lie under it.
Guidance guide(const FaceMeasure& measure, const GuidanceLimits& limits = {});

// Yaw from where the nose lies against the line of the eyes: the nose's tip stands about half an eye distance before
// the line, so its offset along the line is 0.5·sin(yaw) (measured: vision.md §5). Clamped to ±60. Pure.
double yaw_from_points(const Point& left_eye, const Point& right_eye, const Point& nose);
double roll_from_points(const Point& left_eye, const Point& right_eye);

}  // namespace uketsuke::vision
