#pragma once

#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>
#include <cstdint>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "vision/error.h"
#include "vision/face_engine.h"

namespace uketsuke::vision::detail {

// Internal: where faces are, where their eyes and nose are, and the aligned chip a network wants. Gray pictures only.
struct Landmarks {
    dlib::full_object_detection shape;
    Point left_eye;
    Point right_eye;
    Point nose;
};

class FaceFinder {
  public:
    // The detector is part of dlib's library; the landmark file is not.
    static Result<std::unique_ptr<FaceFinder>> load(const std::filesystem::path& landmarks);

    // Boxes in pixels of `gray`, best first. `threshold` below 0 finds more and errs more. A face under 80 pixels is
    // not found: enlarge first.
    std::vector<Box> detect(const cv::Mat& gray, double threshold);
    Landmarks landmarks(const cv::Mat& gray, const Box& box);
    // chip_side² gray pixels, eyes level and in their place, a quarter of padding.
    static std::vector<std::uint8_t> chip(const cv::Mat& gray, const Landmarks& landmarks);
    int points() const { return m_points; }

  private:
    FaceFinder();
    dlib::frontal_face_detector m_detector;
    dlib::shape_predictor m_predictor;
    int m_points = 0;
};

}  // namespace uketsuke::vision::detail
