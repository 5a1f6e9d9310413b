#include "vision/drawing/canvas.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace uketsuke::vision::drawing {
namespace {

constexpr int shift = 4;  // OpenCV's fixed point: sixteenths of a pixel

cv::Point fixed(const cv::Point2d& p) {
    return {static_cast<int>(std::lround(p.x * (1 << shift))), static_cast<int>(std::lround(p.y * (1 << shift)))};
}

cv::Scalar scalar(const Colour& c) {
    return {c[0], c[1], c[2]};
}

std::vector<cv::Point> fixed(const Outline& outline, const cv::Point2d& origin) {
    std::vector<cv::Point> points;
    points.reserve(outline.size());
    for (const auto& p : outline) points.push_back(fixed(p - origin));
    return points;
}

}  // namespace

Outline smooth(const Outline& through, bool closed, int steps) {
    const int n = static_cast<int>(through.size());
    if (n < 3) return through;
    const auto at = [&](int i) {
        return closed ? through[static_cast<std::size_t>((i + n) % n)]
                      : through[static_cast<std::size_t>(std::clamp(i, 0, n - 1))];
    };
    Outline out;
    out.reserve(static_cast<std::size_t>(n) * static_cast<std::size_t>(steps) + 1);
    for (int i = 0; i < (closed ? n : n - 1); ++i) {
        const cv::Point2d a = at(i - 1);
        const cv::Point2d b = at(i);
        const cv::Point2d c = at(i + 1);
        const cv::Point2d d = at(i + 2);
        for (int s = 0; s < steps; ++s) {
            const double t = static_cast<double>(s) / steps;
            out.push_back(0.5 * ((2 * b) + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * (t * t) +
                                 (3 * b - a - 3 * c + d) * (t * t * t)));
        }
    }
    if (!closed) out.push_back(through.back());
    return out;
}

void Canvas::fill(const Outline& outline, const Colour& colour) {
    if (outline.size() < 3) return;
    cv::fillPoly(m_rgb, std::vector<std::vector<cv::Point>>{fixed(outline, {})}, scalar(colour), cv::LINE_AA, shift);
}

void Canvas::line(const Outline& points, const Colour& colour, double width) {
    if (points.size() < 2) return;
    if (width < 1) {  // thinner than a pixel: paler instead
        soft(points, colour, width, 0.5);
        return;
    }
    cv::polylines(m_rgb, std::vector<std::vector<cv::Point>>{fixed(points, {})}, false, scalar(colour),
                  static_cast<int>(std::lround(width)), cv::LINE_AA, shift);
}

void Canvas::disc(const cv::Point2d& centre, double radius_x, double radius_y, double angle_deg, const Colour& colour) {
    const cv::Point radii = fixed({std::max(radius_x, 0.3), std::max(radius_y, 0.3)});
    cv::ellipse(m_rgb, fixed(centre), cv::Size(radii.x, radii.y), angle_deg, 0, 360, scalar(colour), cv::FILLED,
                cv::LINE_AA, shift);
}

cv::Rect Canvas::bounds(const Outline& outline, double margin) const {
    double left = 1e9;
    double top = 1e9;
    double right = -1e9;
    double bottom = -1e9;
    for (const auto& p : outline) {
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        top = std::min(top, p.y);
        bottom = std::max(bottom, p.y);
    }
    if (right < left) return {};
    const auto pixel = [](double v) { return static_cast<int>(std::clamp(v, -1e6, 1e6)); };
    const cv::Rect area(pixel(std::floor(left - margin)), pixel(std::floor(top - margin)),
                        pixel(std::ceil(right - left + 2 * margin)) + 2,
                        pixel(std::ceil(bottom - top + 2 * margin)) + 2);
    return area & cv::Rect(0, 0, m_rgb.cols, m_rgb.rows);
}

cv::Mat Canvas::mask_of(const Outline& outline, const cv::Rect& area) const {
    cv::Mat mask = cv::Mat::zeros(area.size(), CV_8UC1);
    cv::fillPoly(mask, std::vector<std::vector<cv::Point>>{fixed(outline, cv::Point2d(area.tl()))}, cv::Scalar(255),
                 cv::LINE_AA, shift);
    return mask;
}

