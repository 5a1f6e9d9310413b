#include "app/workers/slot_camera.h"

#include <utility>

namespace uketsuke::workers {
namespace {

using Clock = std::chrono::steady_clock;

// A frame that came at once lay in the driver's queue; one that had to be waited for is new.
constexpr std::chrono::milliseconds k_at_once{10};
constexpr int k_longest_queue = 8;

std::uint8_t luma(const std::uint8_t* rgb) {
    return static_cast<std::uint8_t>((77U * rgb[0] + 150U * rgb[1] + 29U * rgb[2]) >> 8U);
}

}  // namespace

SlotCamera::SlotCamera(CameraFactory open, std::chrono::milliseconds frame_timeout)
    : m_open(std::move(open)), m_timeout(frame_timeout) {}

SlotCamera::~SlotCamera() = default;

tl::expected<vision::Frame, vision::CameraError> SlotCamera::newest_frame() {
    for (int queued = 0;; ++queued) {
        const auto asked = Clock::now();
        auto frame = m_camera->next(m_timeout);
        if (!frame || queued == k_longest_queue || Clock::now() - asked > k_at_once) return frame;
        vision::wipe(frame->image);
    }
}

card::Result<card::FrontPicture> SlotCamera::take() {
    if (!m_camera) {
        auto opened = m_open();
        if (!opened) return card::fail(card::Fault::NotFound, "camera over the card: " + opened.error().where);
        m_camera = std::move(*opened);
    }
    auto frame = newest_frame();
    if (!frame) {
        m_camera.reset();
        return card::fail(card::Fault::CardSilent, "camera over the card: " + frame.error().where);
    }
    vision::Image& image = frame->image;
    if (!image.sound() || image.empty()) return card::fail(card::Fault::CardSilent, "camera over the card: no picture");
    card::FrontPicture picture{image.width, image.height, {}};
    const std::size_t step = image.channels();
    picture.grey.reserve(image.pixels.size() / step);
    for (std::size_t at = 0; at < image.pixels.size(); at += step) {
        picture.grey.push_back(step == 1 ? image.pixels[at] : luma(&image.pixels[at]));
    }
    vision::wipe(image);
    return picture;
}

}  // namespace uketsuke::workers
