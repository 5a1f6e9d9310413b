#include <fstream>
#include <map>

#include "tests/vision/support.h"
#include "vision/synthetic.h"
#include "vision/verdict.h"
#include "vision/virtual_camera.h"

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;

class Engine : public test::WithEngine {
  protected:
    Reference card_of(std::uint32_t identity) {
        const auto jp2 = encode_chip_photo(draw_card_portrait(identity));
        EXPECT_TRUE(jp2);
        const auto photo = decode_photo(*jp2);
        EXPECT_TRUE(photo);
        auto reference = m_engine->enroll(*photo);
        EXPECT_TRUE(reference) << (reference ? "" : reference.error().where);
        return reference ? std::move(*reference) : Reference{};
    }
    // A person before the kiosk until the verdict, frame by frame at 15 a second.
    Verdict verify(const Reference& card, std::uint32_t live, const OperatingPoint& at) {
        m_engine->reset();
        Verifier verifier(at);
        Appearance person;
        person.identity = live;
        for (int frame = 0; frame < 60; ++frame) {
            const Image image = draw_person(animate(person, milliseconds(frame * 66)), 640, 480);
            const auto seen = m_engine->analyse(image, Depth::Identity);
            const auto distance =
                seen.embedding ? std::optional(m_engine->distance(card, *seen.embedding)) : std::nullopt;
            const auto progress = verifier.observe(distance, seen.guidance);
            if (progress.verdict != Verdict::Undecided) return progress.verdict;
        }
        return Verdict::Undecided;
    }
};

TEST_F(Engine, FindsDrawnPersonsAtEveryTurnAndFollowsIt) {
    int found = 0;
    int all = 0;
    for (std::uint32_t id = 1; id <= 8; ++id) {
        double yaw_left = 0;
        double yaw_right = 0;
        for (const double yaw : {-14.0, 0.0, 14.0}) {
            Appearance person;
            person.identity = id;
            person.yaw_deg = yaw;
            m_engine->reset();
            const auto seen = m_engine->analyse(draw_person(person, 640, 480), Depth::FaceOnly);
            ++all;
            found += seen.measure.faces == 1 ? 1 : 0;
            if (yaw < 0) yaw_left = seen.measure.yaw_deg;
            if (yaw > 0) yaw_right = seen.measure.yaw_deg;
            EXPECT_NEAR(seen.box.left + seen.box.width / 2, 320, 70);
        }
        EXPECT_GT(yaw_right - yaw_left, 12) << "identity " << id;
    }
    EXPECT_EQ(found, all);
}

TEST_F(Engine, GivesEachReasonForAFrameThatShowsIt) {
    const auto guidance_of = [&](const Appearance& person) {
        m_engine->reset();
        return m_engine->analyse(draw_person(person, 640, 480), Depth::FaceOnly).guidance;
    };
    Appearance person;
    person.identity = 2;
    EXPECT_EQ(guidance_of(person), Guidance::Ok);
    const auto with = [&](auto change) {
        Appearance changed = person;
        change(changed);
        return guidance_of(changed);
    };
    EXPECT_EQ(with([](Appearance& a) { a.scale = 0.36; }), Guidance::TooFar);
    EXPECT_EQ(with([](Appearance& a) { a.scale = 1.9, a.offset_y = 0.03; }), Guidance::TooNear);
    EXPECT_EQ(with([](Appearance& a) { a.offset_x = 0.3; }), Guidance::OffCentre);
    EXPECT_EQ(with([](Appearance& a) { a.yaw_deg = 27; }), Guidance::Turned);
    EXPECT_EQ(with([](Appearance& a) { a.roll_deg = 24; }), Guidance::Turned);
    EXPECT_EQ(with([](Appearance& a) { a.light = 0.28; }), Guidance::TooDark);
    EXPECT_EQ(with([](Appearance& a) { a.light = 2.4; }), Guidance::TooBright);
    EXPECT_EQ(with([](Appearance& a) { a.blur = 5; }), Guidance::Blurred);

    m_engine->reset();
    EXPECT_EQ(m_engine->analyse(draw_people({}, 640, 480), Depth::Identity).guidance, Guidance::NoFace);
    std::vector<Appearance> two(2, person);
    two[0].offset_x = -0.2;
    two[1].offset_x = 0.2;
    two[1].identity = 4;
    EXPECT_EQ(m_engine->analyse(draw_people(two, 640, 480), Depth::FaceOnly).guidance, Guidance::SeveralFaces);
    EXPECT_EQ(m_engine->analyse({}, Depth::Identity).guidance, Guidance::NoFace);
}

