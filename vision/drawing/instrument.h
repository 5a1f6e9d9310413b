#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "vision/drawing/sheet.h"
#include "vision/geometry.h"
#include "vision/image.h"
#include "vision/synthetic.h"

namespace uketsuke::vision::drawing {

// What is held before the camera, and the room behind it.

// The drawn persons' room without noise; every second one with a door, pictures and a shelf: edges that rest.
cv::Mat furnished_room(std::uint32_t seed);
// A drawn person before whatever the picture holds.
void paint_person_over(cv::Mat& rgb, const Appearance& person);
// Light and the sensor's noise: a frame.
Image sensed(const cv::Mat& rgb, double light, std::uint32_t take);

// About where draw_card_portrait() has its eyes, nose and mouth.
FivePoints points_of_portrait();

// The face and its surroundings on white-edged paper, life-size.
Sheet print(const Image& picture, const FivePoints& points);
// The oval of a face alone.
Sheet cut_out(const Image& picture, const FivePoints& points);
// On glass: black border, lifted black, a reflection, and the grid of its pixels. Odd seeds a telephone, even a tablet.
Sheet telephone(const Image& picture, const FivePoints& points, std::uint32_t seed);
// Drags the nose's surroundings along the eye line, in eye distances: what a simple animation program does.
void drag_nose(Image& picture, const FivePoints& points, double offset);

}  // namespace uketsuke::vision::drawing
