#pragma once

#include <memory>
#include <string>
#include <vector>

#include "vision/camera.h"

namespace uketsuke::vision::detail {

// A folder (or one file) of still pictures as a camera. Pictures are read when their turn comes.
tl::expected<std::unique_ptr<Camera>, CameraError> open_pictures(const CameraSource& source);
// A device, file or stream through OpenCV.
tl::expected<std::unique_ptr<Camera>, CameraError> open_capture(const CameraSource& source);

}  // namespace uketsuke::vision::detail