TEST_F(Engine, TracksTheFaceBetweenFramesAndForgetsItOnReset) {
    const Image image = draw_person({}, 640, 480);
    EXPECT_FALSE(m_engine->analyse(image, Depth::FaceOnly).tracked);
    const auto second = m_engine->analyse(image, Depth::FaceOnly);
    EXPECT_TRUE(second.tracked);
    m_engine->reset();
    const auto anew = m_engine->analyse(image, Depth::FaceOnly);
    EXPECT_FALSE(anew.tracked);
    EXPECT_NEAR(anew.points.nose.x, second.points.nose.x, 4);
    EXPECT_NEAR(anew.points.nose.y, second.points.nose.y, 4);
}

TEST_F(Engine, ANewcomerBesideATrackedFaceIsNoticedWithinAFewFrames) {
    std::vector<Appearance> people(1);
    people[0].identity = 2;
    people[0].offset_x = -0.2;
    for (int i = 0; i < 3; ++i) m_engine->analyse(draw_people(people, 640, 480), Depth::FaceOnly);
    people.push_back(people[0]);
    people[1].identity = 4;
    people[1].offset_x = 0.2;
    Guidance last = Guidance::Ok;
    for (int i = 0; i < 8 && last != Guidance::SeveralFaces; ++i)
        last = m_engine->analyse(draw_people(people, 640, 480), Depth::FaceOnly).guidance;
    EXPECT_EQ(last, Guidance::SeveralFaces);
}

TEST_F(Engine, NoEmbeddingIsMadeUnlessAskedForAndUsable) {
    Appearance turned;
    turned.yaw_deg = 27;
    EXPECT_FALSE(m_engine->analyse(draw_person({}, 640, 480), Depth::FaceOnly).embedding);
    m_engine->reset();
    EXPECT_FALSE(m_engine->analyse(draw_person(turned, 640, 480), Depth::Identity).embedding);
    EXPECT_TRUE(m_engine->analyse_still(draw_person(turned, 640, 480), Depth::IdentityAlways).embedding);
}

TEST_F(Engine, TheSamePictureIsNearItselfAndSoIsItsMirrorImage) {
    const Image portrait = draw_card_portrait(9);
    const auto card = m_engine->enroll(portrait);
    ASSERT_TRUE(card);
    const auto same = m_engine->analyse_still(portrait, Depth::IdentityAlways);
    const auto turned = m_engine->analyse_still(mirrored(portrait), Depth::IdentityAlways);
    ASSERT_TRUE(same.embedding && turned.embedding);
    // Not 0: a card's photo is looked at more carefully than a live one.
    EXPECT_LT(m_engine->distance(*card, *same.embedding), point(1e-2, Use::Demo).threshold);
    const auto again = m_engine->enroll(portrait);
    ASSERT_TRUE(again);
    EXPECT_NEAR(m_engine->distance(*card, again->embedding), 0, 1e-6);
    EXPECT_LT(m_engine->distance(*card, *turned.embedding), point(1e-2, Use::Demo).threshold);
}

