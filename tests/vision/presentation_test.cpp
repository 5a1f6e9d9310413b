#include "vision/presentation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "vision/synthetic.h"

namespace uketsuke::vision {
namespace {

// About where a drawn person at scale 1 has its face in 640×480.
FivePoints points_of_drawn() {
    return {{280, 211}, {360, 211}, {320, 261}, {291, 302}, {349, 302}, true};
}
constexpr Box k_box{225, 150, 190, 190};

Image drawn(double yaw, std::uint32_t take) {
    Appearance person;
    person.identity = 2;
    person.yaw_deg = yaw;
    person.take = take;
    return draw_person(person, 640, 480);
}

// The picture of a frontal person on a sheet that is turned: its columns draw together.
Image sheet(double degrees, std::uint32_t take) {
    const Image flat = drawn(0, take);
    Image out = flat;
    const double narrow = std::cos(degrees * M_PI / 180);
    for (int row = 0; row < out.height; ++row)
        for (int column = 0; column < out.width; ++column) {
            const double from = std::clamp(320 + (column - 320) / narrow, 0.0, 638.0);
            const int left = static_cast<int>(from);
            for (int c = 0; c < 3; ++c) {
                const auto at = [&](int x) {
                    return flat.pixels[static_cast<std::size_t>((row * 640 + x) * 3 + c)] * 1.0;
                };
                out.pixels[static_cast<std::size_t>((row * 640 + column) * 3 + c)] =
                    static_cast<std::uint8_t>(at(left) + (at(left + 1) - at(left)) * (from - left));
            }
        }
    return out;
}

TEST(PresentationMeter, FollowsTheNoseOfAHeadThatTurns) {
    for (const double side : {1.0, -1.0}) {
        PresentationMeter meter;
        meter.start(drawn(0, 1), k_box, points_of_drawn());
        std::optional<Followed> last;
        for (int i = 1; i <= 10; ++i) last = meter.follow(drawn(side * 1.8 * i, static_cast<std::uint32_t>(i + 1)));
        ASSERT_TRUE(last);
        EXPECT_GT(side * last->against_eyes, 0.06);
        EXPECT_GT(side * last->against_mouth, 0.06);
    }
}

TEST(PresentationMeter, SeesHardlyAnyShiftOnASheetThatTurns) {
    PresentationMeter meter;
    meter.start(drawn(0, 1), k_box, points_of_drawn());
    std::optional<Followed> last;
    for (int i = 1; i <= 10; ++i) last = meter.follow(sheet(3.0 * i, static_cast<std::uint32_t>(i + 1)));
    ASSERT_TRUE(last);
    EXPECT_LT(std::min(std::abs(last->against_eyes), std::abs(last->against_mouth)), 0.03);
}

TEST(PresentationMeter, StaysNearNothingOnAHeadThatRests) {
    PresentationMeter meter;
    meter.start(drawn(0, 1), k_box, points_of_drawn());
    for (int i = 1; i <= 30; ++i) {
        const auto seen = meter.follow(drawn(0, static_cast<std::uint32_t>(i + 1)));
        ASSERT_TRUE(seen);
        EXPECT_LT(std::abs(seen->against_eyes), 0.02);
    }
}

TEST(PresentationMeter, LandmarksWithoutAMouthGiveNoneAgainstIt) {
    FivePoints points = points_of_drawn();
    points.mouth = false;
    PresentationMeter meter;
    meter.start(drawn(0, 1), k_box, points);
    const auto seen = meter.follow(drawn(0, 2));
    ASSERT_TRUE(seen);
    EXPECT_TRUE(std::isnan(seen->against_mouth));
}

TEST(PresentationMeter, FollowsNothingOfWhatIsNotThere) {
    PresentationMeter meter;
    EXPECT_FALSE(meter.follow(drawn(0, 1))) << "not started";
    meter.start({}, k_box, points_of_drawn());
    EXPECT_FALSE(meter.follow(drawn(0, 1)));
    for (const Box& box : {Box{}, Box{900, 900, 100, 100}, Box{-1e30, 0, 1e30, 1e30},
                           Box{std::numeric_limits<double>::quiet_NaN(), 0, 100, 100}}) {
        meter.start(drawn(0, 1), box, points_of_drawn());
        EXPECT_FALSE(meter.follow(drawn(0, 2)));
    }
    FivePoints one_place;
    meter.start(drawn(0, 1), k_box, one_place);
    EXPECT_FALSE(meter.follow(drawn(0, 2))) << "eyes in one point";
    meter.start(drawn(0, 1), k_box, points_of_drawn());
    EXPECT_FALSE(meter.follow(draw_person({}, 320, 240))) << "another size";
    meter.start(drawn(0, 1), k_box, points_of_drawn());
    meter.stop();
    EXPECT_FALSE(meter.follow(drawn(0, 2)));
}

}  // namespace
}  // namespace uketsuke::vision
