#include "vision/camera.h"

#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <opencv2/videoio.hpp>

#include "tests/vision/support.h"
#include "vision/blank.h"
#include "vision/virtual_camera.h"

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds patience{5000};  // a deadline, never a delay

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

VirtualCameraOptions fast() {
    VirtualCameraOptions options;
    options.width = 160;
    options.height = 120;
    options.frames_per_second = 200;
    options.blank.frozen_after = milliseconds(40);
    return options;
}

// The first fault of that kind within the deadline.
bool comes_to(Camera& camera, CameraFault fault) {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (std::chrono::steady_clock::now() < until) {
        const auto frame = camera.next(milliseconds(200));
        if (!frame && frame.error().fault == fault) return true;
    }
    return false;
}

TEST(VirtualCamera, FramesOfAPersonRiseInNumberAndDiffer) {
    VirtualCamera camera(Scene::person(4), fast());
    const auto first = camera.next(patience);
    const auto second = camera.next(patience);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->image.width, 160);
    EXPECT_EQ(first->image.format, PixelFormat::Rgb8);
    EXPECT_EQ(second->sequence, first->sequence + 1);
    EXPECT_GE(second->taken, first->taken);
    EXPECT_NE(first->image.pixels, second->image.pixels);
}

TEST(VirtualCamera, FramesComeNoFasterThanTheRate) {
    VirtualCameraOptions options = fast();
    options.frames_per_second = 50;
    VirtualCamera camera(Scene::person(4), options);
    const auto first = camera.next(patience);
    for (int i = 0; i < 4; ++i) ASSERT_TRUE(camera.next(patience));
    const auto last = camera.next(patience);
    ASSERT_TRUE(first && last);
    EXPECT_GE(last->taken - first->taken, milliseconds(99));
}

TEST(VirtualCamera, EveryFaultIsToldAndGoesAwayWithItsScene) {
    VirtualCamera camera(Scene::person(4), fast());
    ASSERT_TRUE(camera.next(patience));
    camera.show(Scene::of(Scene::Kind::White));
    EXPECT_TRUE(comes_to(camera, CameraFault::Blank));
    camera.show(Scene::of(Scene::Kind::Black));
    EXPECT_TRUE(comes_to(camera, CameraFault::Blank));
    camera.show(Scene::of(Scene::Kind::Frozen));
    EXPECT_TRUE(comes_to(camera, CameraFault::Blank));
    camera.show(Scene::of(Scene::Kind::Absent));
    EXPECT_TRUE(comes_to(camera, CameraFault::NotThere));
    camera.show(Scene::of(Scene::Kind::Silent));
    EXPECT_TRUE(comes_to(camera, CameraFault::NoFrame));
    camera.show(Scene::nobody());
    EXPECT_TRUE(camera.next(patience)) << "an empty room is a picture";
}

TEST(VirtualCamera, AStillIsShownWithLivingNoise) {
    VirtualCamera camera(Scene::picture(draw_card_portrait(2)), fast());
    const auto first = camera.next(patience);
    const auto second = camera.next(patience);
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->image.pixels, second->image.pixels);
}