TEST_F(Engine, AMirroredOrEnlargedFrameStaysNearItself) {
    for (std::uint32_t id = 1; id <= 6; ++id) {
        Appearance person;
        person.identity = id;
        const Image frame = draw_person(person, 640, 480);
        const auto card = m_engine->enroll(frame);
        ASSERT_TRUE(card);
        for (const Image& other : {mirrored(frame), resized(frame, 960, 720), resized(frame, 480, 360)}) {
            m_engine->reset();
            const auto seen = m_engine->analyse(other, Depth::IdentityAlways);
            ASSERT_TRUE(seen.embedding);
            EXPECT_LT(m_engine->distance(*card, *seen.embedding), point(1e-2, Use::Demo).threshold)
                << "identity " << id;
        }
    }
}

TEST_F(Engine, HeadsTurnedByTwentyFiveDegreesAreStillFoundAndTracked) {
    for (std::uint32_t id = 1; id <= 6; ++id) {
        m_engine->reset();
        for (double yaw = 0; yaw <= 25; yaw += 5) {
            Appearance person;
            person.identity = id;
            person.yaw_deg = id % 2 == 0 ? yaw : -yaw;
            EXPECT_EQ(m_engine->analyse(draw_person(person, 640, 480), Depth::FaceOnly).measure.faces, 1)
                << "identity " << id << " yaw " << person.yaw_deg;
        }
    }
}

TEST_F(Engine, ADrawnPersonIsAcceptedThroughTheChipsJp2AndOthersAreRefused) {
    const OperatingPoint at = point(1e-2, Use::Demo);
    ASSERT_EQ(at.use, Use::Demo);
    constexpr std::uint32_t people = 8;
    int accepted = 0;
    int strangers_accepted = 0;
    int strangers = 0;
    for (std::uint32_t card = 1; card <= people; ++card) {
        const Reference reference = card_of(card);
        accepted += verify(reference, card, at) == Verdict::Match ? 1 : 0;
        for (const std::uint32_t live : {card % people + 1, (card + 2) % people + 1, (card + 5) % people + 1}) {
            if (live == card) continue;
            ++strangers;
            strangers_accepted += verify(reference, live, at) == Verdict::Match ? 1 : 0;
        }
    }
    EXPECT_GE(accepted, 7) << "of " << people;
    EXPECT_LE(strangers_accepted, 1) << "of " << strangers;
}

TEST_F(Engine, AVirtualCamerasPersonReachesAVerdict) {
    VirtualCameraOptions options;
    options.frames_per_second = 200;
    VirtualCamera camera(Scene::person(3), options);
    const Reference card = card_of(3);
    Verifier verifier(point(1e-2, Use::Demo));
    for (int i = 0; i < 60 && verifier.progress().verdict == Verdict::Undecided; ++i) {
        const auto frame = camera.next(milliseconds(5000));
        ASSERT_TRUE(frame) << frame.error().where;
        const auto seen = m_engine->analyse(frame->image, Depth::Identity);
        if (seen.embedding) verifier.observe(m_engine->distance(card, *seen.embedding), seen.guidance);
    }
    EXPECT_EQ(verifier.progress().verdict, Verdict::Match);
}

TEST_F(Engine, ACardPhotoWithoutAFaceIsAnError) {
    const auto reference = m_engine->enroll(draw_people({}, 240, 320));
    ASSERT_FALSE(reference);
    EXPECT_EQ(reference.error().fault, Fault::NoFace);
    EXPECT_FALSE(m_engine->enroll(Image{}));
}

TEST_F(Engine, ASmallCardPhotoIsEnlarged) {
    const auto jp2 = encode_chip_photo(draw_card_portrait(2), {120, 160, 2500, false});
    ASSERT_TRUE(jp2);
    const auto photo = decode_photo(*jp2);
    ASSERT_TRUE(photo);
    EXPECT_TRUE(m_engine->enroll(*photo));
    const auto least = decode_photo(encode_chip_photo(draw_card_portrait(2), {80, 100, 1500, false}).value());
    ASSERT_TRUE(least);
    EXPECT_TRUE(m_engine->enroll(*least));
}

