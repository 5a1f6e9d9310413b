#include "vision/detail/alignment.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <opencv2/imgproc.hpp>

#include "vision/detail/cv_image.h"

namespace uketsuke::vision::detail {
namespace {

using Complex = std::complex<double>;
using Places = std::array<Point, 5>;

// Left eye, right eye, nose, left and right corner of the mouth, as seen in the picture.
constexpr Places arcface_places{
    {{38.2946, 51.6963}, {73.5318, 51.5014}, {56.0252, 71.7366}, {41.5493, 92.3655}, {70.7299, 92.2041}}};
// Mean places of YuNet's points in the chips that dlib cuts by its 68 landmarks, over the photographs of LFW.
constexpr Places dlib_places{{{46.9, 45.7}, {101.1, 45.7}, {73.9, 76.8}, {50.7, 102.6}, {97.1, 102.6}}};
// HOG's mean box in that chip: its centre (on the face's middle line) and its side.
constexpr Point hog_centre{73.9, 71.5};
constexpr double hog_side = 135.9;

Places places_of(const FivePoints& p) {
    return {p.left_eye, p.right_eye, p.nose, p.left_mouth, p.right_mouth};
}

const Places& template_of(Alignment alignment) {
    return alignment == Alignment::Dlib ? dlib_places : arcface_places;
}

}  // namespace

int side_of(Alignment alignment) {
    return alignment == Alignment::Dlib ? dlib_side : arcface_side;
}

cv::Matx23d similarity_to(Alignment alignment, const FivePoints& points) {
    // In the complex plane the similarity is z → a·z + b, and least squares has a closed form.
    const Places from = places_of(points);
    const Places& to = template_of(alignment);
    const std::size_t n = points.mouth ? 5 : 3;
    const auto complex = [](const Point& p) { return Complex(p.x, p.y); };
    Complex mean_from;
    Complex mean_to;
    for (std::size_t i = 0; i < n; ++i) {
        mean_from += complex(from[i]) / static_cast<double>(n);
        mean_to += complex(to[i]) / static_cast<double>(n);
    }
    Complex product;
    double spread = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const Complex d = complex(from[i]) - mean_from;
        product += std::conj(d) * (complex(to[i]) - mean_to);
        spread += std::norm(d);
    }
    if (!(spread > 1e-6) || !std::isfinite(spread)) return cv::Matx23d::zeros();
    const Complex a = product / spread;
    const Complex b = mean_to - a * mean_from;
    return {a.real(), -a.imag(), b.real(), a.imag(), a.real(), b.imag()};
}

std::vector<std::uint8_t> cut_chip(const cv::Mat& gray, const FivePoints& points, Alignment alignment) {
    const cv::Matx23d to = similarity_to(alignment, points);
    const double scale = std::hypot(to(0, 0), to(1, 0));
    if (!(scale > 1e-4)) return {};
    const int side = side_of(alignment);
    // A face larger than the chip is cut out larger by a whole number and averaged down: nothing of it is skipped.
    const int times = std::clamp(static_cast<int>(std::lround(1 / scale)), 1, 8);
    cv::Mat large;
    cv::warpAffine(gray, large, to * static_cast<double>(times), cv::Size(side * times, side * times),
                   cv::INTER_LINEAR);
    std::vector<std::uint8_t> chip(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
    cv::Mat view(side, side, CV_8UC1, chip.data());
    if (times == 1)
        large.copyTo(view);
    else
        cv::resize(large, view, view.size(), 0, 0, cv::INTER_AREA);
    wipe(large);
    return chip;
}

Box box_around(const FivePoints& points) {
    const cv::Matx23d to = similarity_to(Alignment::Dlib, points);
    const Complex a(to(0, 0), to(1, 0));
    if (!(std::norm(a) > 1e-8)) return {};
    const Complex centre = (Complex(hog_centre.x, hog_centre.y) - Complex(to(0, 2), to(1, 2))) / a;
    const double side = hog_side / std::abs(a);
    return {centre.real() - side / 2, centre.imag() - side / 2, side, side};
}

cv::Matx23d upright_around(const FivePoints& points, double face_side, int side) {
    cv::Matx23d to = similarity_to(Alignment::Dlib, points) * (face_side / hog_side);
    if (to == cv::Matx23d::zeros()) return to;
    to(0, 2) += side / 2.0 - hog_centre.x * face_side / hog_side;
    to(1, 2) += side / 2.0 - hog_centre.y * face_side / hog_side;
    return to;
}

}  // namespace uketsuke::vision::detail
