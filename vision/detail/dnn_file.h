#pragma once

#include <exception>
#include <filesystem>
#include <opencv2/dnn.hpp>
#include <string>

#include "vision/error.h"

namespace uketsuke::vision::detail {

// An ONNX file, or a Caffe one (.caffemodel) with its .prototxt beside it, for cv::dnn on the processor. At most 128
// MB. NotFound, or BadModel naming the file; whether it is the network that is meant, its reader finds out.
Result<cv::dnn::Net> read_dnn(const std::filesystem::path& file);

// What a library said, without its line ends.
std::string one_line(const std::exception& error);

}  // namespace uketsuke::vision::detail
