#pragma once

#include <opencv2/core.hpp>

#include "vision/geometry.h"
#include "vision/guidance.h"

namespace uketsuke::vision::detail {

constexpr int cover_side = 150;

// The face with its eyes level at (47.5, 45) and (98.5, 45) of a cover_side² picture: a chip that depends on nothing
// but the eyes, so that a covered mouth cannot move it. Empty when the two are one point. The caller wipes it.
cv::Mat face_by_eyes(const cv::Mat& gray, const Point& left_eye, const Point& right_eye);

// Fills eye_light, mouth_detail and mouth_shape from such a face; any other size changes nothing. Pure.
void measure_cover(const cv::Mat& face, FaceMeasure& measure);

}  // namespace uketsuke::vision::detail
