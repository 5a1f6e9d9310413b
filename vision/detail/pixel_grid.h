#pragma once

#include <opencv2/core.hpp>

namespace uketsuke::vision::detail {

// How far the strongest narrow peak of the spectrum of `area` stands out, in decibels over the larger of the average
// at its frequency and of its neighbourhood. 8 to 12 is noise. Frequencies from `low` to `high` cycles a pixel count;
// the harmonics of the 8×8 blocks of JPEG, along both axes, do not. `gray` is CV_8UC1 and holds the area, a square of
// 64 to 256 pixels. No copy of the pixels is left.
double grid_prominence(const cv::Mat& gray, const cv::Rect& area, double low, double high);

}  // namespace uketsuke::vision::detail
