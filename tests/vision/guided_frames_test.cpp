// From a frame to a reason, through the engine: what the person reads is what the picture shows.
#include <array>
#include <map>

#include "tests/vision/support.h"
#include "vision/synthetic.h"

namespace uketsuke::vision {
namespace {

class GuidedFrames : public test::WithEngine {
  protected:
    static constexpr std::uint32_t people = 12;

    Guidance reason_of(const Image& frame) {
        m_engine->reset();
        return m_engine->analyse(frame, Depth::FaceOnly).guidance;
    }
    // How often each reason is given for the first dozen people, changed alike.
    template <typename Change>
    std::map<Guidance, std::uint32_t> reasons(Change change) {
        std::map<Guidance, std::uint32_t> count;
        for (std::uint32_t identity = 1; identity <= people; ++identity) {
            Appearance person;
            person.identity = identity;
            change(person);
            ++count[reason_of(draw_person(person, 640, 480))];
        }
        return count;
    }
};

TEST_F(GuidedFrames, DarkGlassesCoverTheEyes) {
    EXPECT_GE(reasons([](Appearance& a) { a.glasses = Glasses::Dark; })[Guidance::EyesCovered], people - 1);
}

TEST_F(GuidedFrames, AMaskCoversTheMouth) {
    auto given = reasons([](Appearance& a) { a.mask = true; });
    // A detector of bare faces may see none at all, which is never taken for a usable frame either.
    EXPECT_GE(given[Guidance::MouthCovered], people / 3);
    EXPECT_GE(given[Guidance::MouthCovered] + given[Guidance::NoFace], people - 1);
    EXPECT_LE(given[Guidance::Ok], 1U);
    EXPECT_EQ(given[Guidance::EyesCovered], 0U) << "the skin beside the eyes is covered, not they";
}

TEST_F(GuidedFrames, AWindowBehindIsNoDarkRoom) {
    auto given = reasons([](Appearance& a) { a.backlight = 0.7; });
    EXPECT_GE(given[Guidance::Backlit], people - 1);
    EXPECT_EQ(given[Guidance::TooDark], 0U);
    auto dim = reasons([](Appearance& a) { a.light = 0.28; });
    EXPECT_GE(dim[Guidance::TooDark], people - 2);
    EXPECT_EQ(dim[Guidance::Backlit], 0U);
}

TEST_F(GuidedFrames, ClearGlassesAHatAndABareFaceAreUsable) {
    EXPECT_GE(reasons([](Appearance&) {})[Guidance::Ok], people);
    EXPECT_GE(reasons([](Appearance& a) { a.hat = true; })[Guidance::Ok], people - 1);
    EXPECT_GE(reasons([](Appearance& a) { a.glasses = Glasses::Clear; })[Guidance::Ok], people - 1);
}

TEST_F(GuidedFrames, ABlinkCoversNothing) {
    auto given = reasons([](Appearance& a) { a.eyes_closed = true; });
    EXPECT_EQ(given[Guidance::EyesCovered] + given[Guidance::MouthCovered], 0U);
}

TEST_F(GuidedFrames, ASmileAMoustacheAndALampAtOneSideCoverNothing) {
    for (const double side : {-1.0, 1.0}) {
        auto given = reasons([&](Appearance& a) { a.light_side = side, a.smile = 1; });
        EXPECT_EQ(given[Guidance::EyesCovered] + given[Guidance::MouthCovered], 0U) << side;
    }
}

TEST_F(GuidedFrames, TheMirroredTheLargerAndTheSmallerFrameGiveTheSameReason) {
    Appearance bare;
    bare.identity = 3;
    std::array<Appearance, 7> shown;
    shown.fill(bare);
    shown[1].glasses = Glasses::Dark;
    shown[1].identity = 7;  // one whose reason is not at its limit
    shown[2].mask = true;
    shown[2].identity = 5;
    shown[3].backlight = 0.7;
    shown[4].roll_deg = 34;
    shown[5].light = 0.28;
    shown[6].offset_x = 0.3;
    std::map<Guidance, int> seen;
    for (const auto& person : shown) {
        const Image frame = draw_person(person, 640, 480);
        const Guidance reason = reason_of(frame);
        ++seen[reason];
        EXPECT_EQ(reason_of(mirrored(frame)), reason) << to_string(reason);
        EXPECT_EQ(reason_of(resized(frame, 1280, 960)), reason) << to_string(reason);
        EXPECT_EQ(reason_of(resized(frame, 512, 384)), reason) << to_string(reason);
        EXPECT_EQ(reason_of(to_gray(frame)), reason) << to_string(reason);
    }
    EXPECT_EQ(seen.size(), shown.size()) << "each shows another reason";
}

}  // namespace
}  // namespace uketsuke::vision
