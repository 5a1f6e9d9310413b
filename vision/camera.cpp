#include "vision/camera.h"

#include "vision/detail/picture_camera.h"

namespace uketsuke::vision {

std::string_view to_string(CameraFault fault) {
    switch (fault) {
        case CameraFault::NotThere:
            return "not there";
        case CameraFault::NoFrame:
            return "no frame";
        case CameraFault::Blank:
            return "blank";
        case CameraFault::Garbled:
            return "garbled";
        case CameraFault::Closed:
            return "closed";
    }
    return "unknown";
}

tl::expected<std::unique_ptr<Camera>, CameraError> open_camera(const CameraSource& source) {
    if (source.location.empty()) return tl::unexpected(CameraError{CameraFault::NotThere, "no camera is named"});
    switch (source.kind) {
        case CameraSource::Kind::Pictures:
            return detail::open_pictures(source);
        case CameraSource::Kind::Device:
        case CameraSource::Kind::File:
        case CameraSource::Kind::Stream:
            return detail::open_capture(source);
    }
    return tl::unexpected(CameraError{CameraFault::NotThere, "unknown kind of camera"});
}

}  // namespace uketsuke::vision
