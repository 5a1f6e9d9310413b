// What is held against a frame before anyone sees it.
#include "vision/frame_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/core.hpp>

#include "vision/blank.h"
#include "vision/detail/capture_frame.h"
#include "vision/synthetic.h"

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;

Image flat(std::uint8_t tone) {
    return {64, 48, PixelFormat::Rgb8, std::vector<std::uint8_t>(64 * 48 * 3, tone)};
}

TEST(Blank, WhiteAndBlackAreToldFromOnePicture) {
    EXPECT_EQ(judge(look_at(flat(255))), Blank::White);
    EXPECT_EQ(judge(look_at(flat(0))), Blank::Black);
    EXPECT_EQ(judge(look_at(flat(128))), Blank::No) << "a gray wall is a picture";
    EXPECT_EQ(judge(look_at(draw_people({}, 320, 240))), Blank::No) << "an empty room is a picture";
    Appearance dark;
    dark.light = 0.3;
    EXPECT_EQ(judge(look_at(draw_person(dark, 320, 240))), Blank::No) << "too dark a face is guidance, not a fault";
}

TEST(Blank, AWashedOutPictureIsWhiteEvenWithAFaintFaceLeft) {
    Image faint = draw_person({}, 320, 240);
    for (auto& value : faint.pixels) value = static_cast<std::uint8_t>(std::min(255, value / 8 + 236));
    EXPECT_EQ(judge(look_at(faint)), Blank::White);
    Appearance glare;
    glare.light = 1.8;
    EXPECT_EQ(judge(look_at(draw_person(glare, 320, 240))), Blank::No) << "too bright a face is guidance, not a fault";
    Appearance window;
    window.backlight = 1;
    EXPECT_EQ(judge(look_at(draw_person(window, 320, 240))), Blank::No) << "so is a window behind";
}

TEST(Blank, AFingerOnTheLensIsToldFromADarkRoom) {
    for (const double light : {0.22, 0.3, 0.4}) {
        for (std::uint32_t take = 0; take < 5; ++take) {
            Appearance person;
            person.identity = 1 + take;
            person.light = light;
            person.noise = 5;
            person.take = take;
            EXPECT_EQ(judge(look_at(draw_person(person, 640, 480))), Blank::No) << light;
        }
        Image room = draw_people({}, 640, 480);
        for (auto& value : room.pixels) value = static_cast<std::uint8_t>(value * light);
        EXPECT_EQ(judge(look_at(room)), light * 220 <= BlankLimits{}.covered_mean ? Blank::Covered : Blank::No)
            << "an empty dark wall cannot be told from a finger; whoever comes before it can";
    }
}

TEST(FrameCheck, WhatIsNoPictureIsGarbledAndNothingElseIs) {
    const std::chrono::steady_clock::time_point start{};
    const Image good = draw_person({}, 160, 120);
    FrameCheck check;
    EXPECT_FALSE(check.observe(good, start));
    Image cut = good;
    cut.pixels.pop_back();
    Image gray = to_gray(good);
    Image lies = good;
    lies.width = 1 << 30;
    Image inside_out = good;
    inside_out.width = -160;
    for (const Image& bad : {Image{}, cut, gray, lies, inside_out, draw_person({}, 16, 16)}) {
        const auto fault = check.observe(bad, start);
        ASSERT_TRUE(fault);
        EXPECT_EQ(fault->fault, CameraFault::Garbled) << fault->where;
        EXPECT_FALSE(fault->where.empty());
    }
    EXPECT_FALSE(check.observe(good, start)) << "a bad frame spoils no later one";
}

TEST(FrameCheck, ANewSizeIsToldOnceAndThenUsual) {
    const std::chrono::steady_clock::time_point start{};
    FrameCheck check;
    EXPECT_FALSE(check.observe(draw_person({}, 160, 120), start));
    const auto changed = check.observe(draw_person({}, 120, 160), start);
    ASSERT_TRUE(changed);
    EXPECT_EQ(changed->fault, CameraFault::Garbled);
    EXPECT_NE(changed->where.find("160x120"), std::string::npos);
    EXPECT_FALSE(check.observe(draw_person({}, 120, 160), start));
    check.reset();
    EXPECT_FALSE(check.observe(draw_person({}, 160, 120), start));
}

TEST(FrameCheck, OnlyAFilmMayShowOnePictureForLong) {
    const std::chrono::steady_clock::time_point start{};
    const Image still = draw_person({}, 160, 120);
    FrameCheck sensor;
    FrameCheck film({}, true);
    EXPECT_FALSE(sensor.observe(still, start) || film.observe(still, start));
    const auto frozen = sensor.observe(still, start + milliseconds(2000));
    ASSERT_TRUE(frozen);
    EXPECT_EQ(frozen->fault, CameraFault::Blank);
    EXPECT_FALSE(film.observe(still, start + milliseconds(2000)));
    EXPECT_TRUE(film.observe(flat(255), start)) << "but no white one";
}

TEST(CaptureFrame, GrayAndBgrOfEightBitsArePicturesAndNothingElse) {
    for (const int type : {CV_8UC1, CV_8UC3}) {
        const auto image = detail::from_capture(cv::Mat(48, 64, type, cv::Scalar(10, 20, 30)));
        ASSERT_TRUE(image);
        EXPECT_TRUE(image->sound());
        EXPECT_EQ(image->format, PixelFormat::Rgb8);
        EXPECT_EQ(image->pixels[0], type == CV_8UC3 ? 30 : 10);
    }
    const int cube[] = {4, 4, 4};
    for (const cv::Mat& odd : {cv::Mat(), cv::Mat(48, 64, CV_8UC2), cv::Mat(48, 64, CV_8UC4), cv::Mat(48, 64, CV_16UC1),
                               cv::Mat(48, 64, CV_16UC3), cv::Mat(48, 64, CV_32FC3), cv::Mat(3, cube, CV_8UC1),
                               cv::Mat(0, 64, CV_8UC3), cv::Mat(1, 1 << 20, CV_8UC1)}) {
        const auto image = detail::from_capture(odd);
        ASSERT_FALSE(image);
        EXPECT_FALSE(image.error().empty());
    }
    const cv::Mat large(60, 80, CV_8UC3, cv::Scalar(1, 2, 3));
    const auto part = detail::from_capture(large(cv::Rect(5, 5, 41, 33)));  // rows with a gap between them
    ASSERT_TRUE(part);
    EXPECT_TRUE(part->sound());
    EXPECT_EQ(part->width, 41);
}

TEST(Blank, TheSamePictureIsFrozenOnlyAfterAWhile) {
    BlankDetector detector;
    const std::chrono::steady_clock::time_point start{};
    const Image picture = draw_person({}, 160, 120);
    EXPECT_EQ(detector.observe(picture, start), Blank::No);
    EXPECT_EQ(detector.observe(picture, start + milliseconds(1499)), Blank::No);
    EXPECT_EQ(detector.observe(picture, start + milliseconds(1500)), Blank::Frozen);
    Appearance later;
    later.take = 1;
    EXPECT_EQ(detector.observe(draw_person(later, 160, 120), start + milliseconds(1600)), Blank::No);
    EXPECT_EQ(detector.observe(picture, start + milliseconds(9000)), Blank::No) << "time starts anew";
}

}  // namespace
}  // namespace uketsuke::vision
