#include <vector>

#include <gtest/gtest.h>

#include "app/ui/layout.h"

namespace uketsuke::ui::test {

namespace {

struct Case {
    float width;
    float height;
};

TEST(Layout, KeepsEveryPartOnTheScreenAndApartAtEverySize) {
    for (const Case& size : {Case{1080, 1920}, Case{1280, 800}, Case{1920, 1080}, Case{1024, 768}, Case{800, 1280},
                             Case{3840, 2160}, Case{600, 1024}, Case{640, 400}}) {
        for (const bool low : {false, true}) {
            const Layout layout =
                Layout::of({0, 0, size.width, size.height}, {.density = size.width < 700 ? 0.5 : 1, .low = low});
            SCOPED_TRACE(testing::Message() << size.width << " x " << size.height << (low ? " low" : ""));
            EXPECT_EQ(layout.upright, size.height > size.width);
            std::vector<Rect> parts{layout.strip, layout.rail, layout.steps, layout.content, layout.footer};
            if (layout.upright || !low) parts.push_back(layout.countdown);
            for (std::size_t i = 0; i < parts.size(); ++i) {
                EXPECT_TRUE(layout.screen.contains(parts[i], 0.01F)) << i;
                for (std::size_t j = i + 1; j < parts.size(); ++j) {
                    EXPECT_FALSE(parts[i].overlaps(parts[j])) << i << " and " << j;
                }
            }
            EXPECT_GE(layout.content.height, layout.upright ? 1080 : 440);
            if (low) {
                const float middle = layout.screen.height / 2;
                for (const Rect& part : {layout.reach, layout.rail, layout.footer}) EXPECT_GE(part.y, middle);
            }
            const Rect all = layout.to_pixels(layout.screen);
            EXPECT_NEAR(all.width, size.width, 0.5);
            EXPECT_NEAR(all.height, size.height, 0.5);
        }
    }
}

TEST(Layout, GrowsMainChoicesWithTheScreensDensity) {
    const Layout coarse = Layout::of({0, 0, 1280, 800}, {});
    const Layout fine = Layout::of({0, 0, 1280, 800}, {.density = 1.6});
    EXPECT_GT(fine.main_target, coarse.main_target);
    EXPECT_GE(fine.main_target, 20 * 96 * 1.6 / 25.4);
    EXPECT_GE(coarse.main_target, 20 * 96 / 25.4);
}

TEST(Layout, HasBodyTextOfAtLeast36PixelsAt1080By1920) {
    const Layout layout = Layout::of({0, 0, 1080, 1920}, {});
    EXPECT_GE(layout.type[Type::Body] * layout.pixels_per_unit, 36);
    EXPECT_GE(layout.type[Type::Small] * layout.pixels_per_unit, 36);
}

TEST(Geometry, FitsAShapeIntoTheMiddle) {
    const Rect wide = fitted({0, 0, 200, 100}, 1);
    EXPECT_FLOAT_EQ(wide.x, 50);
    EXPECT_FLOAT_EQ(wide.width, 100);
    const Rect flat = fitted({10, 10, 100, 100}, 2);
    EXPECT_FLOAT_EQ(flat.y, 35);
    EXPECT_FLOAT_EQ(flat.height, 50);
}

}  // namespace

}  // namespace uketsuke::ui::test
