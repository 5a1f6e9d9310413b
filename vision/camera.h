#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "vision/image.h"

namespace uketsuke::vision {

// One picture of a camera, Rgb8. `sequence` rises by one a frame and never repeats within a camera's life.
struct Frame {
    Image image;
    std::uint64_t sequence = 0;
    std::chrono::steady_clock::time_point taken;
};

enum class CameraFault : std::uint8_t {
    NotThere,  // no such device or file, or it went away; opening again may help
    NoFrame,   // nothing came within the timeout; asking again may help
    Blank,     // frames come but show nothing: white, black, a covered lens, or the very same picture for a while
    Garbled,   // frames come but are no pictures: an unknown format, an absurd size, a size other than before
    Closed,    // close() was called
};
std::string_view to_string(CameraFault fault);

struct CameraError {
    CameraFault fault = CameraFault::NotThere;
    std::string where;  // device or file and what was wrong, plain English
};

// A source of pictures. Owner: the capture thread, which alone calls next(). close() may be called from any thread: it
// wakes a waiting next() as soon as the driver allows and makes every later one answer Closed. The destructor closes.
class Camera {
  public:
    Camera() = default;
    Camera(const Camera&) = delete;
    Camera& operator=(const Camera&) = delete;
    virtual ~Camera() = default;

    // Blocks until the next picture or `timeout`. After NoFrame, Blank or Garbled the camera stays usable; after
    // NotThere open a new one.
    virtual tl::expected<Frame, CameraError> next(std::chrono::milliseconds timeout) = 0;
    virtual void close() = 0;
    // What it is, for a log or staff: "camera /dev/video0", "pictures demo/", "drawn person".
    virtual std::string name() const = 0;
};

// Where pictures come from.
struct CameraSource {
    enum class Kind : std::uint8_t {
        Device,    // V4L2: a number or a path such as /dev/video0
        File,      // a video file, played at its own rate, over again when `loop`
        Stream,    // a URL that FFmpeg opens (rtsp, http)
        Pictures,  // a folder (or one file) of still pictures, cycled in the order of their names
    };
    Kind kind = Kind::Device;
    std::string location = "0";
    int width = 1280;  // asked of a device; it may give another size
    int height = 720;
    double frames_per_second = 15.0;  // asked of a device; the pace of pictures, and of a file without a rate
    bool loop = true;
    std::chrono::milliseconds open_timeout{3000};  // where OpenCV offers one (streams)
};

// Opens the source and nothing else: the first picture comes from next(). NotThere names what is missing. Frames of
// devices, files and streams are checked on the way (frame_check.h): what shows nothing answers Blank, what is no
// picture Garbled. A film may show one picture for long; a folder's pictures are taken as they are.
tl::expected<std::unique_ptr<Camera>, CameraError> open_camera(const CameraSource& source);

}  // namespace uketsuke::vision