TEST(VirtualCamera, CloseWakesAWaitingReader) {
    VirtualCamera camera(Scene::of(Scene::Kind::Silent), fast());
    auto waiting = std::async(std::launch::async, [&] { return camera.next(milliseconds(60'000)); });
    camera.close();
    ASSERT_EQ(waiting.wait_for(patience), std::future_status::ready);
    EXPECT_EQ(waiting.get().error().fault, CameraFault::Closed);
}

TEST(VirtualCamera, ANewSceneWakesAWaitingReader) {
    VirtualCamera camera(Scene::of(Scene::Kind::Silent), fast());
    auto waiting = std::async(std::launch::async, [&] { return camera.next(milliseconds(60'000)); });
    camera.show(Scene::person(1));
    ASSERT_EQ(waiting.wait_for(patience), std::future_status::ready);
    EXPECT_TRUE(waiting.get());
}

void write_file(const std::filesystem::path& path, const std::vector<std::uint8_t>& bytes) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

TEST(PictureFolder, CyclesInTheOrderOfNames) {
    const test::ScratchDir scratch;
    const Image a = draw_person({}, 64, 48);
    const Image b = draw_people({}, 64, 48);
    write_file(scratch.path() / "1.png", encode_png(a).value());
    write_file(scratch.path() / "2.png", encode_png(b).value());
    write_file(scratch.path() / "notes.txt", {'x'});
    CameraSource source{CameraSource::Kind::Pictures, scratch.path().string()};
    source.frames_per_second = 200;
    auto camera = open_camera(source);
    ASSERT_TRUE(camera) << camera.error().where;
    for (const Image* expected : {&a, &b, &a}) {
        const auto frame = (*camera)->next(patience);
        ASSERT_TRUE(frame) << frame.error().where;
        EXPECT_EQ(frame->image.pixels, expected->pixels);
    }
    (*camera)->close();
    EXPECT_EQ((*camera)->next(patience).error().fault, CameraFault::Closed);
}

TEST(PictureFolder, EndsWhenItDoesNotLoop) {
    const test::ScratchDir scratch;
    write_file(scratch.path() / "1.png", encode_png(draw_people({}, 64, 48)).value());
    CameraSource source{CameraSource::Kind::Pictures, scratch.path().string()};
    source.loop = false;
    source.frames_per_second = 200;
    auto camera = open_camera(source);
    ASSERT_TRUE(camera);
    EXPECT_TRUE((*camera)->next(patience));
    EXPECT_EQ((*camera)->next(patience).error().fault, CameraFault::NotThere);
}

TEST(PictureFolder, ADamagedPictureIsNamed) {
    const test::ScratchDir scratch;
    write_file(scratch.path() / "1.png", {1, 2, 3});
    auto camera = open_camera({CameraSource::Kind::Pictures, scratch.path().string()});
    ASSERT_TRUE(camera);
    const auto frame = (*camera)->next(patience);
    ASSERT_FALSE(frame);
    EXPECT_NE(frame.error().where.find("1.png"), std::string::npos);
}

TEST(OpenCamera, WhatIsNotThereIsNamed) {
    for (const auto kind : {CameraSource::Kind::Device, CameraSource::Kind::File, CameraSource::Kind::Pictures}) {
        const auto camera = open_camera({kind, "/nowhere/camera"});
        ASSERT_FALSE(camera);
        EXPECT_EQ(camera.error().fault, CameraFault::NotThere);
        EXPECT_NE(camera.error().where.find("/nowhere/camera"), std::string::npos);
    }
    EXPECT_FALSE(open_camera({CameraSource::Kind::Device, ""}));
}

TEST(VideoFile, PlaysAndStartsOver) {
    const test::ScratchDir scratch;
    const std::string file = (scratch.path() / "film.avi").string();
    {
        cv::VideoWriter writer(file, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 100, cv::Size(160, 120));
        if (!writer.isOpened()) GTEST_SKIP() << "this OpenCV writes no MJPG films";
        for (std::uint32_t i = 0; i < 3; ++i) {
            Appearance person;
            person.take = i;
            Image image = draw_person(person, 160, 120);
            writer.write(cv::Mat(120, 160, CV_8UC3, image.pixels.data()));
        }
    }
    auto camera = open_camera({CameraSource::Kind::File, file});
    ASSERT_TRUE(camera) << camera.error().where;
    for (std::uint64_t i = 1; i <= 8; ++i) {
        const auto frame = (*camera)->next(patience);
        ASSERT_TRUE(frame) << i << ": " << frame.error().where;
        EXPECT_EQ(frame->sequence, i);
        EXPECT_EQ(frame->image.width, 160);
    }
}

}  // namespace
}  // namespace uketsuke::vision
