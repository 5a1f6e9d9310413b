#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

namespace uketsuke::vision::detail {

// A long straight edge beside the face.
struct StraightLine {
    double at = 0;        // where it passes the face's middle: x of an upright one, y of a level one
    double share = 0;     // of its length that shows a strong edge, 0 to 1
    bool rising = false;  // lighter towards larger `at`
};

enum class PictureSide : std::uint8_t { Left, Right, Top, Bottom };
constexpr std::size_t picture_sides = 4;
using SideLines = std::array<std::vector<StraightLine>, picture_sides>;

// The strongest lines of each side of `face`, from just inside its box to a face's width beside it, tilted by up to
// 16 degrees. `gray` is CV_8UC1, some 320 pixels wide; nothing is found in one of less than 8. `strong` is the step in
// gray levels that counts wholly.
SideLines straight_sides(const cv::Mat& gray, const cv::Rect2d& face, double strong, double least_share);

}  // namespace uketsuke::vision::detail
