#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "app/ui/layout.h"
#include "app/ui/widgets.h"
#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

constexpr float k_slack_pixels = 1.5F;
constexpr float k_hand_key_mm = 8;  // on a tablet, which is held near

struct Setting {
    WindowSize size;
    Wish wish;
};

constexpr Wish k_wishes[]{{"", k_plain}, {"-large", k_large}, {"-low", k_low}, {"-everything", k_everything}};

std::vector<Setting> settings() {
    std::vector<Setting> all;
    for (const WindowSize& size : {k_portrait, k_landscape, k_wide}) {
        for (const Wish& wish : k_wishes) all.push_back({size, wish});
    }
    // A tablet is held in the hand: nobody needs its lower half.
    for (const WindowSize& size : {k_tablet, k_tablet_portrait, k_bedside_portrait, k_bedside_landscape}) {
        for (const Wish& wish : {k_wishes[0], k_wishes[1]}) all.push_back({size, wish});
    }
    return all;
}

// A new window a test, and one a size in it: the video system is shared.
class Screens : public ::testing::TestWithParam<Setting> {
  protected:
    void SetUp() override {
        auto window = open_places(GetParam().size);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        m_window = std::move(*window);
    }

    std::unique_ptr<Window> m_window;
};

INSTANTIATE_TEST_SUITE_P(Settings, Screens, ::testing::ValuesIn(settings()), [](const auto& setting) {
    std::string name = std::string(setting.param.size.name) + setting.param.wish.name;
    for (char& c : name) c = c == '-' ? '_' : c;
    return name;
});

TEST(Gallery, HoldsEveryPage) {
    std::set<std::size_t> pages;
    for (const Shot& shot : principal(core::Language::Japanese)) pages.insert(shot.view.page.index());
    EXPECT_EQ(pages.size(), std::variant_size_v<core::Page>);
}

void expect_nothing_cut_off(const std::vector<Drawn>& all, const Rect& window) {
    for (const Drawn& drawn : all) {
        EXPECT_TRUE(window.contains(drawn.rect, 0.5F)) << drawn.label << " leaves the window";
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

bool on_a_keyboard(const core::View& view, const core::Intent& intent) {
    using Kind = core::Intent::Kind;
    if (view.screen() != core::Screen::DeclarationText) return false;
    return intent.kind == Kind::TypeKey || intent.kind == Kind::PickCandidate || intent.kind == Kind::MoreCandidates ||
           intent.kind == Kind::ChangeKeyboard || intent.kind == Kind::Erase || intent.kind == Kind::Undo;
}

// A keyboard is the one exception: fifty kana have no room for more.
void expect_large_enough(const std::vector<Drawn>& all, const core::View& view, double density) {
    const auto millimetre = static_cast<float>(96 / 25.4 * density);
    const bool in_the_hand = density > 1.2;
    for (const Drawn& drawn : all) {
        if (drawn.kind != Drawn::Kind::Button) continue;
        const bool key = drawn.intent && on_a_keyboard(view, *drawn.intent);
        const float least = (key ? in_the_hand ? k_hand_key_mm : k_key_mm : 20.F) * millimetre - 0.5F;
        EXPECT_GE(drawn.rect.height, least) << drawn.label;
        EXPECT_GE(drawn.rect.width, least) << drawn.label;
    }
}

void expect_keys_apart(const std::vector<Drawn>& all, double density) {
    const auto apart = static_cast<float>(96 / 25.4 * density * k_key_gap_mm);
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!all[i].intent || all[i].intent->kind != core::Intent::Kind::TypeKey) continue;
        for (std::size_t j = 0; j < all.size(); ++j) {
            if (i == j || all[j].kind != Drawn::Kind::Button) continue;
            EXPECT_FALSE(all[i].rect.inset(0.5F - apart).overlaps(all[j].rect))
                << all[i].label << " is too near to " << all[j].label;
        }
    }
}

void expect_in_the_lower_half(const std::vector<Drawn>& all, float height) {
    for (const Drawn& drawn : all) {
        if (drawn.kind != Drawn::Kind::Button) continue;
        EXPECT_GE(drawn.rect.y, height / 2 - 1) << drawn.label;
    }
}

// At home there is no desk to be sent to; the municipality's stays one.
TEST(AtHome, NobodyIsSentToADesk) {
    auto window = open_places(k_small_portrait);
    if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
    for (const Shot& shot : visits(core::Language::Japanese)) {
        show(**window, shot);
        std::string words;
        for (const Drawn& drawn : (*window)->drawn()) {
            if (drawn.kind == Drawn::Kind::Text) words += drawn.label;
        }
        const bool municipal = words.find("市区町村") != std::string::npos;
        EXPECT_TRUE(municipal || words.find("窓口") == std::string::npos) << shot.name;
        EXPECT_EQ(words.find("お呼びする"), std::string::npos) << shot.name;
        EXPECT_EQ(words.find("24時間"), std::string::npos) << shot.name << ": consents hold longer";
    }
}

TEST(AtHome, TheStepsStandInTheOrderOfTheGuide) {
    auto window = open_places(k_small_portrait);
    if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
    show(**window, shot_named("lay-card"));
    std::vector<std::pair<float, std::string>> steps;
    for (const Drawn& drawn : (*window)->drawn()) {
        for (const char* step : {"同意の確認", "本人確認", "資格確認", "確認完了"}) {
            if (drawn.label == step) steps.emplace_back(drawn.rect.x, step);
        }
    }
    std::ranges::sort(steps);
    ASSERT_EQ(steps.size(), 4U);
    EXPECT_EQ(steps[0].second, "同意の確認");
    EXPECT_EQ(steps[1].second, "本人確認");
    EXPECT_EQ(steps[2].second, "資格確認");
    EXPECT_EQ(steps[3].second, "確認完了");
}

// One test for all of it: drawing every page takes longer than looking at what was drawn.
TEST_P(Screens, AreDrawnWholeApartAndLargeEnoughInEveryLanguage) {
    const auto& [size, wish] = GetParam();
    const Rect window{0, 0, static_cast<float>(size.width), static_cast<float>(size.height)};
    for (const core::Language language : core::k_languages) {
        for (Shot& shot : gallery(language)) {
            SCOPED_TRACE(std::string(core::name_of(language)) + " " + shot.name);
            shot.view.preferences = wish.preferences;
            show(*m_window, shot);
            expect_nothing_cut_off(m_window->drawn(), window);
            expect_no_overlap(m_window->drawn());
            expect_large_enough(m_window->drawn(), shot.view, size.density);
            expect_keys_apart(m_window->drawn(), size.density);
            if (shot.view.prefers(core::Preference::LowControls)) {
                expect_in_the_lower_half(m_window->drawn(), window.height);
            }
        }
    }
}

}  // namespace

}  // namespace uketsuke::ui::test
