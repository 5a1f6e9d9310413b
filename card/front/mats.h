// OpenCV matrices whose memory is wiped when it is freed. Private to card/front.
#pragma once

#include <opencv2/core.hpp>

#include "card/front/picture.h"

namespace uketsuke::card {

// An empty matrix: whatever an OpenCV function writes into it lies in wiped memory. What OpenCV keeps for itself while
// it works (row buffers of filters) is freed unwiped.
cv::Mat secret_mat();
cv::Mat secret_mat(cv::Size size, int type);

// A view; the picture must outlive it and is only read.
cv::Mat view_of(const FrontPicture& picture);

// BadData unless the sides are within bounds and fit the bytes.
Result<void> check_picture(const FrontPicture& picture);

}  // namespace uketsuke::card
