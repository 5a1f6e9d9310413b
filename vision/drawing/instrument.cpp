#include "vision/drawing/instrument.h"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "vision/detail/cv_image.h"
#include "vision/drawing/actor.h"

namespace uketsuke::vision::drawing {
namespace {

constexpr int frame_width = 640;
constexpr int frame_height = 480;

cv::Point2d middle_of_eyes(const FivePoints& points) {
    return {(points.left_eye.x + points.right_eye.x) / 2, (points.left_eye.y + points.right_eye.y) / 2};
}

double eye_distance(const FivePoints& points) {
    return std::max(8.0, std::hypot(points.right_eye.x - points.left_eye.x, points.right_eye.y - points.left_eye.y));
}

// The face's surroundings cut out of the picture, in eye distances about the middle of the face.
Sheet cut(const Image& picture, const FivePoints& points, double eye_cm, double half_width, double above,
          double below) {
    const double eyes = eye_distance(points);
    const cv::Point2d middle = middle_of_eyes(points) + cv::Point2d(0, 0.55 * eyes);
    const cv::Rect area = cv::Rect(cv::Point(cv::Point2d(middle.x - half_width * eyes, middle.y - above * eyes)),
                                   cv::Point(cv::Point2d(middle.x + half_width * eyes, middle.y + below * eyes))) &
                          cv::Rect(0, 0, picture.width, picture.height);
    Sheet sheet;
    const cv::Mat part = detail::view_of(picture)(area);
    if (part.channels() == 1)
        cv::cvtColor(part, sheet.rgb, cv::COLOR_GRAY2RGB);
    else
        sheet.rgb = part.clone();
    sheet.cm_per_pixel = eye_cm / eyes;
    sheet.eye_cm = eye_cm;
    sheet.centre = middle - cv::Point2d(area.tl());
    return sheet;
}

void add_border(Sheet& sheet, double cm, const cv::Scalar& colour) {
    const int pixels = std::max(1, static_cast<int>(std::lround(cm / sheet.cm_per_pixel)));
    cv::Mat larger;
    cv::copyMakeBorder(sheet.rgb, larger, pixels, pixels, pixels, pixels, cv::BORDER_CONSTANT, colour);
    detail::wipe(sheet.rgb);
    sheet.rgb = larger;
    sheet.centre += cv::Point2d(pixels, pixels);
}

cv::Mat plain_room() {
    const Image room = draw_people({}, frame_width, frame_height, 0, 0);
    return detail::view_of(room).clone();
}

}  // namespace

cv::Mat furnished_room(std::uint32_t seed) {
    cv::Mat rgb = plain_room();
    if (seed % 2 == 0) return rgb;
    Chance chance(seed + 77);
    const auto box = [&](double x, double y, double w, double h, const cv::Scalar& colour) {
        cv::rectangle(rgb, cv::Rect(cv::Point(cv::Point2d(x, y)), cv::Size(cv::Size2d(w, h))), colour, cv::FILLED);
    };
    const double door = chance.between(20, 90);
    box(door, 30, 110, 450, {150, 120, 95});
    box(door + 8, 38, 94, 442, {172, 142, 112});
    for (int poster = 0; poster < 2; ++poster) {
        const double x = chance.between(440, 520);
        const double y = 30 + 190 * poster;
        box(x, y, 95, 130, {235, 235, 230});
        for (int line = 0; line < 9; ++line)
            box(x + 8, y + 10 + 13 * line, chance.between(30, 78), chance.between(3, 8),
                {chance.between(20, 200), chance.between(20, 200), chance.between(20, 200)});
    }
    box(0, 150, 640, 4, {165, 170, 172});
    cv::GaussianBlur(rgb, rgb, cv::Size(), 1.0);
    return rgb;
}

void paint_person_over(cv::Mat& rgb, const Appearance& person) {
    static const cv::Mat k_room = plain_room();
    Image drawn = draw_people({&person, 1}, frame_width, frame_height, 0, 0);
    cv::Mat over = detail::view_of(drawn);
    cv::Mat differs;
    cv::absdiff(over, k_room, differs);
    for (int row = 0; row < rgb.rows; ++row) {
        const auto* apart = differs.ptr<cv::Vec3b>(row);
        const auto* from = over.ptr<cv::Vec3b>(row);
        auto* to = rgb.ptr<cv::Vec3b>(row);
        for (int column = 0; column < rgb.cols; ++column)
            if (apart[column] != cv::Vec3b(0, 0, 0)) to[column] = from[column];
    }
    wipe(drawn);
}

Image sensed(const cv::Mat& rgb, double light, std::uint32_t take) {
    Image image = detail::from_rgb(rgb);
    std::uint32_t state = take * 2654435761U + 12345U;
    const int gain = static_cast<int>(std::lround(std::clamp(light, 0.0, 4.0) * 256));
    for (std::size_t i = 0; i + 2 < image.pixels.size(); i += 3) {
        state ^= state << 13U;
        state ^= state >> 17U;
        state ^= state << 5U;
        // Triangular, standard deviation about 1.6 levels.
        const int noise = static_cast<int>((state & 7U) + (state >> 8U & 3U)) - 5;
        for (std::size_t c = 0; c < 3; ++c)
            image.pixels[i + c] =
                static_cast<std::uint8_t>(std::clamp(image.pixels[i + c] * gain / 256 + noise / 2, 0, 255));
    }
    return image;
}

FivePoints points_of_portrait() {
    const double unit = 0.2 * 360 * 1.45;
    const auto at = [&](double x, double y) { return Point{240 + x * unit, 320 + (y - 0.30) * unit}; };
    return {at(-0.42, 0), at(0.42, 0), at(0, 0.52), at(-0.3, 0.95), at(0.3, 0.95), true};
}

Sheet print(const Image& picture, const FivePoints& points) {
    Sheet sheet = cut(picture, points, 6.3, 1.7, 2.0, 2.2);
    add_border(sheet, 0.5, {240, 240, 236});
    return sheet;
}

Sheet cut_out(const Image& picture, const FivePoints& points) {
    Sheet sheet = cut(picture, points, 6.3, 1.15, 1.75, 1.45);
    sheet.alpha = cv::Mat(sheet.rgb.size(), CV_8UC1, cv::Scalar(0));
    cv::ellipse(sheet.alpha, cv::Point(sheet.rgb.cols / 2, sheet.rgb.rows / 2),
                cv::Size(sheet.rgb.cols / 2 - 1, sheet.rgb.rows / 2 - 1), 0, 0, 360, cv::Scalar(255), cv::FILLED,
                cv::LINE_AA);
    return sheet;
}

Sheet telephone(const Image& picture, const FivePoints& points, std::uint32_t seed) {
    const bool tablet = seed % 2 == 0;
    Sheet sheet = cut(picture, points, tablet ? 5.5 : 3.0, tablet ? 1.7 : 1.25, 1.9, 2.0);
    // Some two and a half dots of the screen for one of the camera's: the grids beat.
    const double finer = 2.5 * 80 / eye_distance(points);
    cv::resize(sheet.rgb, sheet.rgb, cv::Size(), finer, finer, cv::INTER_LINEAR);
    sheet.cm_per_pixel /= finer;
    sheet.centre *= finer;
    for (int row = 0; row < sheet.rgb.rows; ++row) {
        auto* pixels = sheet.rgb.ptr<cv::Vec3b>(row);
        for (int column = 0; column < sheet.rgb.cols; ++column) {
            const double gap = row % 3 == 0 || column % 3 == 0 ? 0.94 : 1.03;
            for (int c = 0; c < 3; ++c)
                pixels[column][c] = cv::saturate_cast<std::uint8_t>((14 + 0.98 * pixels[column][c]) * gap);
        }
    }
    cv::Mat shine(sheet.rgb.size(), CV_8UC3, cv::Scalar(0, 0, 0));
    cv::ellipse(shine, cv::Point(sheet.rgb.cols / 5, sheet.rgb.rows / 6),
                cv::Size(sheet.rgb.cols / 10, sheet.rgb.rows / 14), 25, 0, 360, cv::Scalar(70, 74, 80), cv::FILLED);
    cv::blur(shine, shine, cv::Size(sheet.rgb.cols / 12 + 1, sheet.rgb.cols / 12 + 1));
    sheet.rgb += shine;
    add_border(sheet, tablet ? 1.2 : 0.5, {18, 18, 20});
    return sheet;
}

void drag_nose(Image& picture, const FivePoints& points, double offset) {
    const double eyes = eye_distance(points);
    const double reach = 0.38 * eyes;
    cv::Mat shown = detail::view_of(picture);
    cv::Mat x(shown.size(), CV_32FC1);
    cv::Mat y(shown.size(), CV_32FC1);
    for (int row = 0; row < shown.rows; ++row)
        for (int column = 0; column < shown.cols; ++column) {
            const double far =
                (std::pow(column - points.nose.x, 2) + std::pow(row - points.nose.y, 2)) / (2 * reach * reach);
            x.at<float>(row, column) = static_cast<float>(column - offset * eyes * std::exp(-far));
            y.at<float>(row, column) = static_cast<float>(row);
        }
    cv::Mat dragged;
    cv::remap(shown, dragged, x, y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    dragged.copyTo(shown);
    detail::wipe(dragged);
}

}  // namespace uketsuke::vision::drawing
