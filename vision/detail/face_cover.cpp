#include "vision/detail/face_cover.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "vision/detail/cv_image.h"

namespace uketsuke::vision::detail {
namespace {

constexpr double eye_distance = 51;
constexpr double eyes_x = 73;  // middle between the eyes
constexpr double eyes_y = 45;

double mean_of(const cv::Mat& face, const cv::Rect& area) {
    return cv::mean(face(area))[0];
}

double deviation_of(const cv::Mat& face, const cv::Rect& area) {
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(face(area), mean, deviation);
    return deviation[0];
}

double ranked(const cv::Mat& face, const cv::Rect& area, double share) {
    std::vector<std::uint8_t> values;
    values.reserve(static_cast<std::size_t>(area.area()));
    for (int row = area.y; row < area.y + area.height; ++row) {
        const auto* pixels = face.ptr<std::uint8_t>(row) + area.x;
        values.insert(values.end(), pixels, pixels + area.width);
    }
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    const double value = *at;
    vision::wipe(values);
    return value;
}

// What is larger than an eye is light and shade, what is smaller than a pixel or two is noise.
cv::Mat detail_of(const cv::Mat& picture) {
    cv::Mat fine;
    cv::Mat coarse;
    cv::GaussianBlur(picture, fine, {}, 1.2);
    cv::GaussianBlur(picture, coarse, {}, 9);
    fine -= coarse;
    wipe(coarse);
    return fine;
}

// Two dark bars with soft ends, a mouth's and, shorter and 22 above it, the nostrils'.
cv::Mat mouth_under_nose() {
    constexpr int side = 60;
    cv::Mat bars(side, side, CV_32F);
    const auto bar = [](double across, double down, double half_width) {
        return std::exp(-down * down / 18) / (1 + std::exp((std::abs(across) - half_width) / 2));
    };
    for (int row = 0; row < side; ++row)
        for (int column = 0; column < side; ++column)
            bars.at<float>(row, column) =
                static_cast<float>(-bar(column - 29.5, row - 40, 22) - 0.9 * bar(column - 29.5, row - 18, 14));
    cv::Mat coarse;
    cv::GaussianBlur(bars, coarse, {}, 9);
    bars -= coarse;
    return bars;
}

// The best likeness (correlation) to nostrils over a mouth, looked for a little about their usual place.
double mouth_likeness(const cv::Mat& detail) {
    static const cv::Mat pattern = mouth_under_nose();
    constexpr int reach_x = 4;
    constexpr int reach_y = 6;
    const cv::Rect usual(44, 62, pattern.cols, pattern.rows);
    const cv::Rect area(usual.x - reach_x, usual.y - reach_y, usual.width + 2 * reach_x, usual.height + 2 * reach_y);
    cv::Mat likeness;
    cv::matchTemplate(detail(area), pattern, likeness, cv::TM_CCOEFF_NORMED);
    double best = 0;
    cv::minMaxLoc(likeness, nullptr, &best);
    return std::isfinite(best) ? std::clamp(best, -1.0, 1.0) : 0.0;
}

}  // namespace

cv::Mat face_by_eyes(const cv::Mat& gray, const Point& left_eye, const Point& right_eye) {
    double distance = std::hypot(right_eye.x - left_eye.x, right_eye.y - left_eye.y);
    if (gray.empty() || gray.type() != CV_8UC1 || !(distance >= 1) || !(distance < 1e5)) return {};
    cv::Mat source = gray;
    double factor = 1;
    while (distance * factor > 2 * eye_distance && std::min(source.cols, source.rows) >= 4) {
        cv::Mat half;
        cv::resize(source, half, {}, 0.5, 0.5, cv::INTER_AREA);
        if (factor < 1) wipe(source);
        source = half;
        factor /= 2;
    }
    const double along = (right_eye.x - left_eye.x) * factor / eye_distance;
    const double down = (right_eye.y - left_eye.y) * factor / eye_distance;
    const double x = ((left_eye.x + right_eye.x) / 2 + 0.5) * factor - 0.5;
    const double y = ((left_eye.y + right_eye.y) / 2 + 0.5) * factor - 0.5;
    const cv::Matx23d place(along, -down, x - eyes_x * along + eyes_y * down,  //
                            down, along, y - eyes_y * along - eyes_x * down);
    cv::Mat face;
    cv::warpAffine(source, face, place, {cover_side, cover_side}, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                   cv::BORDER_REPLICATE);
    if (factor < 1) wipe(source);
    return face;
}

void measure_cover(const cv::Mat& face, FaceMeasure& measure) {
    if (face.rows != cover_side || face.cols != cover_side || face.type() != CV_8UC1) return;
    const double cheeks = std::max(1.0, (mean_of(face, {32, 64, 18, 10}) + mean_of(face, {98, 64, 18, 10})) / 2);
    const double forehead = std::max(1.0, ranked(face, {50, 12, 50, 16}, 0.5));
    // Lids, and the skin below them, stay light where nothing is worn; the lighter side, as the lamp may be on one.
    const double about_eye = std::max(ranked(face, {32, 36, 30, 22}, 0.75), ranked(face, {86, 36, 30, 22}, 0.75));
    measure.eye_light = about_eye / std::min(cheeks, forehead);

    cv::Mat picture;
    face.convertTo(picture, CV_32F);
    cv::Mat detail = detail_of(picture);
    const double eyes = (deviation_of(detail, {30, 34, 36, 26}) + deviation_of(detail, {84, 34, 36, 26})) / 2;
    measure.mouth_detail = deviation_of(detail, {46, 88, 56, 32}) / std::max(eyes, 0.5);
    measure.mouth_shape = mouth_likeness(detail);
    wipe(picture);
    wipe(detail);
}

}  // namespace uketsuke::vision::detail
