#include "vision/detail/face_finder.h"

#include <dlib/opencv/cv_image.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <utility>

#include "vision/detail/networks.h"

namespace uketsuke::vision::detail {
namespace {

using GrayView = dlib::cv_image<unsigned char>;

Point mean_of(const dlib::full_object_detection& shape, unsigned long first, unsigned long last) {
    Point sum;
    for (unsigned long i = first; i <= last; ++i) {
        sum.x += static_cast<double>(shape.part(i).x());
        sum.y += static_cast<double>(shape.part(i).y());
    }
    const double n = static_cast<double>(last - first + 1);
    return {sum.x / n, sum.y / n};
}

// Loaded models are asked once for their number of points: dlib's own loader takes any predictor.
int points_of(const dlib::shape_predictor& predictor) {
    return static_cast<int>(predictor.num_parts());
}

}  // namespace

FaceFinder::FaceFinder() : m_detector(dlib::get_frontal_face_detector()) {}

Result<std::unique_ptr<FaceFinder>> FaceFinder::load(const std::filesystem::path& landmarks) {
    try {
        std::unique_ptr<FaceFinder> finder(new FaceFinder);
        std::ifstream in(landmarks, std::ios::binary);
        if (!in) return tl::unexpected(Error{Fault::NotFound, landmarks.string() + ": cannot be opened"});
        dlib::deserialize(finder->m_predictor, in);
        finder->m_points = points_of(finder->m_predictor);
        if (finder->m_points != 5 && finder->m_points != 68)
            return tl::unexpected(Error{Fault::BadModel, landmarks.string() + ": " + std::to_string(finder->m_points) +
                                                             " landmarks where 5 or 68 are expected"});
        return finder;
    } catch (const std::exception& error) {
        return tl::unexpected(
            Error{Fault::BadModel, landmarks.string() + ": not a dlib shape predictor: " + error.what()});
    }
}

std::vector<Box> FaceFinder::detect(const cv::Mat& gray, double threshold) {
    std::vector<Box> boxes;
    try {
        std::vector<dlib::rect_detection> found;
        m_detector(GrayView(gray), found, threshold);
        boxes.reserve(found.size());
        for (const auto& one : found)
            boxes.push_back({static_cast<double>(one.rect.left()), static_cast<double>(one.rect.top()),
                             static_cast<double>(one.rect.width()), static_cast<double>(one.rect.height())});
    } catch (const std::exception&) {
        boxes.clear();
    }
    return boxes;
}

Landmarks FaceFinder::landmarks(const cv::Mat& gray, const Box& box) {
    const auto left = std::lround(box.left);
    const auto top = std::lround(box.top);
    const dlib::rectangle rect(left, top, left + std::lround(box.width) - 1, top + std::lround(box.height) - 1);
    Landmarks out;
    out.shape = m_predictor(GrayView(gray), rect);
    if (m_points == 5) {  // outer and inner corner of the eye on the right of the picture, the same on the left, nose
        out.right_eye = mean_of(out.shape, 0, 1);
        out.left_eye = mean_of(out.shape, 2, 3);
        out.nose = mean_of(out.shape, 4, 4);
    } else {
        out.left_eye = mean_of(out.shape, 36, 41);
        out.right_eye = mean_of(out.shape, 42, 47);
        out.nose = mean_of(out.shape, 30, 30);
    }
    return out;
}

std::vector<std::uint8_t> FaceFinder::chip(const cv::Mat& gray, const Landmarks& landmarks) {
    dlib::array2d<unsigned char> pixels;
    dlib::extract_image_chip(GrayView(gray), dlib::get_face_chip_details(landmarks.shape, chip_side, 0.25), pixels);
    std::vector<std::uint8_t> out;
    out.reserve(pixels.size());
    for (long row = 0; row < pixels.nr(); ++row) {
        out.insert(out.end(), &pixels[row][0], &pixels[row][0] + pixels.nc());
        explicit_bzero(&pixels[row][0], static_cast<std::size_t>(pixels.nc()));
    }
    return out;
}

}  // namespace uketsuke::vision::detail
