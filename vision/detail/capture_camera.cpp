#include <atomic>
#include <charconv>
#include <mutex>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/videoio.hpp>
#include <utility>

#include "vision/detail/capture_frame.h"
#include "vision/detail/cv_image.h"
#include "vision/detail/frame_pacer.h"
#include "vision/detail/picture_camera.h"
#include "vision/frame_check.h"

namespace uketsuke::vision::detail {
namespace {

using Kind = CameraSource::Kind;

class CaptureCamera : public Camera {
  public:
    CaptureCamera(cv::VideoCapture capture, CameraSource source, double pace)
        : m_source(std::move(source)), m_pacer(pace), m_check({}, m_source.kind == Kind::File) {
        m_captures.push_back(std::move(capture));
    }
    ~CaptureCamera() override { CaptureCamera::close(); }

    tl::expected<Frame, CameraError> next(std::chrono::milliseconds timeout) override {
        if (m_pacer.closed()) return fault(CameraFault::Closed, "closed");
        try {
            return m_source.kind == Kind::Device ? from_device(timeout) : from_file(timeout);
        } catch (const std::exception& error) {
            return fault(CameraFault::NotThere, error.what());
        }
    }

    void close() override { m_pacer.close(); }

    std::string name() const override {
        return (m_source.kind == Kind::Device ? "camera " : "video ") + m_source.location;
    }

  private:
    tl::unexpected<CameraError> fault(CameraFault kind, const std::string& what) const {
        return tl::unexpected(CameraError{kind, name() + ": " + what});
    }

    tl::expected<Frame, CameraError> from_device(std::chrono::milliseconds timeout) {
        // A device that hangs would block in grab() for as long as its driver likes; polling it first keeps the
        // timeout, in slices so that close() is noticed.
        const auto until = std::chrono::steady_clock::now() + timeout;
        std::vector<int> ready;
        do {
            constexpr std::chrono::nanoseconds slice = std::chrono::milliseconds(100);
            if (m_pacer.closed()) return fault(CameraFault::Closed, "closed");
            const auto left = std::chrono::nanoseconds(until - std::chrono::steady_clock::now());
            const auto wait = std::max(std::min(left, slice), std::chrono::nanoseconds(1));
            if (cv::VideoCapture::waitAny(m_captures, ready, wait.count())) return read();
        } while (std::chrono::steady_clock::now() < until);
        return fault(CameraFault::NoFrame, "nothing within " + std::to_string(timeout.count()) + " ms");
    }

    tl::expected<Frame, CameraError> from_file(std::chrono::milliseconds timeout) {
        // A stream paces itself by what it sends.
        if (m_source.kind == Kind::File) {
            switch (m_pacer.wait(timeout)) {
                case FramePacer::Woken::Closed:
                    return fault(CameraFault::Closed, "closed");
                case FramePacer::Woken::TimedOut:
                    return fault(CameraFault::NoFrame, "next frame is not due yet");
                case FramePacer::Woken::Due:
                    break;
            }
        }
        auto frame = read();
        if (frame || frame.error().fault != CameraFault::NotThere || m_source.kind != Kind::File || !m_source.loop)
            return frame;
        if (m_sequence == m_sequence_at_rewind) return frame;  // not one frame since the last rewind: nothing to play
        m_sequence_at_rewind = m_sequence;
        if (!m_captures.front().set(cv::CAP_PROP_POS_FRAMES, 0))
            m_captures.front().open(m_source.location, cv::CAP_FFMPEG);
        return read();
    }

    tl::expected<Frame, CameraError> read() {
        if (!m_captures.front().read(m_picture) || m_picture.empty())
            return fault(CameraFault::NotThere, m_sequence == 0 ? "no picture could be read" : "it went away or ended");
        auto picture = from_capture(m_picture);
        wipe(m_picture);
        if (!picture) return fault(CameraFault::Garbled, picture.error());
        Frame frame{std::move(*picture), 0, std::chrono::steady_clock::now()};
        if (const auto bad = m_check.observe(frame.image, frame.taken)) {
            wipe(frame.image);
            return fault(bad->fault, bad->where);
        }
        frame.sequence = ++m_sequence;
        return frame;
    }

    const CameraSource m_source;
    FramePacer m_pacer;
    std::vector<cv::VideoCapture> m_captures;  // one; waitAny takes a list
    cv::Mat m_picture;
    FrameCheck m_check;
    std::uint64_t m_sequence = 0;
    std::uint64_t m_sequence_at_rewind = ~0ULL;
};

}  // namespace

tl::expected<std::unique_ptr<Camera>, CameraError> open_capture(const CameraSource& source) {
    cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);  // what fails is in the error below
    try {
        cv::VideoCapture capture;
        bool open = false;
        double pace = source.frames_per_second;
        switch (source.kind) {
            case Kind::Device: {
                int number = -1;
                const char* end = source.location.data() + source.location.size();
                const auto parsed = std::from_chars(source.location.data(), end, number);
                if (parsed.ec == std::errc() && parsed.ptr == end && number >= 0)
                    open = capture.open(number, cv::CAP_V4L2);
                else
                    open = capture.open(source.location, cv::CAP_V4L2);
                if (open) {
                    capture.set(cv::CAP_PROP_FRAME_WIDTH, source.width);
                    capture.set(cv::CAP_PROP_FRAME_HEIGHT, source.height);
                    capture.set(cv::CAP_PROP_FPS, source.frames_per_second);
                    // Old frames in a queue are delay that the person sees.
                    capture.set(cv::CAP_PROP_BUFFERSIZE, 2);
                }
                break;
            }
            case Kind::Stream:
                open = capture.open(source.location, cv::CAP_FFMPEG,
                                    {cv::CAP_PROP_OPEN_TIMEOUT_MSEC, static_cast<int>(source.open_timeout.count()),
                                     cv::CAP_PROP_READ_TIMEOUT_MSEC, static_cast<int>(source.open_timeout.count())});
                break;
            case Kind::File: {
                // FFmpeg only: OpenCV would try GStreamer and numbered pictures next, noisily.
                open = capture.open(source.location, cv::CAP_FFMPEG);
                const double rate = open ? capture.get(cv::CAP_PROP_FPS) : 0;
                if (rate >= 1 && rate <= 240) pace = rate;
                break;
            }
            case Kind::Pictures:
                break;
        }
        if (!open)
            return tl::unexpected(
                CameraError{CameraFault::NotThere, source.location + ": cannot be opened as a camera"});
        return std::make_unique<CaptureCamera>(std::move(capture), source, pace);
    } catch (const std::exception& error) {
        return tl::unexpected(CameraError{CameraFault::NotThere, source.location + ": " + error.what()});
    }
}

}  // namespace uketsuke::vision::detail
