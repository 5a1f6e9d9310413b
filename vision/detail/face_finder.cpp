#include "vision/detail/face_finder.h"

#include <dlib/opencv/cv_image.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fstream>
#include <opencv2/imgproc.hpp>
#include <optional>
#include <string>
#include <utility>

#include "vision/detail/cv_image.h"
#include "vision/guidance.h"

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

FivePoints points_of(const dlib::full_object_detection& shape) {
    FivePoints points;
    if (shape.num_parts() == 5) {  // outer and inner corner of the eye on the picture's right, the other eye's, nose
        points.right_eye = mean_of(shape, 0, 1);
        points.left_eye = mean_of(shape, 2, 3);
        points.nose = mean_of(shape, 4, 4);
    } else {
        points.left_eye = mean_of(shape, 36, 41);
        points.right_eye = mean_of(shape, 42, 47);
        points.nose = mean_of(shape, 30, 30);
        points.left_mouth = mean_of(shape, 48, 48);
        points.right_mouth = mean_of(shape, 54, 54);
        points.mouth = true;
    }
    return points;
}

template <typename Change>
void each_point(FivePoints& points, const Change& change) {
    for (Point* p : {&points.left_eye, &points.right_eye, &points.nose, &points.left_mouth, &points.right_mouth})
        change(*p);
}

void mirror(FivePoints& points, double width) {
    each_point(points, [&](Point& p) { p.x = width - 1 - p.x; });
    std::swap(points.left_eye, points.right_eye);
    std::swap(points.left_mouth, points.right_mouth);
}

double apart(const Point& a, const Point& b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

FivePoints mean_of(const FivePoints& a, const FivePoints& b) {
    const auto middle = [](const Point& p, const Point& q) { return Point{(p.x + q.x) / 2, (p.y + q.y) / 2}; };
    return {middle(a.left_eye, b.left_eye),     middle(a.right_eye, b.right_eye),     middle(a.nose, b.nose),
            middle(a.left_mouth, b.left_mouth), middle(a.right_mouth, b.right_mouth), true};
}

std::optional<Face> nearest_to_middle(std::vector<Face> faces, double side) {
    const Point middle{side / 2, side / 2};
    const auto near = std::min_element(faces.begin(), faces.end(), [&](const Face& a, const Face& b) {
        return apart(a.points.nose, middle) < apart(b.points.nose, middle);
    });
    if (near == faces.end()) return std::nullopt;
    return std::move(*near);
}

double hog_threshold(Care care) {
    switch (care) {
        case Care::Sure:
            return 0;
        case Care::Tracked:
            return -0.1;
        case Care::Loose:
            return -0.5;
    }
    return 0;
}

double yunet_score(Care care) {
    switch (care) {
        case Care::Sure:
            return 0.7;
        case Care::Tracked:
            return 0.6;
        case Care::Loose:
            return 0.3;
    }
    return 0.7;
}

}  // namespace

void scale_back(Face& face, double factor, double left, double top) {
    face.box = {face.box.left / factor + left, face.box.top / factor + top, face.box.width / factor,
                face.box.height / factor};
    each_point(face.points, [&](Point& p) {
        p = {(p.x + 0.5) / factor - 0.5 + left, (p.y + 0.5) / factor - 0.5 + top};
    });
}

Result<std::unique_ptr<HogFinder>> HogFinder::load(const std::filesystem::path& landmarks) {
    try {
        std::unique_ptr<HogFinder> finder(new HogFinder);
        std::ifstream in(landmarks, std::ios::binary);
        if (!in) return tl::unexpected(Error{Fault::NotFound, landmarks.string() + ": cannot be opened"});
        dlib::deserialize(finder->m_predictor, in);
        // dlib's own loader takes any predictor.
        finder->m_points = static_cast<int>(finder->m_predictor.num_parts());
        if (finder->m_points != 5 && finder->m_points != 68)
            return tl::unexpected(Error{Fault::BadModel, landmarks.string() + ": " + std::to_string(finder->m_points) +
                                                             " landmarks where 5 or 68 are expected"});
        return finder;
    } catch (const std::exception& error) {
        return tl::unexpected(
            Error{Fault::BadModel, landmarks.string() + ": not a dlib shape predictor: " + error.what()});
    }
}

std::vector<Face> HogFinder::detect(const cv::Mat& gray, Care care) {
    std::vector<dlib::rect_detection> found;
    m_detector(GrayView(gray), found, hog_threshold(care));
    std::vector<Face> faces;
    faces.reserve(found.size());
    for (const auto& one : found) {
        Face face;
        face.box = {static_cast<double>(one.rect.left()), static_cast<double>(one.rect.top()),
                    static_cast<double>(one.rect.width()), static_cast<double>(one.rect.height())};
        faces.push_back(std::move(face));
    }
    return faces;
}

