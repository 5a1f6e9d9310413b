#include "vision/guidance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <set>
#include <vector>

namespace uketsuke::vision {
namespace {

FaceMeasure good() {
    FaceMeasure m;
    m.faces = 1;
    m.width = 0.4;
    m.brightness = 130;
    m.sharpness = 1.0;
    return m;
}

struct Case {
    Guidance expected;
    void (*spoil)(FaceMeasure&, const GuidanceLimits&);
};

class EachReason : public testing::TestWithParam<Case> {};

TEST_P(EachReason, IsGivenForItsMeasureAndOnlyJustBeyondTheLimit) {
    const GuidanceLimits limits;
    FaceMeasure m = good();
    ASSERT_EQ(guide(m, limits), Guidance::Ok);
    GetParam().spoil(m, limits);
    EXPECT_EQ(guide(m, limits), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Guidance, EachReason,
    testing::Values(
        Case{Guidance::NoFace, [](FaceMeasure& m, const GuidanceLimits&) { m.faces = 0; }},
        Case{Guidance::SeveralFaces,
             [](FaceMeasure& m, const GuidanceLimits& l) { m.faces = 2, m.rival = l.max_rival + 0.01; }},
        Case{Guidance::TooFar, [](FaceMeasure& m, const GuidanceLimits& l) { m.width = l.min_width - 0.01; }},
        Case{Guidance::TooNear, [](FaceMeasure& m, const GuidanceLimits& l) { m.width = l.max_width + 0.01; }},
        Case{Guidance::OffCentre, [](FaceMeasure& m, const GuidanceLimits& l) { m.off_x = -l.max_off_x - 0.01; }},
        Case{Guidance::OffCentre, [](FaceMeasure& m, const GuidanceLimits& l) { m.off_y = l.max_off_y + 0.01; }},
        Case{Guidance::Turned, [](FaceMeasure& m, const GuidanceLimits& l) { m.yaw_deg = -l.max_yaw_deg - 1; }},
        Case{Guidance::Turned, [](FaceMeasure& m, const GuidanceLimits& l) { m.roll_deg = l.max_roll_deg + 1; }},
        Case{Guidance::TooDark, [](FaceMeasure& m, const GuidanceLimits& l) { m.brightness = l.min_brightness - 1; }},
        Case{Guidance::TooBright, [](FaceMeasure& m, const GuidanceLimits& l) { m.brightness = l.max_brightness + 1; }},
        Case{Guidance::TooBright, [](FaceMeasure& m, const GuidanceLimits& l) { m.clipped = l.max_clipped + 0.01; }},
        Case{Guidance::Backlit,
             [](FaceMeasure& m, const GuidanceLimits& l) {
                 m.brightness = l.min_backlit_brightness - 1, m.surround = l.max_outshine * m.brightness + 1;
             }},
        Case{Guidance::EyesCovered,
             [](FaceMeasure& m, const GuidanceLimits& l) { m.eye_light = l.min_eye_light - 0.01; }},
        Case{Guidance::MouthCovered,
             [](FaceMeasure& m, const GuidanceLimits& l) {
                 m.mouth_detail = l.min_mouth_detail - 0.01, m.mouth_shape = l.min_mouth_shape - 0.01;
             }},
        Case{Guidance::Blurred, [](FaceMeasure& m, const GuidanceLimits& l) { m.sharpness = l.min_sharpness * 0.9; }}));

TEST(Guidance, ABystanderInTheBackgroundIsNoSecondFace) {
    FaceMeasure m = good();
    m.faces = 2;
    m.rival = 0.4;
    EXPECT_EQ(guide(m), Guidance::Ok);
}

TEST(Guidance, WhereTheFaceIsComesBeforeHowItLooks) {
    FaceMeasure m = good();
    m.width = 0.05;
    m.sharpness = 0;
    m.brightness = 10;
    EXPECT_EQ(guide(m), Guidance::TooFar);
}

TEST(Guidance, AMeasureAtItsLimitIsStillGood) {
    const GuidanceLimits l;
    FaceMeasure m = good();
    m.width = l.min_width, m.off_x = -l.max_off_x, m.off_y = l.max_off_y, m.yaw_deg = l.max_yaw_deg;
    m.roll_deg = -l.max_roll_deg, m.sharpness = l.min_sharpness, m.eye_light = l.min_eye_light;
    m.mouth_detail = l.min_mouth_detail, m.clipped = l.max_clipped, m.brightness = l.min_backlit_brightness;
    m.surround = 255;
    EXPECT_EQ(guide(m, l), Guidance::Ok);
}

TEST(Guidance, AMouthIsCoveredByBothSignsOnlyAndBacklightByBoth) {
    FaceMeasure pale = good();
    pale.mouth_detail = 0.1;
    EXPECT_EQ(guide(pale), Guidance::Ok) << "a pale mouth keeps its shape";
    FaceMeasure bearded = good();
    bearded.mouth_shape = -0.5;
    EXPECT_EQ(guide(bearded), Guidance::Ok) << "a beard keeps its contrast";
    FaceMeasure tanned = good();
    tanned.brightness = 85;
    tanned.surround = 250;
    EXPECT_EQ(guide(tanned), Guidance::Ok) << "dark skin before a white wall";
}

// Every reason's place in the order: whichever two apply, the earlier one is given.
TEST(Guidance, OfTwoReasonsTheOneToBeMendedFirstIsGiven) {
    const GuidanceLimits l;
    using Spoil = void (*)(FaceMeasure&);
    struct Step {
        Guidance reason;
        Spoil spoil;
    };
    const std::vector<Step> order{
        {Guidance::NoFace, [](FaceMeasure& m) { m.faces = 0; }},
        {Guidance::SeveralFaces, [](FaceMeasure& m) { m.faces = m.faces == 0 ? 0 : 2, m.rival = 1; }},
        {Guidance::TooFar, [](FaceMeasure& m) { m.width = 0.05; }},
        {Guidance::OffCentre, [](FaceMeasure& m) { m.off_x = 0.4; }},
        {Guidance::Backlit, [](FaceMeasure& m) { m.brightness = 40, m.surround = 250; }},
        {Guidance::Turned, [](FaceMeasure& m) { m.yaw_deg = 40; }},
        {Guidance::Blurred, [](FaceMeasure& m) { m.sharpness = 0.01; }},
        {Guidance::MouthCovered, [](FaceMeasure& m) { m.mouth_detail = 0.1, m.mouth_shape = 0; }},
        {Guidance::EyesCovered, [](FaceMeasure& m) { m.eye_light = 0.2; }}};
    for (std::size_t first = 0; first < order.size(); ++first) {
        for (std::size_t second = first; second < order.size(); ++second) {
            FaceMeasure m = good();
            order[second].spoil(m);
            order[first].spoil(m);
            EXPECT_EQ(guide(m, l), order[first].reason) << "with " << to_string(order[second].reason);
        }
    }
}

TEST(Guidance, LeftAndRightAreTheSameToIt) {
    std::mt19937 chance(20261121);
    const auto between = [&](double a, double b) { return std::uniform_real_distribution(a, b)(chance); };
    int usable = 0;
    for (int i = 0; i < 5'000; ++i) {
        FaceMeasure m = good();
        m.width = between(0.12, 0.75), m.off_x = between(-0.3, 0.3), m.off_y = between(-0.3, 0.3);
        m.yaw_deg = between(-25, 25), m.roll_deg = between(-25, 25), m.brightness = between(40, 235);
        m.surround = between(0, 255), m.sharpness = between(0.04, 1), m.eye_light = between(0.4, 1.2);
        m.mouth_detail = between(0.2, 1.5), m.mouth_shape = between(0, 1);
        FaceMeasure mirror = m;
        mirror.off_x = -m.off_x, mirror.yaw_deg = -m.yaw_deg, mirror.roll_deg = -m.roll_deg;
        ASSERT_EQ(guide(m), guide(mirror));
        ASSERT_NE(guide(m), Guidance::TurnLeft);
        ASSERT_NE(guide(m), Guidance::TurnRight);
        usable += guide(m) == Guidance::Ok ? 1 : 0;
        if (guide(m) != Guidance::Ok) continue;
        // What is better in one way cannot make a usable frame unusable.
        FaceMeasure better = m;
        better.off_x /= 2, better.yaw_deg /= 2, better.sharpness *= 2, better.eye_light += 0.1;
        better.mouth_detail += 0.1, better.surround /= 2;
        ASSERT_EQ(guide(better), Guidance::Ok);
    }
    EXPECT_GT(usable, 50);
}

TEST(Guidance, YawFollowsTheNoseAndIgnoresTilt) {
    for (const double yaw : {-20.0, -5.0, 0.0, 12.0}) {
        for (const double tilt : {-25.0, 0.0, 30.0}) {
            const double along = 0.5 * std::sin(yaw * std::numbers::pi / 180);
            const double c = std::cos(tilt * std::numbers::pi / 180);
            const double s = std::sin(tilt * std::numbers::pi / 180);
            const auto turned = [&](double x, double y) {
                return Point{100 + 80 * (x * c - y * s), 90 + 80 * (x * s + y * c)};
            };
            const Point left = turned(-0.5, 0);
            const Point right = turned(0.5, 0);
            EXPECT_NEAR(yaw_from_points(left, right, turned(along, 0.6)), yaw, 0.01);
            EXPECT_NEAR(roll_from_points(left, right), tilt, 0.01);
        }
    }
    EXPECT_EQ(yaw_from_points({1, 1}, {1, 1}, {5, 5}), 0);
}

TEST(Guidance, EveryReasonHasItsOwnName) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Guidance::TurnRight); ++i) names.insert(to_string(static_cast<Guidance>(i)));
    EXPECT_EQ(names.size(), static_cast<std::size_t>(Guidance::TurnRight) + 1);
    EXPECT_EQ(names.count("unknown"), 0U);
    EXPECT_EQ(to_string(Guidance::SeveralFaces), "several-faces");
}

}  // namespace
}  // namespace uketsuke::vision
