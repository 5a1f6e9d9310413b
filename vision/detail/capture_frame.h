#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <tl/expected.hpp>

#include "vision/image.h"

namespace uketsuke::vision::detail {

// Rgb8 of what a driver or decoder handed over: 8 bits a channel, gray or BGR. Anything else is an error that says what
// it was. Never throws for a matrix that is one.
tl::expected<Image, std::string> from_capture(const cv::Mat& raw);

}  // namespace uketsuke::vision::detail
