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
    EXPECT_EQ(with([](Appearance& a) { a.scale = 0.38; }), Guidance::TooFar);
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
    EXPECT_NEAR(anew.nose.x, second.nose.x, 4);
    EXPECT_NEAR(anew.nose.y, second.nose.y, 4);
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

TEST_F(Engine, TheSamePictureIsAtNoDistanceAndAMirroredOneNear) {
    const Image portrait = draw_card_portrait(9);
    const auto card = m_engine->enroll(portrait);
    ASSERT_TRUE(card);
    const auto same = m_engine->analyse_still(portrait, Depth::IdentityAlways);
    const auto turned = m_engine->analyse_still(mirrored(portrait), Depth::IdentityAlways);
    ASSERT_TRUE(same.embedding && turned.embedding);
    EXPECT_NEAR(m_engine->distance(*card, *same.embedding), 0, 1e-4);
    EXPECT_LT(m_engine->distance(*card, *turned.embedding), point(1e-2, true).threshold);
}

TEST_F(Engine, ADrawnPersonIsAcceptedThroughTheChipsJp2AndOthersAreRefused) {
    const OperatingPoint at = point(1e-2, true);
    ASSERT_TRUE(at.demo);
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
    Verifier verifier(point(1e-2, true));
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
}

class ModelFiles : public testing::Test {};

TEST(ModelFiles, ATruncatedNetworkIsAnErrorThatNamesTheFile) {
    const auto models = find_models({test::models_dir()});
    if (!models) GTEST_SKIP() << models.error().where;
    const test::ScratchDir scratch;
    const auto size = std::filesystem::file_size(models->network);
    std::vector<char> bytes(size);
    std::ifstream(models->network, std::ios::binary).read(bytes.data(), static_cast<std::streamsize>(size));
    for (const std::size_t kept : {std::size_t{0}, std::size_t{3}, std::size_t{90}, size / 2, size - 1}) {
        const auto file = scratch.path() / "cut.dat";
        std::ofstream(file, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(kept));
        const auto engine = FaceEngine::load({file, models->landmarks});
        ASSERT_FALSE(engine) << kept;
        EXPECT_EQ(engine.error().fault, Fault::BadModel);
        EXPECT_NE(engine.error().where.find("cut.dat"), std::string::npos);
    }
}

TEST(ModelFiles, ALandmarkFileOfAnotherKindIsNamed) {
    const auto models = find_models({test::models_dir()});
    if (!models) GTEST_SKIP() << models.error().where;
    const auto engine = FaceEngine::load({models->network, models->network});
    ASSERT_FALSE(engine);
    EXPECT_EQ(engine.error().fault, Fault::BadModel);
    EXPECT_EQ(FaceEngine::load({"/nowhere/net.dat", models->landmarks}).error().fault, Fault::NotFound);
    EXPECT_EQ(FaceEngine::load({models->network, "/nowhere/points.dat"}).error().fault, Fault::NotFound);
}

TEST(ModelFiles, TheBestNetworkIsTakenFromAnyFolderAndUnmeasuredOnesCanBeLeftOut) {
    const test::ScratchDir scratch;
    const auto weak = scratch.path() / "weak";
    const auto strong = scratch.path() / "strong";
    std::filesystem::create_directories(weak);
    std::filesystem::create_directories(strong);
    std::ofstream(weak / "face_recognition_densenet_model_v1.dat") << "x";
    std::ofstream(strong / "taguchi_face_recognition_resnet_model_v1.dat") << "x";
    std::ofstream(weak / "shape_predictor_5_face_landmarks.dat") << "x";
    EXPECT_EQ(find_models({weak, strong})->network.filename(), "taguchi_face_recognition_resnet_model_v1.dat");
    EXPECT_EQ(find_models({weak, strong})->landmarks.filename(), "shape_predictor_5_face_landmarks.dat");
    EXPECT_EQ(find_models({weak, strong}, {"densenet-v1"})->network.filename(),
              "face_recognition_densenet_model_v1.dat");
    const auto none = find_models({strong}, {"densenet-v1"});
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().fault, Fault::NoModel);
    EXPECT_NE(none.error().where.find(strong.string()), std::string::npos);
}

}  // namespace
}  // namespace uketsuke::vision
