#include "vision/synthetic.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
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
        person.backlight = value;
        person.mask = person.hat = true;
        person.glasses = value > 0 ? Glasses::Dark : Glasses::Clear;
        EXPECT_TRUE(draw_person(person, 64, 48).sound()) << value;
    }
}

// Mean brightness of a part of the picture; places in shares of it.
double brightness(const Image& image, double left, double top, double right, double bottom) {
    double sum = 0;
    int count = 0;
    for (int y = static_cast<int>(top * image.height); y < static_cast<int>(bottom * image.height); ++y) {
        for (int x = static_cast<int>(left * image.width); x < static_cast<int>(right * image.width); ++x) {
            const std::size_t at =
                (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)) * 3;
            sum += (image.pixels[at] + image.pixels[at + 1] + image.pixels[at + 2]) / 3.0;
            ++count;
        }
    }
    return sum / std::max(count, 1);
}

// The lowest and the highest row in which two pictures differ by more than their noise, in shares of the height.
std::array<double, 2> rows_that_differ(const Image& a, const Image& b) {
    std::array<double, 2> rows{1, 0};
    const auto width = static_cast<std::size_t>(a.width) * 3;
    for (std::size_t at = 0; at < a.pixels.size(); ++at) {
        if (std::abs(int{a.pixels[at]} - int{b.pixels[at]}) < 12) continue;
        const double row = static_cast<double>(at / width) / a.height;
        rows = {std::min(rows[0], row), std::max(rows[1], row)};
    }
    return rows;
}

TEST(DrawnPerson, WhatIsWornLiesWhereItBelongsAndIsTheSameEveryTime) {
    Appearance bare;
    bare.identity = 2;
    const Image without = draw_person(bare, 320, 240);
    const auto worn = [&](auto put_on) {
        Appearance person = bare;
        put_on(person);
        const Image with = draw_person(person, 320, 240);
        EXPECT_EQ(with.pixels, draw_person(person, 320, 240).pixels);
        return rows_that_differ(without, with);
    };
    const auto mask = worn([](Appearance& a) { a.mask = true; });
    const auto dark = worn([](Appearance& a) { a.glasses = Glasses::Dark; });
    const auto clear = worn([](Appearance& a) { a.glasses = Glasses::Clear; });
    const auto hat = worn([](Appearance& a) { a.hat = true; });
    EXPECT_GT(mask[0], clear[0]) << "the mask begins below the rims' upper edge";
    EXPECT_GT(mask[1], dark[1] + 0.1) << "and reaches the chin";
    EXPECT_LT(hat[1], dark[1]) << "the hat leaves the eyes free";
    EXPECT_LT(hat[0], dark[0] - 0.1);
}

TEST(DrawnPerson, DarkGlassesAreDarkAndClearOnesAreNot) {
    const auto about_eyes = [](Glasses glasses) {
        Appearance person;
        person.identity = 2;
        person.glasses = glasses;
        return brightness(draw_person(person, 320, 240), 0.42, 0.41, 0.58, 0.47);
    };
    EXPECT_LT(about_eyes(Glasses::Dark), 0.6 * about_eyes(Glasses::None));
    EXPECT_GT(about_eyes(Glasses::Clear), 0.85 * about_eyes(Glasses::None));
}

TEST(DrawnPerson, AWindowBehindLightsTheRoomAndDarkensThePerson) {
    Appearance person;
    const Image even = draw_person(person, 320, 240);
    double last = brightness(even, 0.45, 0.45, 0.55, 0.6);
    for (const double backlight : {0.3, 0.6, 1.0}) {
        person.backlight = backlight;
        const Image lit = draw_person(person, 320, 240);
        const double face = brightness(lit, 0.45, 0.45, 0.55, 0.6);
        EXPECT_LT(face, last);
        last = face;
        EXPECT_GT(brightness(lit, 0.08, 0.1, 0.25, 0.6), brightness(even, 0.08, 0.1, 0.25, 0.6));
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
