#include "vision/detail/capture_frame.h"

#include "vision/detail/cv_image.h"
#include "vision/frame_check.h"

namespace uketsuke::vision::detail {

tl::expected<Image, std::string> from_capture(const cv::Mat& raw) {
    if (raw.dims != 2 || raw.empty()) return tl::unexpected(std::string("an empty frame"));
    if (raw.type() != CV_8UC1 && raw.type() != CV_8UC3)
        return tl::unexpected("a frame of " + std::to_string(raw.channels()) + " channels and " +
                              std::to_string(8 * raw.elemSize1()) + " bits a channel");
    // Before a copy of it is made.
    if (raw.cols > FrameCheck::max_side || raw.rows > FrameCheck::max_side)
        return tl::unexpected("a frame of " + std::to_string(raw.cols) + "x" + std::to_string(raw.rows) + " pixels");
    Image image = from_bgr(raw);
    if (image.format == PixelFormat::Rgb8) return image;
    Image rgb = to_rgb(image);
    wipe(image);
    return rgb;
}

}  // namespace uketsuke::vision::detail