class ModelFiles : public testing::Test {};

TEST(ModelFiles, ATruncatedFileIsAnErrorThatNamesTheFile) {
    const auto models = find_models({test::models_dir()});
    if (!models) GTEST_SKIP() << models.error().where;
    const test::ScratchDir scratch;
    const auto cut_of = [&](const std::filesystem::path& original, double kept) {
        std::vector<char> bytes(std::filesystem::file_size(original));
        std::ifstream(original, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
        const auto file = scratch.path() / ("cut" + original.extension().string());
        std::ofstream(file, std::ios::binary)
            .write(bytes.data(), static_cast<std::streamsize>(kept * static_cast<double>(bytes.size())));
        return file;
    };
    const auto expect_named = [](const ModelPaths& paths, double kept) {
        const auto engine = FaceEngine::load(paths, paths.networks.front().model);
        ASSERT_FALSE(engine) << kept;
        EXPECT_EQ(engine.error().fault, Fault::BadModel);
        EXPECT_NE(engine.error().where.find("cut."), std::string::npos) << engine.error().where;
    };
    for (const double kept : {0.0, 1e-5, 0.3, 0.5, 0.9999}) {
        ModelPaths paths = *models;
        paths.networks.front().file = cut_of(models->networks.front().file, kept);
        expect_named(paths, kept);
        if (models->detector.empty()) continue;
        paths = *models;
        paths.detector = cut_of(models->detector, kept);
        expect_named(paths, kept);
    }
}

TEST(ModelFiles, AFileOfAnotherKindIsNamed) {
    const auto models = find_models({test::models_dir()});
    if (!models) GTEST_SKIP() << models.error().where;
    const auto network = models->networks.front();
    const auto error_with = [&](const std::filesystem::path& detector, const std::filesystem::path& landmarks) {
        const auto engine = FaceEngine::load({{network}, detector, landmarks}, network.model);
        EXPECT_FALSE(engine);
        return engine ? Error{} : engine.error();
    };
    EXPECT_EQ(error_with(network.file, {}).fault, Fault::BadModel);
    EXPECT_EQ(error_with({}, network.file).fault, Fault::BadModel);
    EXPECT_EQ(error_with("/nowhere/yunet.onnx", {}).fault, Fault::NotFound);
    EXPECT_EQ(error_with({}, "/nowhere/points.dat").fault, Fault::NotFound);
}

TEST(ModelFiles, EveryKnownFileIsFoundInAnyFolderAndNothingIsAnError) {
    const test::ScratchDir scratch;
    const auto one = scratch.path() / "one";
    const auto two = scratch.path() / "two";
    std::filesystem::create_directories(one);
    std::filesystem::create_directories(two / "evaluation-only");
    std::ofstream(one / "face_recognition_densenet_model_v1.dat") << "x";
    std::ofstream(one / "shape_predictor_5_face_landmarks.dat") << "x";
    std::ofstream(two / "taguchi_face_recognition_resnet_model_v1.dat") << "x";
    std::ofstream(two / "yunet_n_320_320.onnx") << "x";
    std::ofstream(two / "evaluation-only" / "mobilefacenet_y1.caffemodel") << "x";
    const auto found = find_models({one, two});
    ASSERT_TRUE(found);
    EXPECT_EQ(found->combinations(), (std::vector<std::string>{"taguchi", "densenet-v1", "taguchi+densenet-v1"}));
    EXPECT_EQ(found->detector, two / "yunet_n_320_320.onnx");
    EXPECT_EQ(found->landmarks, one / "shape_predictor_5_face_landmarks.dat");
    const auto none = find_models({scratch.path() / "three"});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().fault, Fault::NoModel);
    EXPECT_NE(none.error().where.find("three"), std::string::npos);
}

}  // namespace
}  // namespace uketsuke::vision
