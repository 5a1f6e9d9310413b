#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include "vision/image.h"

namespace uketsuke::vision {

enum class Glasses : std::uint8_t { None, Clear, Dark };

// A drawn person: who (identity) and how they stand before the camera. Angles in degrees; positive yaw turns the nose
// towards the right edge of the picture, positive pitch lifts the chin, positive roll tilts the head clockwise.
struct Appearance {
    std::uint32_t identity = 1;  // seed of every proportion, hair, brow, tone: the same number is the same person
    double yaw_deg = 0;          // drawn well up to about 25
    double pitch_deg = 0;        // up to about 15
    double roll_deg = 0;
    double light = 1.0;       // 1 is a well-lit room, 0.25 too dark, 1.8 too bright
    double light_side = 0.2;  // −1 from the left … 1 from the right
    bool eyes_closed = false;
    double smile = 0.35;     // 0 … 1
    double scale = 1.0;      // 1: the face is about 0.3 of a 4:3 picture's width; 2 is too near, 0.35 too far
    double offset_x = 0;     // of the face's centre from the picture's, in picture widths
    double offset_y = 0;     // in picture heights
    double blur = 0;         // Gaussian sigma in pixels of a 640-wide picture
    double noise = 1.5;      // standard deviation of the sensor's noise, in grey levels
    std::uint32_t take = 0;  // seed of the noise: another number is another frame
    Glasses glasses = Glasses::None;
    bool mask = false;     // over nose, mouth and chin; white, pale blue or black, by the identity
    bool hat = false;      // down to the middle of the forehead
    double backlight = 0;  // 0 none … 1 a bright window behind: the camera darkens whoever stands before it
};

// The picture (Rgb8) of one person, of several (drawn in order), or of an empty room (none). Deterministic: the same
// values give the same bytes. Any thread. Width and height 16 … 4096, else an empty image.
Image draw_person(const Appearance& person, int width, int height);
Image draw_people(std::span<const Appearance> people, int width, int height, std::uint32_t take = 0,
                  double noise = 1.5);

// The portrait that a drawn person's card would hold: frontal, even light, 480×640, Rgb8, head filling most of it.
// encode_chip_photo() makes the chip's JP2 of it.
Image draw_card_portrait(std::uint32_t identity);

// The same person `t` later: breathes and sways a little, blinks now and then, other noise. A pure function of both.
Appearance animate(const Appearance& person, std::chrono::milliseconds t);

}  // namespace uketsuke::vision
