#pragma once

#include <dlib/image_processing.h>
#include <dlib/image_processing/frontal_face_detector.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "vision/detail/alignment.h"
#include "vision/detail/yunet.h"
#include "vision/error.h"
#include "vision/geometry.h"

namespace uketsuke::vision::detail {

// A face in a picture. `shape` holds all landmarks of dlib's, where those were used.
struct Face {
    Box box;  // as HOG draws it, whoever found it: limits on sizes mean this one
    FivePoints points;
    dlib::full_object_detection shape;
};

// Back to the picture that was scaled by `factor`, a part of it that begins at left, top. A pixel's centre lies half a
// pixel from its edge at any scale. Pure.
void scale_back(Face& face, double factor, double left, double top);

enum class Care : std::uint8_t {
    Sure,     // live: better none than a wrong one
    Tracked,  // where a face was a moment ago
    Loose,    // a still that must show a face
};

// Where faces are, and the aligned chip a network wants. Gray pictures only; one thread at a time; throws only what
// dlib and OpenCV throw.
class FaceFinder {
  public:
    FaceFinder() = default;
    FaceFinder(const FaceFinder&) = delete;
    FaceFinder& operator=(const FaceFinder&) = delete;
    virtual ~FaceFinder() = default;

    // Boxes in pixels of `gray`, surest first.
    virtual std::vector<Face> detect(const cv::Mat& gray, Care care) = 0;
    // Makes points and shape of a face that detect() found, in pixels of the `gray` that is given here. `carefully`
    // takes its time, for a card's photograph: once a session.
    virtual void locate(const cv::Mat& gray, Face& face, bool carefully) = 0;
    // side_of(alignment)² pixels of a located face; the caller wipes them.
    virtual std::vector<std::uint8_t> chip(const cv::Mat& gray, const Face& face, Alignment alignment) = 0;
    // Width of the smallest box that is found reliably, in pixels.
    // Nothing of the last picture stays inside.
    virtual void forget() = 0;
    virtual double least_width() const = 0;
    virtual int landmark_points() const = 0;
};

// dlib's HOG detector, which is part of its library, and a landmark file of 5 or 68 points.
class HogFinder : public FaceFinder {
  public:
    static Result<std::unique_ptr<HogFinder>> load(const std::filesystem::path& landmarks);
    std::vector<Face> detect(const cv::Mat& gray, Care care) override;
    void locate(const cv::Mat& gray, Face& face, bool carefully) override;
    std::vector<std::uint8_t> chip(const cv::Mat& gray, const Face& face, Alignment alignment) override;
    void forget() override;
    double least_width() const override { return 80; }
    int landmark_points() const override { return m_points; }

  private:
    HogFinder() : m_detector(dlib::get_frontal_face_detector()) {}
    dlib::frontal_face_detector m_detector;
    dlib::shape_predictor m_predictor;
    int m_points = 0;
};

// YuNet: faces and their five points in one pass, masks and small faces too.
class YuNetFinder : public FaceFinder {
  public:
    static Result<std::unique_ptr<YuNetFinder>> load(const std::filesystem::path& detector);
    std::vector<Face> detect(const cv::Mat& gray, Care care) override;
    void locate(const cv::Mat& gray, Face& face, bool carefully) override;
    std::vector<std::uint8_t> chip(const cv::Mat& gray, const Face& face, Alignment alignment) override;
    void forget() override { m_yunet->forget(); }
    double least_width() const override { return 20; }
    int landmark_points() const override { return 5; }

  private:
    explicit YuNetFinder(std::unique_ptr<YuNet> yunet) : m_yunet(std::move(yunet)) {}
    // The points anew, from an upright copy in which the box is `face_side` wide. False: not found there, nothing
    // changed.
    bool look_again(const cv::Mat& gray, Face& face, double face_side, bool both_ways);
    std::unique_ptr<YuNet> m_yunet;
};

}  // namespace uketsuke::vision::detail
