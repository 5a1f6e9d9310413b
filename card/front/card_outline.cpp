#include "card/front/card_outline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "card/front/mats.h"
#include "card/front/text_lines.h"

namespace uketsuke::card {
namespace {

using Quad = std::array<cv::Point2f, 4>;  // left upper, right upper, right lower, left lower

constexpr double k_shape = 85.6 / 54.0;
constexpr int k_small_side = 640;  // an outline needs no more pixels

float distance(cv::Point2f a, cv::Point2f b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

std::optional<cv::Point2f> crossing(const cv::Vec4f& a, const cv::Vec4f& b) {
    const float turn = a[0] * b[1] - a[1] * b[0];
    if (std::abs(turn) < 1e-3F) return std::nullopt;
    const float along = ((b[2] - a[2]) * b[1] - (b[3] - a[3]) * b[0]) / turn;
    return cv::Point2f(a[2] + along * a[0], a[3] + along * a[1]);
}

// The corners of a card are round: each side is fitted to its middle part, and the corners are where they cross.
std::optional<Quad> sides_of(const std::vector<cv::Point>& contour, const cv::RotatedRect& around) {
    Quad corners;
    around.points(corners.data());
    std::array<cv::Vec4f, 4> sides;
    const float near = 0.05F * std::min(around.size.width, around.size.height);
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Point2f from = corners.at(i);
        const cv::Point2f to = corners.at((i + 1) % 4);
        const float length = distance(from, to);
        const cv::Point2f along = (to - from) / length;
        std::vector<cv::Point2f> points;
        for (const cv::Point& point : contour) {
            const cv::Point2f there = cv::Point2f(point) - from;
            const float at = there.dot(along) / length;
            const float off = std::abs(there.x * along.y - there.y * along.x);
            if (at > 0.15F && at < 0.85F && off < near) points.emplace_back(point);
        }
        if (points.size() < 20) return std::nullopt;
        cv::fitLine(points, sides.at(i), cv::DIST_HUBER, 0, 0.01, 0.01);
    }
    Quad crossed;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto point = crossing(sides.at((i + 3) % 4), sides.at(i));
        if (!point) return std::nullopt;
        crossed.at(i) = *point;
    }
    return crossed;
}

Quad in_order(Quad corners) {
    cv::Point2f middle(0, 0);
    for (const auto& corner : corners) middle += corner * 0.25F;
    std::sort(corners.begin(), corners.end(), [&](const cv::Point2f& a, const cv::Point2f& b) {
        return std::atan2(a.y - middle.y, a.x - middle.x) < std::atan2(b.y - middle.y, b.x - middle.x);
    });
    const auto first = std::min_element(corners.begin(), corners.end(), [](const cv::Point2f& a, const cv::Point2f& b) {
        return a.x + a.y < b.x + b.y;
    });
    std::rotate(corners.begin(), first, corners.end());
    return corners;
}

struct Candidate {
    Quad corners{};
    double fault = 1;  // 0: exactly a card's shape, all of it bright
};

std::optional<Candidate> brightest_card(const cv::Mat& small, double level) {
    cv::Mat bright = secret_mat();
    cv::threshold(small, bright, level, 255, cv::THRESH_BINARY);
    // The photo and the text are part of the card, too.
    cv::morphologyEx(bright, bright, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {9, 9}));
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(bright, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
    const auto largest = std::max_element(contours.begin(), contours.end(), [](const auto& a, const auto& b) {
        return cv::contourArea(a) < cv::contourArea(b);
    });
    if (largest == contours.end()) return std::nullopt;
    const double area = cv::contourArea(*largest);
    if (area < 0.12 * static_cast<double>(small.total())) return std::nullopt;
    const auto corners = sides_of(*largest, cv::minAreaRect(*largest));
    if (!corners) return std::nullopt;
    Candidate found{in_order(*corners)};
    for (const auto& corner : found.corners) {
        if (corner.x < -10 || corner.y < -10 || corner.x > small.cols + 10 || corner.y > small.rows + 10) {
            return std::nullopt;
        }
    }
    const Quad& c = found.corners;
    const double across = (distance(c[0], c[1]) + distance(c[3], c[2])) / 2;
    const double down = (distance(c[1], c[2]) + distance(c[0], c[3])) / 2;
    const double shape = std::max(across, down) / std::max(1.0, std::min(across, down));
    const double filled = area / std::max(1.0, cv::contourArea(std::vector<cv::Point2f>(c.begin(), c.end())));
    if (shape < 1.4 || shape > 1.8 || filled < 0.8 || filled > 1.1) return std::nullopt;
    found.fault = std::abs(shape - k_shape) + std::abs(1 - filled);
    return found;
}

// A frame around the whole picture is no outline.
bool is_the_picture(const Quad& corners, cv::Size size) {
    return std::all_of(corners.begin(), corners.end(), [&](const cv::Point2f& corner) {
        const auto near = [](float at, float side) { return at < 3 || at > side - 4; };
        return near(corner.x, static_cast<float>(size.width)) && near(corner.y, static_cast<float>(size.height));
    });
}

std::optional<Quad> find_outline(const cv::Mat& picture) {
    const double scale = std::min(1.0, static_cast<double>(k_small_side) / std::max(picture.cols, picture.rows));
    cv::Mat small = secret_mat();
    cv::resize(picture, small, {}, scale, scale, cv::INTER_AREA);
    cv::GaussianBlur(small, small, {5, 5}, 0);
    cv::Mat unused = secret_mat();
    const double split = cv::threshold(small, unused, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    std::optional<Candidate> best;
    // Shadow and glare move the level that parts the card from the slot.
    for (const double times : {1.0, 0.8, 0.65, 1.25, 1.5}) {
        const auto found = brightest_card(small, split * times);
        if (found && !is_the_picture(found->corners, small.size()) && (!best || found->fault < best->fault))
            best = found;
    }
    if (!best) return std::nullopt;
    for (auto& corner : best->corners) corner = (corner + cv::Point2f(0.5F, 0.5F)) / static_cast<float>(scale);
    return best->corners;
}

FlatCard warped(const cv::Mat& picture, Quad corners) {
    FlatCard flat;
    flat.grey = secret_mat();
    flat.outlined = true;
    const float across = distance(corners[0], corners[1]) + distance(corners[3], corners[2]);
    const float down = distance(corners[1], corners[2]) + distance(corners[0], corners[3]);
    if (across < down) {
        // Standing: its left upper corner is taken to be the picture's right upper one.
        std::rotate(corners.begin(), corners.begin() + 1, corners.end());
        flat.turns = 1;
    }
    const Quad to{cv::Point2f(0, 0), cv::Point2f(k_flat_width, 0), cv::Point2f(k_flat_width, k_flat_height),
                  cv::Point2f(0, k_flat_height)};
    cv::warpPerspective(picture, flat.grey, cv::getPerspectiveTransform(corners.data(), to.data()),
                        {k_flat_width, k_flat_height}, cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    return flat;
}

cv::Mat turned(const cv::Mat& grey, double degrees, int interpolation, int border) {
    const cv::Point2f middle(static_cast<float>(grey.cols) / 2, static_cast<float>(grey.rows) / 2);
    cv::Mat out = secret_mat();
    cv::warpAffine(grey, out, cv::getRotationMatrix2D(middle, degrees, 1), grey.size(), interpolation, border);
    return out;
}

// How sharply rows with ink part from rows without: the most where lines of text lie level.
double levelness(const cv::Mat& ink) {
    cv::Mat rows;
    cv::reduce(ink, rows, 1, cv::REDUCE_SUM, CV_64F);
    double sum = 0;
    for (int y = 1; y < rows.rows; ++y) sum += std::pow(rows.at<double>(y) - rows.at<double>(y - 1), 2);
    return sum;
}

double text_tilt(const cv::Mat& grey) {
    cv::Mat small = secret_mat();
    cv::resize(ink_mask(grey), small, {}, 0.5, 0.5, cv::INTER_AREA);
    double best = 0;
    double most = -1;
    const auto look = [&](double from, double to, double step) {
        for (double degrees = from; degrees <= to; degrees += step) {
            const double level = levelness(turned(small, degrees, cv::INTER_NEAREST, cv::BORDER_CONSTANT));
            if (level <= most) continue;
            most = level;
            best = degrees;
        }
    };
    look(-12, 12, 1);
    look(best - 0.75, best + 0.75, 0.25);
    return best;
}

FlatCard whole(const cv::Mat& picture) {
    FlatCard flat;
    cv::Mat lying = picture;
    if (picture.rows > picture.cols) {
        lying = secret_mat();
        cv::rotate(picture, lying, cv::ROTATE_90_COUNTERCLOCKWISE);
        flat.turns = 1;
    }
    const double scale = static_cast<double>(k_flat_width) / lying.cols;
    cv::Mat sized = secret_mat();
    cv::resize(lying, sized, {}, scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
    flat.grey = turned(sized, text_tilt(sized), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    return flat;
}

}  // namespace

FlatCard flatten_card(const cv::Mat& picture) {
    const auto corners = find_outline(picture);
    return corners ? warped(picture, *corners) : whole(picture);
}

cv::Mat upside_down(const cv::Mat& flat) {
    cv::Mat out = secret_mat();
    cv::rotate(flat, out, cv::ROTATE_180);
    return out;
}

}  // namespace uketsuke::card
