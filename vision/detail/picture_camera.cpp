#include "vision/detail/picture_camera.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "vision/detail/frame_pacer.h"

namespace uketsuke::vision::detail {
namespace {

namespace fs = std::filesystem;

bool is_picture(const fs::path& file) {
    constexpr std::array endings{".png", ".jpg", ".jpeg", ".jp2"};
    std::string ending = file.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return std::tolower(c); });
    return std::find(endings.begin(), endings.end(), ending) != endings.end();
}

class PictureCamera : public Camera {
  public:
    PictureCamera(std::vector<fs::path> files, const CameraSource& source)
        : m_files(std::move(files)),
          m_location(source.location),
          m_loop(source.loop),
          m_pacer(source.frames_per_second) {}
    ~PictureCamera() override { PictureCamera::close(); }

    tl::expected<Frame, CameraError> next(std::chrono::milliseconds timeout) override {
        switch (m_pacer.wait(timeout)) {
            case FramePacer::Woken::Closed:
                return tl::unexpected(CameraError{CameraFault::Closed, name()});
            case FramePacer::Woken::TimedOut:
                return tl::unexpected(CameraError{CameraFault::NoFrame, name()});
            case FramePacer::Woken::Due:
                break;
        }
        if (m_at == m_files.size()) {
            if (!m_loop) return tl::unexpected(CameraError{CameraFault::NotThere, name() + ": no picture is left"});
            m_at = 0;
        }
        // The same few pictures may come around many times: decode each once while they are few.
        if (m_cache.size() < m_files.size()) m_cache.resize(m_files.size());
        const std::size_t at = m_at++;
        Image image = m_cache[at];
        if (image.empty()) {
            auto read = read_image(m_files[at]);
            if (!read) return tl::unexpected(CameraError{CameraFault::NotThere, read.error().where});
            image = to_rgb(*read);
            if (m_files.size() <= most_kept) m_cache[at] = image;
        }
        return Frame{std::move(image), ++m_sequence, std::chrono::steady_clock::now()};
    }

    void close() override { m_pacer.close(); }
    std::string name() const override { return "pictures " + m_location; }

  private:
    static constexpr std::size_t most_kept = 16;

    const std::vector<fs::path> m_files;
    const std::string m_location;
    const bool m_loop;
    FramePacer m_pacer;
    std::vector<Image> m_cache;
    std::size_t m_at = 0;
    std::uint64_t m_sequence = 0;
};

}  // namespace

tl::expected<std::unique_ptr<Camera>, CameraError> open_pictures(const CameraSource& source) {
    const fs::path place = source.location;
    std::error_code code;
    std::vector<fs::path> files;
    if (fs::is_directory(place, code)) {
        for (fs::directory_iterator it(place, code), end; !code && it != end; it.increment(code))
            if (is_picture(it->path())) files.push_back(it->path());
        std::sort(files.begin(), files.end());
    } else if (fs::is_regular_file(place, code)) {
        files.push_back(place);
    }
    if (code) return tl::unexpected(CameraError{CameraFault::NotThere, source.location + ": " + code.message()});
    if (files.empty())
        return tl::unexpected(
            CameraError{CameraFault::NotThere, source.location + ": no picture (png, jpg, jp2) there"});
    return std::make_unique<PictureCamera>(std::move(files), source);
}

}  // namespace uketsuke::vision::detail
