#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>
#include <string>
#include <vector>

#include "vision/error.h"
#include "vision/geometry.h"

namespace uketsuke::vision::detail {

// One face as a detector that knows the five points gives it.
struct FoundFace {
    FivePoints points;
    double score = 0;  // 0 … 1
};

// YuNet over cv::dnn: the form with twelve outputs (class, objectness, box and key points at strides 8, 16 and 32),
// which OpenCV 4.6's own FaceDetectorYN does not read. One thread at a time.
class YuNet {
  public:
    // BadModel names the file: not ONNX, cut, or other outputs. Checked with one pass over a blank picture.
    static Result<std::unique_ptr<YuNet>> load(const std::filesystem::path& file);

    // Faces in pixels of `gray`, best first, overlapping ones merged. Faces from about 10 pixels on are found; a
    // picture is padded to whole strides, never scaled. Throws cv::Exception only.
    std::vector<FoundFace> detect(const cv::Mat& gray, double least_score);
    // A blank pass takes the place of the last picture in the network.
    void forget();

  private:
    explicit YuNet(cv::dnn::Net net) : m_net(std::move(net)) {}
    cv::dnn::Net m_net;
};

}  // namespace uketsuke::vision::detail
