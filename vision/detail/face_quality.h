#pragma once

#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "vision/geometry.h"
#include "vision/guidance.h"

namespace uketsuke::vision::detail {

// Fills the fields of `measure` that say how the face looks: light, clipping, sharpness, what covers it. `gray` is the
// whole picture, `box` the face in it, `points` its eyes, `gray_chip` its aligned chip (networks.h: chip_side², eyes
// level and in their place, a quarter of padding). A chip of another size changes nothing. Pure.
void measure_quality(const cv::Mat& gray, const Box& box, const FivePoints& points,
                     const std::vector<std::uint8_t>& gray_chip, FaceMeasure& measure);

}  // namespace uketsuke::vision::detail
