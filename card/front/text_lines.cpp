#include "card/front/text_lines.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "card/front/card_outline.h"
#include "card/front/mats.h"

namespace uketsuke::card {
namespace {

int mm(double millimetres) {
    return static_cast<int>(std::lround(millimetres * k_flat_scale));
}

constexpr std::size_t k_most_lines = 60;
constexpr std::size_t k_most_fours = 12;
constexpr std::size_t k_most_pieces = 1500;

struct Letters {
    cv::Mat mask;
    std::vector<cv::Rect> pieces;
};

// Scratches and corners of frames fill little of the box around them.
bool is_a_stroke(const cv::Rect& box, int area) {
    return std::max(box.width, box.height) > mm(2.4) && area * 100 < box.area() * 16;
}

// Pieces of ink of a letter's size, and nothing else.
Letters letters_of(const cv::Mat& ink) {
    cv::Mat labels = secret_mat();
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(count), 0);
    Letters letters{secret_mat(ink.size(), CV_8U), {}};
    for (int i = 1; i < count && letters.pieces.size() < k_most_pieces; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        const int area = stats.at<int>(i, cv::CC_STAT_AREA);
        if (box.width > mm(6) || box.height > mm(5.5) || area < 16 || is_a_stroke(box, area)) continue;
        keep.at(static_cast<std::size_t>(i)) = 255;
        letters.pieces.push_back(box);
    }
    for (int y = 0; y < ink.rows; ++y) {
        const int* label = labels.ptr<int>(y);
        auto* out = letters.mask.ptr<std::uint8_t>(y);
        for (int x = 0; x < ink.cols; ++x) out[x] = keep[static_cast<std::size_t>(label[x])];
    }
    return letters;
}

std::vector<cv::Rect> rows_of(const cv::Mat& letters) {
    cv::Mat joined = secret_mat();
    cv::morphologyEx(letters, joined, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {mm(2.7), 1}));
    cv::Mat labels = secret_mat();
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centroids, 8, CV_32S);
    std::vector<cv::Rect> rows;
    for (int i = 1; i < count && rows.size() < k_most_lines; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        if (box.height >= mm(1) && box.height <= mm(5.5) && box.width >= mm(1.5)) rows.push_back(box);
    }
    return rows;
}

bool on_one_row(const cv::Rect& a, const cv::Rect& b) {
    const int shared = std::min(a.br().y, b.br().y) - std::max(a.y, b.y);
    const int lower = std::min(a.height, b.height);
    const int higher = std::max(a.height, b.height);
    return shared * 10 > lower * 7 && higher * 10 < lower * 18;
}

// A letter that hangs on a scratch was left out, and with it the line fell apart.
std::vector<cv::Rect> bridged(std::vector<cv::Rect> rows) {
    std::sort(rows.begin(), rows.end(), [](const cv::Rect& a, const cv::Rect& b) { return a.x < b.x; });
    std::vector<cv::Rect> lines;
    for (const cv::Rect& row : rows) {
        const auto left = std::find_if(lines.begin(), lines.end(), [&](const cv::Rect& line) {
            return on_one_row(line, row) && row.x - line.br().x < mm(7) && row.br().x > line.br().x;
        });
        if (left == lines.end()) {
            lines.push_back(row);
        } else {
            *left |= row;
        }
    }
    return lines;
}

bool may_be_digit(const cv::Rect& piece) {
    return piece.height >= mm(1.3) && piece.height <= mm(3.6) && piece.width <= piece.height &&
           piece.width * 10 >= piece.height;
}

bool same_height(const cv::Rect& a, const cv::Rect& b) {
    const int slack = std::max(3, a.height * 15 / 100);
    return std::abs(a.y - b.y) <= slack && std::abs(a.br().y - b.br().y) <= slack;
}

