#include "vision/detail/straight_sides.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "vision/detail/cv_image.h"

namespace uketsuke::vision::detail {
namespace {

constexpr double inside = 0.05;      // of the face's width, that a line may lie inside its box
constexpr double outside = 1.0;      // and outside
constexpr double longer = 0.15;      // than the face, at either end
constexpr double least_seen = 0.75;  // of the length that must lie in the picture
constexpr int slopes = 15;
constexpr double slope_step = 0.04;
constexpr int most_lines = 4;
constexpr int apart = 3;

// Change across an upright edge, in levels, cut off at `strong`; 0 where the edge is not upright.
cv::Mat upright_edges(const cv::Mat& gray, int strong) {
    cv::Mat across;
    cv::Mat along;
    cv::Sobel(gray, across, CV_16S, 1, 0);
    cv::Sobel(gray, along, CV_16S, 0, 1);
    for (int row = 0; row < across.rows; ++row) {
        auto* x = across.ptr<std::int16_t>(row);
        const auto* y = along.ptr<std::int16_t>(row);
        for (int column = 0; column < across.cols; ++column) {
            const int value = std::clamp<int>(x[column], -strong, strong);
            x[column] = static_cast<std::int16_t>(2 * std::abs(x[column]) >= 3 * std::abs(y[column]) ? value : 0);
        }
    }
    wipe(along);
    return across;
}

// Sum along the tilted line through each column, of the tilt with the largest.
std::vector<int> project(const cv::Mat& edges, int first, int last, int top, int bottom, double middle) {
    const auto width = static_cast<std::size_t>(last - first);
    std::vector<int> best(width);
    std::vector<int> sum(width);
    for (int slope = 0; slope < slopes; ++slope) {
        std::fill(sum.begin(), sum.end(), 0);
        for (int row = top; row < bottom; ++row) {
            const int shift = static_cast<int>(std::lround((slope - slopes / 2) * slope_step * (row - middle)));
            const auto* edge = edges.ptr<std::int16_t>(row);
            const int from = std::max(first, -shift);
            const int to = std::min(last, edges.cols - shift);
            for (int x = from; x < to; ++x) sum[static_cast<std::size_t>(x - first)] += edge[x + shift];
        }
        for (std::size_t i = 0; i < width; ++i)
            if (std::abs(sum[i]) > std::abs(best[i])) best[i] = sum[i];
    }
    return best;
}

std::vector<StraightLine> lines_of(const std::vector<int>& profile, int first, double whole, double least_share) {
    std::vector<StraightLine> lines;
    const auto size = static_cast<int>(profile.size());
    const auto strength = [&](int i) { return std::abs(profile[static_cast<std::size_t>(i)]); };
    for (int i = 0; i < size; ++i) {
        if (strength(i) < least_share * whole) continue;
        bool highest = true;
        for (int k = std::max(0, i - apart); k <= std::min(size - 1, i + apart); ++k)
            highest = highest && (strength(k) < strength(i) || (strength(k) == strength(i) && k >= i));
        if (!highest) continue;
        double weight = 0;
        double place = 0;
        const bool rising = profile[static_cast<std::size_t>(i)] > 0;
        for (int k = std::max(0, i - 2); k <= std::min(size - 1, i + 2); ++k) {
            if ((profile[static_cast<std::size_t>(k)] > 0) != rising) continue;
            const double square = static_cast<double>(strength(k)) * strength(k);
            weight += square;
            place += square * k;
        }
        lines.push_back({first + place / weight, strength(i) / whole, rising});
    }
    std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.share > b.share; });
    if (lines.size() > most_lines) lines.resize(most_lines);
    return lines;
}

struct Pair {
    std::vector<StraightLine> before;
    std::vector<StraightLine> after;
};

Pair upright_lines(const cv::Mat& gray, const cv::Rect2d& face, double strong, double least_share) {
    // Sobel's weights make four of a sharp step of one, and three where it is somewhat blurred.
    const int limit = std::max(1, static_cast<int>(std::lround(3 * strong)));
    const int wanted_top = static_cast<int>(face.y - longer * face.height);
    const int wanted_bottom = static_cast<int>(face.y + (1 + longer) * face.height);
    const int top = std::max(1, wanted_top);
    const int bottom = std::min(gray.rows - 1, wanted_bottom);
    if (bottom - top < least_seen * (wanted_bottom - wanted_top)) return {};
    cv::Mat edges = upright_edges(gray, limit);
    const double middle = face.y + face.height / 2;
    const auto look = [&](double from, double to) {
        const int first = std::clamp(static_cast<int>(from), 1, gray.cols - 1);
        const int last = std::clamp(static_cast<int>(to), 1, gray.cols - 1);
        if (last - first < 2 * apart) return std::vector<StraightLine>{};
        return lines_of(project(edges, first, last, top, bottom, middle), first,
                        static_cast<double>(limit) * (bottom - top), least_share);
    };
    const double right = face.x + face.width;
    Pair found{look(face.x - outside * face.width, face.x + inside * face.width),
               look(right - inside * face.width, right + outside * face.width)};
    wipe(edges);
    return found;
}

}  // namespace

SideLines straight_sides(const cv::Mat& gray, const cv::Rect2d& face, double strong, double least_share) {
    if (gray.cols < 8 || gray.rows < 8) return {};
    Pair upright = upright_lines(gray, face, strong, least_share);
    cv::Mat turned;
    cv::transpose(gray, turned);
    Pair level = upright_lines(turned, {face.y, face.x, face.height, face.width}, strong, least_share);
    wipe(turned);
    return {std::move(upright.before), std::move(upright.after), std::move(level.before), std::move(level.after)};
}

}  // namespace uketsuke::vision::detail
