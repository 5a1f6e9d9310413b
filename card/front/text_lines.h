// Where on a flat card something is written. Private to card/front.
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <vector>

namespace uketsuke::card {

// Four pieces of ink that may be four digits: of one height, side by side, with nothing else near them.
using FourDigits = std::array<cv::Rect, 4>;  // from left to right

struct Writing {
    std::vector<cv::Rect> lines;    // around the ink; at most 60
    std::vector<FourDigits> fours;  // at most 12
};

// 255 where ink is much darker than what lies around it, whatever the light. `flat`: at k_flat_scale.
cv::Mat ink_mask(const cv::Mat& flat);

// Lines are rows of pieces of the size of letters (1 to 5.5 mm), nearer to each other than 2.7 mm (a space and the
// empty half of a narrow digit), or than 7 mm where a letter between them hangs on a scratch. Frames, photos and long
// scratches are left out.
Writing find_writing(const cv::Mat& flat);

}  // namespace uketsuke::card
