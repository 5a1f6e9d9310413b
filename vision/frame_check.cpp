#include "vision/frame_check.h"

#include <algorithm>
#include <string>
#include <utility>

namespace uketsuke::vision {
namespace {

CameraError garbled(std::string what) {
    return {CameraFault::Garbled, std::move(what)};
}

std::string size_text(int width, int height) {
    return std::to_string(width) + "x" + std::to_string(height);
}

}  // namespace

std::optional<CameraError> FrameCheck::observe(const Image& image, std::chrono::steady_clock::time_point taken) {
    if (image.empty()) return garbled("an empty frame");
    const auto [least, most] = std::minmax(image.width, image.height);
    if (least < min_side || most > max_side)
        return garbled("a frame of " + size_text(image.width, image.height) + " pixels");
    if (image.format != PixelFormat::Rgb8) return garbled("a frame that is not RGB");
    if (!image.sound())
        return garbled("a frame of " + std::to_string(image.pixels.size()) + " bytes for " +
                       size_text(image.width, image.height) + " pixels");
    const int width = std::exchange(m_width, image.width);
    const int height = std::exchange(m_height, image.height);
    if (width != 0 && (width != image.width || height != image.height)) {
        m_blank.reset();
        return garbled("frames of " + size_text(width, height) + " became " + size_text(image.width, image.height));
    }
    const Blank blank = m_blank.observe(image, taken);
    if (blank == Blank::No || (blank == Blank::Frozen && m_film)) return std::nullopt;
    return CameraError{CameraFault::Blank, std::string(to_string(blank))};
}

void FrameCheck::reset() {
    m_blank.reset();
    m_width = 0;
    m_height = 0;
}

}  // namespace uketsuke::vision
