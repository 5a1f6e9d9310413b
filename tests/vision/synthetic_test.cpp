#include "vision/synthetic.h"

#include <gtest/gtest.h>

#include <cmath>

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;

double mean_difference(const Image& a, const Image& b) {
    if (a.pixels.size() != b.pixels.size() || a.empty()) return 255;
    double sum = 0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) sum += std::abs(int{a.pixels[i]} - int{b.pixels[i]});
    return sum / static_cast<double>(a.pixels.size());
}

TEST(DrawnPerson, TheSameValuesGiveTheSameBytes) {
    Appearance person;
    person.identity = 17;
    person.yaw_deg = 6;
    EXPECT_EQ(draw_person(person, 320, 240).pixels, draw_person(person, 320, 240).pixels);
}

TEST(DrawnPerson, NeighbouringSeedsAreDifferentPeople) {
    Appearance a;
    Appearance b;
    for (std::uint32_t id = 1; id < 20; ++id) {
        a.identity = id;
        b.identity = id + 1;
        EXPECT_GT(mean_difference(draw_person(a, 160, 120), draw_person(b, 160, 120)), 2.0) << id;
    }
}

TEST(DrawnPerson, ImpossibleSizesGiveAnEmptyImage) {
    EXPECT_TRUE(draw_person({}, 0, 100).empty());
    EXPECT_TRUE(draw_person({}, 100, 15).empty());
    EXPECT_TRUE(draw_person({}, 5000, 100).empty());
}

TEST(DrawnPerson, ExtremeValuesNeverCrash) {
    for (const double value : {-1000.0, -1.0, 0.0, 1.0, 1000.0}) {
        Appearance person;
        person.yaw_deg = person.pitch_deg = person.roll_deg = value;
        person.light = person.light_side = person.smile = person.scale = value;
        person.offset_x = person.offset_y = person.blur = person.noise = value;
        EXPECT_TRUE(draw_person(person, 64, 48).sound()) << value;
    }
}

TEST(DrawnPerson, MovesGentlyAndBlinksNowAndThen) {
    const Appearance person;
    int blinks = 0;
    for (int ms = 0; ms < 20'000; ms += 50) {
        const Appearance now = animate(person, milliseconds(ms));
        EXPECT_LT(std::abs(now.yaw_deg), 4);
        EXPECT_LT(std::abs(now.offset_x), 0.02);
        blinks += now.eyes_closed ? 1 : 0;
    }
    EXPECT_GT(blinks, 4);
    EXPECT_LT(blinks, 40);
    EXPECT_EQ(animate(person, milliseconds(777)).yaw_deg, animate(person, milliseconds(777)).yaw_deg);
}

TEST(DrawnPerson, LightAndPlaceFollowTheirNumbers) {
    Appearance dark;
    dark.light = 0.3;
    const Image normal = draw_person({}, 160, 120);
    const Image dim = draw_person(dark, 160, 120);
    double sum_normal = 0;
    double sum_dim = 0;
    for (const auto p : normal.pixels) sum_normal += p;
    for (const auto p : dim.pixels) sum_dim += p;
    EXPECT_LT(sum_dim, 0.4 * sum_normal);
}

}  // namespace
}  // namespace uketsuke::vision
