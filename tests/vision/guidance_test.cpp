#include "vision/guidance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

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
    EXPECT_EQ(to_string(Guidance::Ok), "ok");
    EXPECT_EQ(to_string(Guidance::SeveralFaces), "several-faces");
    EXPECT_EQ(to_string(Guidance::Blurred), "blurred");
}

}  // namespace
}  // namespace uketsuke::vision
