#include <filesystem>
#include <set>

#include <gtest/gtest.h>

#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

constexpr float k_slack_pixels = 1.5F;

// A new window a test, and one a size in it: the video system is shared.
class Screens : public ::testing::TestWithParam<WindowSize> {
  protected:
    void SetUp() override {
        auto window = open_window(GetParam());
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        m_window = std::move(*window);
    }

    template <typename Check>
    void for_every_shot(const Check& check) {
        for (const core::Language language : core::k_languages) {
            for (const Shot& shot : gallery(language)) {
                SCOPED_TRACE(std::string(core::name_of(language)) + " " + shot.name);
                show(*m_window, shot);
                check(shot);
            }
        }
    }

    std::unique_ptr<Window> m_window;
};

INSTANTIATE_TEST_SUITE_P(Sizes, Screens, ::testing::Values(k_portrait, k_landscape, k_wide),
                         [](const auto& size) { return std::string(size.param.name); });

TEST(Gallery, HoldsEveryPage) {
    std::set<std::size_t> pages;
    for (const Shot& shot : gallery(core::Language::Japanese)) pages.insert(shot.view.page.index());
    EXPECT_EQ(pages.size(), std::variant_size_v<core::Page>);
}

void expect_nothing_cut_off(const std::vector<Drawn>& all, const Rect& window) {
    for (const Drawn& drawn : all) {
        EXPECT_TRUE(window.contains(drawn.rect, 0)) << drawn.label << " leaves the window";
        EXPECT_TRUE(drawn.within.contains(drawn.rect, k_slack_pixels)) << drawn.label << " leaves its place";
    }
}

void expect_no_overlap(const std::vector<Drawn>& all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (all[i].kind == all[j].kind) {
                EXPECT_FALSE(all[i].rect.inset(1).overlaps(all[j].rect.inset(1)))
                    << all[i].label << " / " << all[j].label;
                continue;
            }
            const Drawn& button = all[i].kind == Drawn::Kind::Button ? all[i] : all[j];
            const Drawn& text = all[i].kind == Drawn::Kind::Text ? all[i] : all[j];
            EXPECT_TRUE(!button.rect.overlaps(text.rect.inset(1)) || button.rect.contains(text.rect, k_slack_pixels))
                << text.label << " sticks out of " << button.label;
        }
    }
}

void expect_twenty_millimetres_at_96_dpi(const std::vector<Drawn>& all) {
    for (const Drawn& drawn : all) {
        if (!drawn.main) continue;
        EXPECT_GE(drawn.rect.height, 20 * 96 / 25.4F) << drawn.label;
        EXPECT_GE(drawn.rect.width, 20 * 96 / 25.4F) << drawn.label;
    }
}

// One test for all of it: drawing every page takes longer than looking at what was drawn.
TEST_P(Screens, AreDrawnWholeApartAndLargeEnough) {
    const Rect window{0, 0, static_cast<float>(GetParam().width), static_cast<float>(GetParam().height)};
    const std::filesystem::path root = std::filesystem::path(UKETSUKE_BINARY_DIR) / "screens";
    for_every_shot([&](const Shot& shot) {
        expect_nothing_cut_off(m_window->drawn(), window);
        expect_no_overlap(m_window->drawn());
        expect_twenty_millimetres_at_96_dpi(m_window->drawn());
        const std::filesystem::path dir = root / core::name_of(shot.view.language);
        std::filesystem::create_directories(dir);
        const auto path = dir / (std::string(GetParam().name) + "-" + shot.name + ".png");
        const auto saved = m_window->save_png(path.string());
        ASSERT_TRUE(saved) << saved.error();
        EXPECT_GT(std::filesystem::file_size(path), 10'000U) << "an almost empty picture";
    });
}

}  // namespace

}  // namespace uketsuke::ui::test
