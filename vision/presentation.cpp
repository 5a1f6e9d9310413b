#include "vision/presentation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>
#include <opencv2/video/tracking.hpp>
#include <vector>

#include "vision/detail/cv_image.h"

namespace uketsuke::vision {
namespace {

constexpr double face_pixels = 160;  // the face's width in the crop: enough for a nose, cheap enough for every frame
constexpr double margin = 0.6;       // of the face's width, about it
constexpr int window = 25;
constexpr int levels = 3;
constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
constexpr float apart = 3;  // between the five points that stand for one place

const std::array<cv::Point2f, 5> cross{cv::Point2f(0, 0), cv::Point2f(apart, 0), cv::Point2f(-apart, 0),
                                       cv::Point2f(0, apart), cv::Point2f(0, -apart)};

float median_of(std::array<float, cross.size()> values) {
    std::nth_element(values.begin(), values.begin() + 2, values.end());
    return values[2];
}

}  // namespace

struct PresentationMeter::Parts {
    cv::Mat crop_of(const Image& frame) const {
        cv::Mat whole = detail::view_of(frame);
        cv::Mat small;
        cv::resize(whole(region), small, size, 0, 0, cv::INTER_AREA);
        if (small.channels() == 1) return small;
        cv::Mat gray;
        cv::cvtColor(small, gray, cv::COLOR_RGB2GRAY);
        detail::wipe(small);
        return gray;
    }
    cv::Point2f place(std::size_t index) const {
        std::array<float, cross.size()> x{};
        std::array<float, cross.size()> y{};
        for (std::size_t i = 0; i < cross.size(); ++i) {
            x[i] = points[index * cross.size() + i].x;
            y[i] = points[index * cross.size() + i].y;
        }
        return {median_of(x), median_of(y)};
    }
    // Offsets of the nose now.
    std::optional<Followed> offsets() const {
        const cv::Point2f nose = place(0);
        const cv::Point2f left = place(1);
        const cv::Point2f eyes = place(2) - left;
        const double square = eyes.ddot(eyes);
        if (square < 16) return std::nullopt;
        const cv::Point2f middle = left + eyes * 0.5F;
        const auto along = [&](const cv::Point2f& from) { return (nose - from).ddot(eyes) / square; };
        if (!mouth) return Followed{along(middle), nothing, nothing};
        const cv::Point2f lips = (place(3) + place(4)) * 0.5F;
        const double height = cv::norm(lips - middle);
        if (height < 4) return std::nullopt;
        return Followed{along(middle), along(lips), std::sqrt(square) / height};
    }

    cv::Rect region;
    cv::Size size;
    int width = 0;
    int height = 0;
    bool mouth = false;
    std::vector<cv::Point2f> points;
    Followed first;
    cv::Mat last;
};

PresentationMeter::PresentationMeter() : m_parts(std::make_unique<Parts>()) {}

PresentationMeter::~PresentationMeter() {
    stop();
}

void PresentationMeter::stop() {
    detail::wipe(m_parts->last);
    m_parts->points.clear();
}

void PresentationMeter::start(const Image& frame, const Box& box, const FivePoints& points) {
    stop();
    Parts& parts = *m_parts;
    if (!frame.sound() || !(box.width >= 16) || !(box.width < 1e5) || !(std::abs(box.left) < 1e5) ||
        !(std::abs(box.top) < 1e5) || !(box.height > 0) || !(box.height < 1e5))
        return;
    const double border = margin * box.width;
    parts.region = cv::Rect(cv::Point(cv::Point2d(box.left - border, box.top - border)),
                            cv::Size(cv::Size2d(box.width + 2 * border, box.height + 2 * border))) &
                   cv::Rect(0, 0, frame.width, frame.height);
    if (parts.region.width < 32 || parts.region.height < 32) return;
    const double factor = std::min(1.0, face_pixels / box.width);
    parts.size = {std::max(16, static_cast<int>(parts.region.width * factor)),
                  std::max(16, static_cast<int>(parts.region.height * factor))};
    parts.width = frame.width;
    parts.height = frame.height;
    parts.mouth = points.mouth;
    std::vector<Point> places{points.nose, points.left_eye, points.right_eye};
    if (points.mouth) places.insert(places.end(), {points.left_mouth, points.right_mouth});
    for (const auto& place : places) {
        if (!(std::abs(place.x) < 1e5) || !(std::abs(place.y) < 1e5)) return stop();
        const cv::Point2f at(static_cast<float>((place.x - parts.region.x) * parts.size.width / parts.region.width),
                             static_cast<float>((place.y - parts.region.y) * parts.size.height / parts.region.height));
        for (const auto& step : cross) parts.points.push_back(at + step);
    }
    const auto first = parts.offsets();
    if (!first) return stop();
    parts.first = *first;
    parts.last = parts.crop_of(frame);
}

std::optional<Followed> PresentationMeter::follow(const Image& frame) {
    Parts& parts = *m_parts;
    if (parts.last.empty() || !frame.sound() || frame.width != parts.width || frame.height != parts.height)
        return std::nullopt;
    cv::Mat now = parts.crop_of(frame);
    std::vector<cv::Point2f> moved;
    std::vector<std::uint8_t> found;
    std::vector<float> errors;
    cv::calcOpticalFlowPyrLK(parts.last, now, parts.points, moved, found, errors, {window, window}, levels);
    detail::wipe(parts.last);
    parts.last = now;
    // A place that most of its five points lost is lost for good.
    for (std::size_t place = 0; place < moved.size() / cross.size(); ++place) {
        const auto from = found.begin() + static_cast<std::ptrdiff_t>(place * cross.size());
        if (std::count(from, from + cross.size(), 1) < 3) {
            stop();
            return std::nullopt;
        }
    }
    parts.points = std::move(moved);
    auto offsets = parts.offsets();
    if (!offsets) {
        stop();
        return std::nullopt;
    }
    offsets->against_eyes -= parts.first.against_eyes;
    offsets->against_mouth -= parts.first.against_mouth;
    offsets->narrowed /= parts.first.narrowed;
    return offsets;
}

}  // namespace uketsuke::vision
