#include "vision/detail/face_quality.h"

#include <algorithm>
#include <array>

#include "vision/detail/cv_image.h"
#include "vision/detail/face_cover.h"
#include "vision/detail/networks.h"

namespace uketsuke::vision::detail {
namespace {

void measure_chip(const std::vector<std::uint8_t>& gray_chip, FaceMeasure& measure) {
    constexpr int from = chip_side / 5;
    constexpr int to = chip_side - from;
    constexpr double count = static_cast<double>(to - from) * (to - from);
    const auto at = [&](int row, int column) {
        return static_cast<int>(
            gray_chip[static_cast<std::size_t>(row) * chip_side + static_cast<std::size_t>(column)]);
    };
    double sum = 0;
    double squares = 0;
    double edges = 0;
    int clipped = 0;
    for (int row = from; row < to; ++row) {
        for (int column = from; column < to; ++column) {
            const int g = at(row, column);
            // Smoothed by the neighbours on a diagonal, so that a sensor's noise does not pass for detail.
            const auto soft = [&](int r, int c) { return at(r, c) + at(r + 1, c) + at(r, c + 1) + at(r + 1, c + 1); };
            const double edge = (soft(row - 2, column) + soft(row + 2, column) + soft(row, column - 2) +
                                 soft(row, column + 2) - 4 * soft(row, column)) /
                                4.0;
            sum += g;
            squares += static_cast<double>(g) * g;
            edges += edge * edge;
            clipped += g >= 250 ? 1 : 0;
        }
    }
    measure.brightness = sum / count;
    measure.clipped = clipped / count;
    const double variance = std::max(squares / count - measure.brightness * measure.brightness, 25.0);
    measure.sharpness = edges / count / variance;
}

// The median of a grid about the head: twice the box's width and height, without the head and what is under it.
double surround_of(const cv::Mat& gray, const Box& box) {
    constexpr int grid = 96;
    std::array<int, 256> count{};
    int all = 0;
    for (int row = 0; row < grid * 7 / 12; ++row) {
        for (int column = 0; column < grid; ++column) {
            if (row > grid / 12 && column > grid / 6 && column < grid * 5 / 6) continue;
            const double x = box.left + box.width * ((column + 0.5) / grid * 2 - 0.5);
            const double y = box.top + box.height * ((row + 0.5) / grid * 2 - 0.5);
            if (!(x >= 0 && y >= 0 && x < gray.cols && y < gray.rows)) continue;
            ++count[gray.at<std::uint8_t>(static_cast<int>(y), static_cast<int>(x))];
            ++all;
        }
    }
    // A face that fills the picture has no surround to speak of.
    if (all < grid * grid / 16) return 0;
    int below = 0;
    for (int level = 0; level < 256; ++level)
        if ((below += count[static_cast<std::size_t>(level)]) * 2 >= all) return level;
    return 0;
}

bool usable(const cv::Mat& gray, const std::vector<std::uint8_t>& gray_chip) {
    return !gray.empty() && gray.type() == CV_8UC1 &&
           gray_chip.size() == static_cast<std::size_t>(chip_side) * chip_side;
}

}  // namespace

void measure_quality(const cv::Mat& gray, const Box& box, const FivePoints& points,
                     const std::vector<std::uint8_t>& gray_chip, FaceMeasure& measure) {
    if (!usable(gray, gray_chip)) return;
    measure_chip(gray_chip, measure);
    measure.surround = surround_of(gray, box);
    cv::Mat face = face_by_eyes(gray, points.left_eye, points.right_eye);
    measure_cover(face, measure);
    wipe(face);
}

}  // namespace uketsuke::vision::detail
