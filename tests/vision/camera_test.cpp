#include "vision/camera.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <future>
#include <opencv2/videoio.hpp>
#include <optional>
#include <utility>

#include "tests/vision/support.h"
#include "vision/virtual_camera.h"

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;
constexpr milliseconds patience{5000};  // a deadline, never a delay

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
    camera.show(Scene::of(Scene::Kind::Covered));
    EXPECT_TRUE(comes_to(camera, CameraFault::Blank));
    camera.show(Scene::of(Scene::Kind::Garbled));
    EXPECT_TRUE(comes_to(camera, CameraFault::Garbled));
    camera.show(Scene::of(Scene::Kind::Resizing));
    EXPECT_TRUE(comes_to(camera, CameraFault::Garbled));
    camera.show(Scene::of(Scene::Kind::Absent));
    EXPECT_TRUE(comes_to(camera, CameraFault::NotThere));
    camera.show(Scene::of(Scene::Kind::Silent));
    EXPECT_TRUE(comes_to(camera, CameraFault::NoFrame));
    camera.show(Scene::nobody());
    EXPECT_TRUE(camera.next(patience)) << "an empty room is a picture";
}

TEST(VirtualCamera, NoFrameOfABadSceneIsPassedOn) {
    for (const auto kind :
         {Scene::Kind::White, Scene::Kind::Black, Scene::Kind::Covered, Scene::Kind::Garbled, Scene::Kind::Absent}) {
        VirtualCamera camera(Scene::of(kind), fast());
        for (int i = 0; i < 9; ++i) {
            const auto frame = camera.next(patience);
            ASSERT_FALSE(frame) << static_cast<int>(kind);
            EXPECT_FALSE(frame.error().where.empty());
        }
    }
    VirtualCamera resizing(Scene::of(Scene::Kind::Resizing), fast());
    EXPECT_TRUE(resizing.next(patience)) << "the first size is as good as any";
    for (int i = 0; i < 9; ++i) EXPECT_FALSE(resizing.next(patience));
}

TEST(VirtualCamera, APictureOfAnotherShapeOrTallFrameIsFitted) {
    VirtualCameraOptions tall = fast();
    tall.width = 90;
    tall.height = 161;
    for (const auto& [width, height] : {std::pair{64, 48}, std::pair{33, 999}, std::pair{999, 33}}) {
        VirtualCamera camera(Scene::picture(draw_people({}, width, height)), tall);
        const auto frame = camera.next(patience);
        ASSERT_TRUE(frame) << frame.error().where;
        EXPECT_EQ(frame->image.width, 90);
        EXPECT_EQ(frame->image.height, 161);
    }
    VirtualCamera unsound(Scene::picture({10, 10, PixelFormat::Rgb8, {1, 2, 3}}), tall);
    EXPECT_EQ(unsound.next(patience).error().fault, CameraFault::Garbled);
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

// A film of `frames` pictures, some of them white; false where this OpenCV writes none.
bool write_film(const std::string& file, std::uint32_t frames, bool white) {
    cv::VideoWriter writer(file, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'), 100, cv::Size(160, 120));
    if (!writer.isOpened()) return false;
    for (std::uint32_t i = 0; i < frames; ++i) {
        Appearance person;
        person.take = i;
        Image image = draw_person(person, 160, 120);
        if (white) std::fill(image.pixels.begin(), image.pixels.end(), std::uint8_t{255});
        writer.write(cv::Mat(120, 160, CV_8UC3, image.pixels.data()));
    }
    return true;
}

TEST(VideoFile, AWhiteFilmIsBlankAndNeverAPicture) {
    const test::ScratchDir scratch;
    const std::string file = (scratch.path() / "white.avi").string();
    if (!write_film(file, 4, true)) GTEST_SKIP() << "this OpenCV writes no MJPG films";
    auto camera = open_camera({CameraSource::Kind::File, file});
    ASSERT_TRUE(camera) << camera.error().where;
    for (int i = 0; i < 6; ++i) {
        const auto frame = (*camera)->next(patience);
        ASSERT_FALSE(frame);
        EXPECT_EQ(frame.error().fault, CameraFault::Blank) << frame.error().where;
    }
}

TEST(VideoFile, OneThatBreaksOffIsNotThereFromThenOn) {
    const test::ScratchDir scratch;
    const auto file = scratch.path() / "cut.avi";
    if (!write_film(file.string(), 8, false)) GTEST_SKIP() << "this OpenCV writes no MJPG films";
    for (const double kept : {0.6, 0.3, 0.05, 0.0}) {
        const auto cut = scratch.path() / "part.avi";
        std::filesystem::copy_file(file, cut, std::filesystem::copy_options::overwrite_existing);
        std::filesystem::resize_file(
            cut, static_cast<std::uintmax_t>(kept * static_cast<double>(std::filesystem::file_size(file))));
        CameraSource source{CameraSource::Kind::File, cut.string()};
        source.loop = false;
        auto camera = open_camera(source);
        if (!camera) {
            EXPECT_EQ(camera.error().fault, CameraFault::NotThere);
            continue;
        }
        int frames = 0;
        std::optional<CameraFault> fault;
        while (!fault && frames < 20) {
            const auto frame = (*camera)->next(patience);
            if (!frame) {
                fault = frame.error().fault;
            } else {
                ++frames;
                EXPECT_TRUE(frame->image.sound());
            }
        }
        EXPECT_EQ(fault, CameraFault::NotThere) << kept;
        EXPECT_LE(frames, 8);
    }
}

TEST(VideoFile, BytesThatAreNoFilmAreNotThere) {
    const test::ScratchDir scratch;
    const auto file = scratch.path() / "noise.avi";
    std::vector<std::uint8_t> bytes(5000);
    std::uint32_t state = 7;
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>((state = state * 1664525U + 1013904223U) >> 24U);
    write_file(file, bytes);
    auto camera = open_camera({CameraSource::Kind::File, file.string()});
    if (camera) {
        EXPECT_EQ((*camera)->next(patience).error().fault, CameraFault::NotThere);
    } else {
        EXPECT_EQ(camera.error().fault, CameraFault::NotThere);
    }
}

TEST(PictureFolder, GrayAndColourPicturesOfAnySizeBecomeRgbFrames) {
    const test::ScratchDir scratch;
    write_file(scratch.path() / "1.png", encode_png(to_gray(draw_person({}, 64, 48))).value());
    write_file(scratch.path() / "2.jp2", encode_jp2(draw_person({}, 96, 64), 4000).value());
    CameraSource source{CameraSource::Kind::Pictures, scratch.path().string()};
    source.frames_per_second = 200;
    auto camera = open_camera(source);
    ASSERT_TRUE(camera);
    for (int i = 0; i < 2; ++i) {
        const auto frame = (*camera)->next(patience);
        ASSERT_TRUE(frame) << frame.error().where;
        EXPECT_EQ(frame->image.format, PixelFormat::Rgb8);
        EXPECT_TRUE(frame->image.sound());
    }
}

}  // namespace
}  // namespace uketsuke::vision