std::optional<FourDigits> four_from(const std::vector<cv::Rect>& digits, std::size_t first) {
    FourDigits four{digits[first]};
    std::size_t have = 1;
    for (std::size_t i = first + 1; i < digits.size() && have < 4; ++i) {
        const cv::Rect& last = four.at(have - 1);
        const int gap = digits[i].x - last.br().x;
        if (gap > last.height) break;
        if (gap < -2 || !same_height(four[0], digits[i])) continue;
        four.at(have++) = digits[i];
    }
    if (have < 4) return std::nullopt;
    return four;
}

// A fifth letter on the same row makes it a part of something longer.
bool stands_alone(const FourDigits& four, const std::vector<cv::Rect>& pieces) {
    cv::Rect around = four[0] | four[3];
    const int height = around.height;
    const cv::Rect near(around.x - height * 9 / 10, around.y, around.width + height * 18 / 10, height);
    return std::none_of(pieces.begin(), pieces.end(), [&](const cv::Rect& piece) {
        if (std::find(four.begin(), four.end(), piece) != four.end()) return false;
        const cv::Rect shared = piece & near;
        return shared.height * 10 > height * 4 && shared.width * 10 > height;
    });
}

// A neighbour that hangs on a scratch is no piece of its own, but its ink is there: more than a frame or a scratch has.
bool has_neighbour(const FourDigits& four, const cv::Mat& ink) {
    const cv::Rect around = four[0] | four[1] | four[2] | four[3];
    const int width = around.height * 7 / 10;
    const int gap = 2;
    const cv::Rect all(0, 0, ink.cols, ink.rows);
    for (const int x : {around.x - gap - width, around.br().x + gap}) {
        const cv::Rect beside = cv::Rect(x, around.y, width, around.height) & all;
        if (!beside.empty() && cv::countNonZero(ink(beside)) * 5 > beside.area()) return true;
    }
    return false;
}

// The year of a date whose next word has faded stands alone, too; but something follows it in its line.
bool is_in_the_middle(const FourDigits& four, const std::vector<cv::Rect>& lines) {
    const cv::Rect around = four[0] | four[1] | four[2] | four[3];
    return std::any_of(lines.begin(), lines.end(), [&](const cv::Rect& line) {
        const cv::Rect shared = line & around;
        return shared.area() * 10 > around.area() * 6 && line.br().x - around.br().x > around.height;
    });
}

std::vector<FourDigits> fours_of(const std::vector<cv::Rect>& pieces, const cv::Mat& ink,
                                 const std::vector<cv::Rect>& lines) {
    std::vector<cv::Rect> digits;
    std::copy_if(pieces.begin(), pieces.end(), std::back_inserter(digits), may_be_digit);
    std::sort(digits.begin(), digits.end(), [](const cv::Rect& a, const cv::Rect& b) { return a.x < b.x; });
    std::vector<FourDigits> fours;
    for (std::size_t i = 0; i < digits.size() && fours.size() < k_most_fours; ++i) {
        const auto four = four_from(digits, i);
        if (!four || !stands_alone(*four, pieces) || has_neighbour(*four, ink)) continue;
        if (!is_in_the_middle(*four, lines)) fours.push_back(*four);
    }
    return fours;
}

}  // namespace

cv::Mat ink_mask(const cv::Mat& flat) {
    cv::Mat depth = secret_mat();
    cv::Mat smooth = secret_mat();
    cv::GaussianBlur(flat, smooth, {5, 5}, 0);
    cv::morphologyEx(smooth, depth, cv::MORPH_BLACKHAT, cv::getStructuringElement(cv::MORPH_RECT, {19, 19}));
    cv::Mat ink = secret_mat();
    const double split = cv::threshold(depth, ink, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    cv::threshold(depth, ink, std::clamp(split, 22.0, 60.0), 255, cv::THRESH_BINARY);
    return ink;
}

Writing find_writing(const cv::Mat& flat) {
    const cv::Mat ink = ink_mask(flat);
    const Letters letters = letters_of(ink);
    std::vector<cv::Rect> lines = bridged(rows_of(letters.mask));
    std::vector<FourDigits> fours = fours_of(letters.pieces, ink, lines);
    return {std::move(lines), std::move(fours)};
}

}  // namespace uketsuke::card