void HogFinder::locate(const cv::Mat& gray, Face& face, bool /*carefully*/) {
    const Box& box = face.box;
    const auto left = std::lround(box.left);
    const auto top = std::lround(box.top);
    const dlib::rectangle rect(left, top, left + std::lround(box.width) - 1, top + std::lround(box.height) - 1);
    face.shape = m_predictor(GrayView(gray), rect);
    face.points = points_of(face.shape);
}

std::vector<std::uint8_t> HogFinder::chip(const cv::Mat& gray, const Face& face, Alignment alignment) {
    if (alignment != Alignment::Dlib) return cut_chip(gray, face.points, alignment);
    dlib::array2d<unsigned char> pixels;
    dlib::extract_image_chip(GrayView(gray), dlib::get_face_chip_details(face.shape, dlib_side, 0.25), pixels);
    std::vector<std::uint8_t> out;
    out.reserve(pixels.size());
    for (long row = 0; row < pixels.nr(); ++row) {
        out.insert(out.end(), &pixels[row][0], &pixels[row][0] + pixels.nc());
        explicit_bzero(&pixels[row][0], static_cast<std::size_t>(pixels.nc()));
    }
    return out;
}

// dlib's scanner keeps the feature pyramid of the last picture: a blank one takes its place.
void HogFinder::forget() {
    detect(cv::Mat(80, 80, CV_8UC1, cv::Scalar(128)), Care::Sure);
}

Result<std::unique_ptr<YuNetFinder>> YuNetFinder::load(const std::filesystem::path& detector) {
    auto yunet = YuNet::load(detector);
    if (!yunet) return tl::unexpected(yunet.error());
    return std::unique_ptr<YuNetFinder>(new YuNetFinder(std::move(*yunet)));
}

std::vector<Face> YuNetFinder::detect(const cv::Mat& gray, Care care) {
    std::vector<Face> faces;
    for (const auto& found : m_yunet->detect(gray, yunet_score(care))) {
        Face face;
        face.points = found.points;
        face.box = box_around(found.points);
        if (face.box.width > 0) faces.push_back(std::move(face));
    }
    return faces;
}

// The detector sees a tilted head about half as tilted as it is: what it finds in an upright copy corrects that.
void YuNetFinder::locate(const cv::Mat& gray, Face& face, bool carefully) {
    constexpr double worth_it = 6;  // degrees
    const auto roll = [&] { return roll_from_points(face.points.left_eye, face.points.right_eye); };
    for (int i = 0; i < 3 && std::abs(roll()) > worth_it; ++i) {
        const double before = roll();
        if (!look_again(gray, face, 100, false) || std::abs(roll() - before) < 1.5) break;
    }
    if (carefully) look_again(gray, face, 200, true);
}

bool YuNetFinder::look_again(const cv::Mat& gray, Face& face, double face_side, bool both_ways) {
    constexpr double margin = 0.35;
    const int side = static_cast<int>(face_side * (1 + 2 * margin));
    const auto upright = upright_around(face.points, face_side, side);
    if (upright == cv::Matx23d::zeros()) return false;
    cv::Mat part;
    cv::warpAffine(gray, part, upright, cv::Size(side, side), cv::INTER_LINEAR);
    auto seen = nearest_to_middle(detect(part, Care::Loose), side);
    if (seen && both_ways) {
        // Averaged with what it finds in the mirror image: its lean to one side cancels out.
        cv::flip(part, part, 1);
        auto other = nearest_to_middle(detect(part, Care::Loose), side);
        if (other) {
            mirror(other->points, side);
            seen->points = mean_of(seen->points, other->points);
        }
    }
    wipe(part);
    if (!seen) return false;
    cv::Matx23d back;
    cv::invertAffineTransform(upright, back);
    each_point(seen->points, [&](Point& p) {
        p = {back(0, 0) * p.x + back(0, 1) * p.y + back(0, 2), back(1, 0) * p.x + back(1, 1) * p.y + back(1, 2)};
    });
    // Another face than the one that is meant is no better look at it.
    if (apart(seen->points.nose, face.points.nose) > face.box.width / 4) return false;
    face.points = seen->points;
    face.box = box_around(face.points);
    return true;
}

std::vector<std::uint8_t> YuNetFinder::chip(const cv::Mat& gray, const Face& face, Alignment alignment) {
    return cut_chip(gray, face.points, alignment);
}

}  // namespace uketsuke::vision::detail
