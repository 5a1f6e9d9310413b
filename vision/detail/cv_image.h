#pragma once

#include <opencv2/core.hpp>

#include "vision/image.h"

namespace uketsuke::vision::detail {

// Internal to the room: between this room's pictures and OpenCV's.

// A view of the image's own pixels, valid while the image lives and is not resized. CV_8UC1 or CV_8UC3 in RGB order.
// The image must be sound. The const form hands out a matrix that must not be written to.
cv::Mat view_of(Image& image);
cv::Mat view_of(const Image& image);

// A copy: CV_8UC1 becomes Gray8, CV_8UC3 (BGR, as OpenCV's decoders give it) becomes Rgb8. Other kinds: empty.
Image from_bgr(const cv::Mat& mat);
// The same for matrices already in RGB order.
Image from_rgb(const cv::Mat& mat);
// Gray view or conversion, whichever is cheaper.
cv::Mat gray_of(const Image& image);
// A matrix's pixels overwritten in a way the compiler keeps; no effect on an empty one.
void wipe(cv::Mat& mat);

}  // namespace uketsuke::vision::detail
