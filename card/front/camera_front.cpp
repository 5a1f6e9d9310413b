#include "card/front/camera_front.h"

#include <algorithm>
#include <string>
#include <utility>

namespace uketsuke::card {

CameraFront::CameraFront(std::unique_ptr<FrontCamera> camera, std::unique_ptr<NumberReader> reader,
                         CameraFrontOptions options)
    : m_camera(std::move(camera)), m_reader(std::move(reader)), m_options(std::move(options)) {}

Result<NumberB> CameraFront::read_number() {
    const auto now =
        m_options.now ? m_options.now() : std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    // The day in Japan.
    const std::chrono::year_month_day today{std::chrono::floor<std::chrono::days>(now + std::chrono::hours{9})};
    std::string reason = "the number is not certain";
    for (int i = 0; i < std::clamp(m_options.pictures, 1, 10); ++i) {
        const auto picture = m_camera->take();
        if (!picture) return tl::make_unexpected(picture.error());
        auto read = m_reader->read(*picture, today);
        if (read && read->confidence >= m_options.least_confidence) return std::move(read->number);
        reason = read ? "the number is not certain" : read.error().where;
    }
    return fail(Fault::BadData, "front of the card: " + reason);
}

}  // namespace uketsuke::card
