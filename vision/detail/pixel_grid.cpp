#include "vision/detail/pixel_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "vision/detail/cv_image.h"

namespace uketsuke::vision::detail {
namespace {

constexpr int side = 256;
constexpr int half = side / 2;
// A window of 128 pixels spreads a pure tone over eight of the 256 lines.
constexpr int peak_width = 9;
constexpr int around_width = 27;
constexpr int block_step = side / 8;
constexpr int block_width = 3;

cv::Mat windowed(const cv::Mat& gray, const cv::Rect& area) {
    std::vector<float> window(static_cast<std::size_t>(area.width));
    for (int i = 0; i < area.width; ++i)
        window[static_cast<std::size_t>(i)] =
            0.5F - 0.5F * static_cast<float>(std::cos(2 * std::numbers::pi * (i + 0.5) / area.width));
    const auto mean = static_cast<float>(cv::mean(gray(area))[0]);
    cv::Mat out(side, side, CV_32FC1, cv::Scalar(0));
    for (int row = 0; row < area.height; ++row) {
        const auto* from = gray.ptr<std::uint8_t>(area.y + row) + area.x;
        auto* to = out.ptr<float>(row);
        for (int column = 0; column < area.width; ++column)
            to[column] = (static_cast<float>(from[column]) - mean) * window[static_cast<std::size_t>(row)] *
                         window[static_cast<std::size_t>(column)];
    }
    return out;
}

int to_block(int frequency) {
    const int rest = std::abs(frequency) % block_step;
    return std::min(rest, block_step - rest);
}

bool of_jpeg(int x, int y) {
    return (std::abs(y) <= block_width && to_block(x) <= block_width) ||
           (std::abs(x) <= block_width && to_block(y) <= block_width);
}

}  // namespace

double grid_prominence(const cv::Mat& gray, const cv::Rect& area, double low, double high) {
    cv::Mat pixels = windowed(gray, area);
    cv::Mat waves;
    cv::dft(pixels, waves, cv::DFT_COMPLEX_OUTPUT, area.height);
    wipe(pixels);
    // Half of the plane holds it all; what is around a peak at its rim comes from the other.
    constexpr int border = around_width / 2;
    cv::Mat power(side + 2 * border, half + 1 + 2 * border, CV_32FC1);
    for (int row = 0; row < power.rows; ++row) {
        const auto* wave = waves.ptr<cv::Vec2f>((row - border + side) % side);
        auto* to = power.ptr<float>(row);
        const auto take = [&](int column, int x) { to[column] = wave[x][0] * wave[x][0] + wave[x][1] * wave[x][1]; };
        for (int column = 0; column < border; ++column) take(column, side - border + column);
        for (int column = border; column < power.cols; ++column) take(column, column - border);
    }
    // Amplitudes and phases are the picture.
    wipe(waves);

    cv::Mat peak;
    cv::Mat around;
    cv::boxFilter(power, peak, CV_32F, {peak_width, peak_width}, {-1, -1}, false);
    cv::boxFilter(power, around, CV_32F, {around_width, around_width}, {-1, -1}, false);
    const cv::Rect middle(border, border, half + 1, side);
    cv::Mat whole = power;
    power = power(middle);
    peak = peak(middle);
    around = around(middle);

    const auto signed_of = [](int index) { return index <= half ? index : index - side; };
    // Of the logarithms: a few strong peaks hardly move it.
    std::array<float, half + 1> sum{};
    std::array<int, half + 1> count{};
    const auto radius_of = [](int x, int y) {
        return static_cast<int>(std::lround(std::sqrt(static_cast<float>(x * x + y * y))));
    };
    for (int row = 0; row < side; ++row)
        for (int x = 0; x <= half; ++x) {
            const int r = radius_of(x, signed_of(row));
            if (r > half) continue;
            sum[static_cast<std::size_t>(r)] += std::log(power.at<float>(row, x) + 1e-3F);
            ++count[static_cast<std::size_t>(r)];
        }
    std::array<float, half + 1> usual{};
    for (std::size_t r = 0; r < usual.size(); ++r)
        usual[r] = std::exp(sum[r] / static_cast<float>(std::max(1, count[r])));
    float best = 1;
    const int from = static_cast<int>(std::ceil(low * side));
    const int to = std::min(half, static_cast<int>(high * side));
    constexpr float ring = around_width * around_width - peak_width * peak_width;
    for (int row = 0; row < side; ++row)
        for (int x = 0; x <= to; ++x) {
            const int y = signed_of(row);
            const int r = radius_of(x, y);
            if (r < from || r > to || of_jpeg(x, y)) continue;
            const float near = (around.at<float>(row, x) - peak.at<float>(row, x)) / ring;
            best = std::max(best, power.at<float>(row, x) / std::max(near, usual[static_cast<std::size_t>(r)]));
        }
    power.release();
    wipe(whole);
    wipe(peak);
    wipe(around);
    return 10 * std::log10(best);
}

}  // namespace uketsuke::vision::detail