void Canvas::blend(const cv::Rect& area, const cv::Mat& mask,
                   const std::function<void(cv::Vec3b&, int, int, int)>& mix) {
    for (int row = 0; row < area.height; ++row) {
        auto* pixels = m_rgb.ptr<cv::Vec3b>(area.y + row) + area.x;
        const auto* weights = mask.ptr<std::uint8_t>(row);
        for (int column = 0; column < area.width; ++column)
            if (weights[column] != 0) mix(pixels[column], weights[column], column, row);
    }
}

void Canvas::soft(const Outline& outline, const Colour& colour, double alpha, double sigma) {
    const cv::Rect area = bounds(outline, 3 * sigma + 1);
    if (area.empty() || outline.size() < 3) return;
    cv::Mat mask = mask_of(outline, area);
    if (sigma > 0.3) {
        // Two box filters look like a Gaussian and cost the same at any width.
        const int side = std::max(1, static_cast<int>(std::lround(sigma * 1.7))) | 1;
        cv::blur(mask, mask, cv::Size(side, side), cv::Point(-1, -1), cv::BORDER_CONSTANT);
        cv::blur(mask, mask, cv::Size(side, side), cv::Point(-1, -1), cv::BORDER_CONSTANT);
    }
    const int weight = static_cast<int>(std::lround(alpha * 256));
    const cv::Vec3i target(static_cast<int>(colour[0]), static_cast<int>(colour[1]), static_cast<int>(colour[2]));
    blend(area, mask, [&](cv::Vec3b& pixel, int w, int, int) {
        const int a = w * weight / 255;
        for (int c = 0; c < 3; ++c) {
            const int p = pixel[c];
            pixel[c] = static_cast<std::uint8_t>(std::clamp(p + (target[c] - p) * a / 256, 0, 255));
        }
    });
}

void Canvas::inside(const Outline& outline, const std::function<void(Canvas&)>& paint) {
    // Soft edges of what is painted may reach past the outline by a good part of its size.
    const cv::Rect tight = bounds(outline, 1);
    const cv::Rect area = bounds(outline, 2 + 0.4 * std::max(tight.width, tight.height));
    if (tight.empty() || outline.size() < 3) return;
    const cv::Mat before = m_rgb(area).clone();
    paint(*this);
    const cv::Mat mask = mask_of(outline, area);
    for (int row = 0; row < area.height; ++row) {
        auto* pixels = m_rgb.ptr<cv::Vec3b>(area.y + row) + area.x;
        for (int column = 0; column < area.width; ++column) {
            const int w = mask.at<std::uint8_t>(row, column);
            if (w == 255) continue;
            for (int c = 0; c < 3; ++c) {
                const int old = before.at<cv::Vec3b>(row, column)[c];
                pixels[column][c] = static_cast<std::uint8_t>(old + (pixels[column][c] - old) * w / 255);
            }
        }
    }
}

void Canvas::shade(const Outline& outline, const std::function<double(double, double)>& shade) {
    const cv::Rect area = bounds(outline, 1);
    if (area.empty() || outline.size() < 3) return;
    cv::Mat coarse((area.height + 1) / 2 + 1, (area.width + 1) / 2 + 1, CV_32FC1);
    for (int row = 0; row < coarse.rows; ++row)
        for (int column = 0; column < coarse.cols; ++column)
            coarse.at<float>(row, column) =
                static_cast<float>(shade(area.x + 2 * column + 0.5, area.y + 2 * row + 0.5));
    cv::Mat fine;
    cv::resize(coarse, fine, cv::Size(coarse.cols * 2, coarse.rows * 2), 0, 0, cv::INTER_LINEAR);
    blend(area, mask_of(outline, area), [&](cv::Vec3b& pixel, int w, int column, int row) {
        const float f = 1 + (fine.at<float>(row, column) - 1) * static_cast<float>(w) / 255;
        for (int c = 0; c < 3; ++c) pixel[c] = cv::saturate_cast<std::uint8_t>(static_cast<float>(pixel[c]) * f);
    });
}

}  // namespace uketsuke::vision::drawing
