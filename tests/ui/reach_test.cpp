#include <algorithm>
#include <cstdlib>

#include <gtest/gtest.h>

#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

using Kind = core::Intent::Kind;

// What must be offered: what the page lists and what the view allows on every page.
std::vector<core::Intent> expected(const Shot& shot) {
    std::vector<core::Intent> all = shot.intents;
    const auto add = [&all](core::Intent intent) {
        if (std::ranges::find(all, intent) == all.end()) all.push_back(intent);
    };
    if (shot.view.can_stop) add({Kind::Stop});
    if (shot.view.can_call_staff) add({Kind::CallStaff});
    if (shot.view.sheet != core::Sheet::Languages) add({Kind::ShowLanguages});
    for (std::uint8_t i = 0; i < core::k_preferences; ++i) add({Kind::ChangePreference, i});
    if (shot.view.prefers(core::Preference::Voice)) add({Kind::ChangeVolume});
    return all;
}

// Where a pen goes down is told to a part of a pixel.
bool alike(core::Intent given, core::Intent wanted) {
    if (given.kind == Kind::PenDown && std::abs(given.pen.x - wanted.pen.x) < 100 &&
        std::abs(given.pen.y - wanted.pen.y) < 100) {
        given.pen = wanted.pen;
    }
    return given == wanted;
}

class Reach : public ::testing::TestWithParam<WindowSize> {
  protected:
    void SetUp() override {
        auto window = open_places(GetParam());
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        m_window = std::move(*window);
    }

    std::unique_ptr<Window> m_window;
};

INSTANTIATE_TEST_SUITE_P(Layouts, Reach, ::testing::Values(k_small_portrait, k_small_landscape),
                         [](const auto& size) { return std::string(size.param.name); });

TEST_P(Reach, EveryIntentIsGivenByATouchOnItsPlace) {
    for (const core::Language language : core::k_languages) {
        for (const Shot& shot : gallery(language)) {
            SCOPED_TRACE(std::string(core::name_of(language)) + " " + shot.name);
            if (shot.view.dimmed) continue;
            show(*m_window, shot);
            for (const core::Intent& intent : expected(shot)) {
                const auto place = place_of(*m_window, intent);
                ASSERT_TRUE(place) << core::name_of(intent.kind) << " is not on the screen";
                const Window::Input input = tap(*m_window, shot, place->centre());
                ASSERT_TRUE(input.intent) << core::name_of(intent.kind) << " was not heard";
                EXPECT_TRUE(alike(*input.intent, intent)) << core::name_of(input.intent->kind);
                // A pen writes from where it came down: the finger is still to be lifted.
                if (intent.kind == Kind::PenDown) show(*m_window, shot);
            }
        }
    }
}

TEST_P(Reach, NothingElseIsOffered) {
    for (const Shot& shot : gallery(core::Language::Japanese)) {
        SCOPED_TRACE(shot.name);
        show(*m_window, shot);
        const std::vector<core::Intent> allowed = expected(shot);
        for (const Drawn& drawn : m_window->drawn()) {
            if (drawn.kind != Drawn::Kind::Button) continue;
            ASSERT_TRUE(drawn.intent);
            EXPECT_NE(std::ranges::find(allowed, *drawn.intent), allowed.end()) << drawn.label;
        }
    }
}

}  // namespace

}  // namespace uketsuke::ui::test
