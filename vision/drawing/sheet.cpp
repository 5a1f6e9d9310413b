#include "vision/drawing/sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace uketsuke::vision::drawing {
namespace {

constexpr double radians = std::numbers::pi / 180;

cv::Matx33d rotation(const SheetPose& pose) {
    const double cy = std::cos(pose.yaw_deg * radians);
    const double sy = std::sin(pose.yaw_deg * radians);
    const double cp = std::cos(pose.pitch_deg * radians);
    const double sp = std::sin(pose.pitch_deg * radians);
    const double cr = std::cos(pose.roll_deg * radians);
    const double sr = std::sin(pose.roll_deg * radians);
    // A face on the sheet looks to −z; turned by a positive yaw it looks to +x: its right edge goes away.
    const cv::Matx33d yaw(cy, 0, -sy, 0, 1, 0, sy, 0, cy);
    const cv::Matx33d pitch(1, 0, 0, 0, cp, -sp, 0, sp, cp);
    const cv::Matx33d roll(cr, -sr, 0, sr, cr, 0, 0, 0, 1);
    return roll * pitch * yaw;
}

cv::Point2f seen(const cv::Rect2d& picture, const SheetPose& pose, const cv::Matx33d& turn, cv::Vec3d place) {
    if (pose.bend_cm > 0) {
        const double angle = place[0] / pose.bend_cm;
        // The middle stays nearest to the camera.
        place = {pose.bend_cm * std::sin(angle), place[1], pose.bend_cm * (1 - std::cos(angle))};
    }
    const cv::Vec3d at = turn * place + cv::Vec3d(pose.x, pose.y, pose.z);
    const double depth = std::max(at[2], 1.0);
    return cv::Point2f(cv::Point2d(picture.width / 2 + focal_pixels * at[0] / depth,
                                   picture.height / 2 + focal_pixels * at[1] / depth));
}

void paint_strip(cv::Mat& rgb, const Sheet& sheet, const SheetPose& pose, const cv::Matx33d& turn, int left,
                 int right) {
    const cv::Rect2d picture(0, 0, rgb.cols, rgb.rows);
    const std::array<cv::Point2f, 4> from{cv::Point2f(cv::Point(left, 0)), cv::Point2f(cv::Point(right, 0)),
                                          cv::Point2f(cv::Point(right, sheet.rgb.rows)),
                                          cv::Point2f(cv::Point(left, sheet.rgb.rows))};
    std::array<cv::Point2f, 4> to;
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Point2d place = (cv::Point2d(from[i]) - sheet.centre) * sheet.cm_per_pixel;
        to[i] = seen(picture, pose, turn, {place.x, place.y, 0});
    }
    const std::vector<cv::Point2f> outline(to.begin(), to.end());
    const cv::Rect area = cv::boundingRect(outline) & cv::Rect(0, 0, rgb.cols, rgb.rows);
    if (area.empty()) return;
    for (auto& point : to) point -= cv::Point2f(area.tl());
    const cv::Mat map = cv::getPerspectiveTransform(from.data(), to.data());
    cv::Mat shown;
    cv::warpPerspective(sheet.rgb, shown, map, area.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    cv::Mat mask(area.size(), CV_8UC1, cv::Scalar(0));
    std::vector<cv::Point> corners;
    for (const auto& point : to) corners.emplace_back(cv::Point2f(point * 16.0F));
    cv::fillConvexPoly(mask, corners, cv::Scalar(255), cv::LINE_AA, 4);
    if (!sheet.alpha.empty()) {
        cv::Mat alpha;
        cv::warpPerspective(sheet.alpha, alpha, map, area.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT);
        cv::multiply(mask, alpha, mask, 1.0 / 255);
    }
    cv::Mat part = rgb(area);
    for (int row = 0; row < part.rows; ++row) {
        auto* below = part.ptr<cv::Vec3b>(row);
        const auto* above = shown.ptr<cv::Vec3b>(row);
        const auto* share = mask.ptr<std::uint8_t>(row);
        for (int column = 0; column < part.cols; ++column)
            for (int c = 0; c < 3; ++c)
                below[column][c] = static_cast<std::uint8_t>(
                    (below[column][c] * (255 - share[column]) + above[column][c] * share[column] + 127) / 255);
    }
}

}  // namespace

void paint_sheet(cv::Mat& rgb, const Sheet& sheet, const SheetPose& pose) {
    const cv::Matx33d turn = rotation(pose);
    if (pose.bend_cm <= 0) return paint_strip(rgb, sheet, pose, turn, 0, sheet.rgb.cols);
    constexpr int strips = 24;
    // Paper bent beyond a quarter turn hides itself.
    const double reach = 0.45 * std::numbers::pi * pose.bend_cm / sheet.cm_per_pixel;
    const int first = std::max(0, static_cast<int>(sheet.centre.x - reach));
    const int last = std::min(sheet.rgb.cols, static_cast<int>(sheet.centre.x + reach));
    const auto edge = [&](int i) { return first + (last - first) * i / strips; };
    // The far ones first: which they are the turn tells.
    for (int i = 0; i < strips; ++i) {
        const int strip = pose.yaw_deg > 0 ? strips - 1 - i : i;
        paint_strip(rgb, sheet, pose, turn, edge(strip), std::min(edge(strip + 1) + 1, sheet.rgb.cols));
    }
}

}  // namespace uketsuke::vision::drawing
