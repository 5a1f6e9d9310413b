#include <algorithm>

#include <gtest/gtest.h>

#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

struct Demand {
    Theme theme;
    double text;
    double large_text;
    double control;
};
constexpr Demand k_light{Theme::Light, 4.5, 3, 3};
constexpr Demand k_high{Theme::HighContrast, 7, 7, 3};

class Contrast : public ::testing::TestWithParam<Demand> {};

INSTANTIATE_TEST_SUITE_P(Themes, Contrast, ::testing::Values(k_light, k_high), [](const auto& demand) {
    return demand.param.theme == Theme::Light ? "light" : "high_contrast";
});

TEST(ContrastRatio, FollowsWcag) {
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 1e-9);
    EXPECT_NEAR(contrast({119, 119, 119}, {255, 255, 255}), 4.48, 0.005);
    EXPECT_DOUBLE_EQ(contrast({1, 2, 3}, {1, 2, 3}), 1);
}

TEST_P(Contrast, EveryToneIsReadable) {
    const Palette& colours = palette(GetParam().theme);
    for (std::size_t i = 0; i < k_tones; ++i) {
        if (static_cast<Tone>(i) == Tone::KeyIdle) continue;  // does nothing now: WCAG 1.4.3 exempts it
        EXPECT_GE(contrast(colours.surfaces[i].ink, colours.surfaces[i].fill), GetParam().text) << "tone " << i;
    }
}

TEST_P(Contrast, EveryControlStandsOutFromTheGround) {
    const Palette& colours = palette(GetParam().theme);
    const Colour ground = colours[Tone::Ground].fill;
    for (std::size_t i = 0; i < k_tones; ++i) {
        const Surface& surface = colours.surfaces[i];
        if (!surface.control) continue;
        EXPECT_GE(std::max(contrast(surface.edge, ground), contrast(surface.fill, ground)), GetParam().control)
            << "tone " << i;
    }
}

TEST_P(Contrast, EveryTextAsDrawnIsReadable) {
    auto window = open_places(k_landscape);
    if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
    for (Shot& shot : gallery(core::Language::Japanese)) {
        if (GetParam().theme == Theme::HighContrast) shot.view.preferences = k_contrast;
        show(**window, shot);
        for (const Drawn& drawn : (*window)->drawn()) {
            if (drawn.kind != Drawn::Kind::Text) continue;
            const bool idle = drawn.ink == palette(GetParam().theme)[Tone::KeyIdle].ink;
            if (idle) continue;
            EXPECT_GE(contrast(drawn.ink, drawn.ground), drawn.large ? GetParam().large_text : GetParam().text)
                << shot.name << ": " << drawn.label;
        }
    }
}

}  // namespace

}  // namespace uketsuke::ui::test
