#include <array>

#include <gtest/gtest.h>

#include "app/ui/corner_hold.h"
#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

using Kind = core::Intent::Kind;
using std::chrono::milliseconds;

constexpr milliseconds k_hold{2000};

struct Finger {
    CornerHold corner;
    CornerHold::Time now{};

    bool look(bool down, bool inside, milliseconds later = milliseconds{40}) {
        now += later;
        return corner.look(down, inside, now, k_hold);
    }
};

TEST(CornerHold, OpensOnceTheFingerStayedForLongEnough) {
    Finger finger;
    EXPECT_FALSE(finger.look(true, true));
    EXPECT_FALSE(finger.look(true, true, milliseconds{1000}));
    EXPECT_NEAR(finger.corner.progress(), 0.5F, 0.01F);
    EXPECT_TRUE(finger.look(true, true, milliseconds{1000}));
    EXPECT_FALSE(finger.look(true, true, milliseconds{5000})) << "the same finger asks once";
    EXPECT_EQ(finger.corner.progress(), 0);
}

TEST(CornerHold, BeginsAnewWhenTheFingerWasLiftedOrLeft) {
    for (const auto& [down, inside] : {std::pair{false, true}, std::pair{true, false}}) {
        Finger finger;
        finger.look(true, true);
        finger.look(true, true, milliseconds{1900});
        finger.look(down, inside);
        EXPECT_FALSE(finger.look(true, true, milliseconds{1900}));
    }
}

TEST(CornerHold, IsNotOpenedByAFingerThatSlidIn) {
    Finger finger;
    finger.look(true, false);
    EXPECT_FALSE(finger.look(true, true));
    EXPECT_FALSE(finger.look(true, true, milliseconds{5000}));
}

bool waits(const core::View& view) {
    const core::Screen screen = view.screen();
    return view.sheet == core::Sheet::None && (screen == core::Screen::Idle || screen == core::Screen::CardProblem ||
                                               screen == core::Screen::OutOfService);
}

TEST(StaffCorner, IsTwentyMillimetresWideAndHoldsNothingThatCanBeTouched) {
    for (const WindowSize& size : {k_portrait, k_landscape, k_wide, k_tablet, k_tablet_portrait}) {
        auto window = open_places(size);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        for (const core::Preferences& wish : {k_plain, k_large, k_low, k_everything}) {
            const Layout layout = Layout::of({0, 0, static_cast<float>(size.width), static_cast<float>(size.height)},
                                             {.density = size.density, .low = wish[2], .large = wish[0]});
            const Rect corner = layout.to_pixels(staff_corner_of(layout));
            EXPECT_GE(corner.width + 0.5F, k_target_mm * 96 / 25.4 * size.density) << size.name;
            for (Shot& shot : gallery(core::Language::Portuguese)) {
                if (!waits(shot.view)) continue;
                shot.view.preferences = wish;
                show(**window, shot);
                for (const Drawn& drawn : (*window)->drawn()) {
                    if (drawn.kind != Drawn::Kind::Button) continue;
                    EXPECT_FALSE(drawn.rect.overlaps(corner)) << size.name << " " << shot.name << " " << drawn.label;
                }
            }
        }
    }
}

class HeldCorner : public ::testing::Test {
  protected:
    void SetUp() override {
        auto window = open_places(k_small_portrait);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        m_window = std::move(*window);
        m_shot.view.can_call_staff = true;
        m_shot.view.staff_corner = true;
        show(*m_window, m_shot);
    }
    // Frames until an intent comes back or the hold is long over.
    std::optional<core::Intent> hold() {
        m_window->touch({10, 10}, true);
        const auto end = std::chrono::steady_clock::now() + milliseconds{2500};
        while (std::chrono::steady_clock::now() < end) {
            if (const auto intent = show(*m_window, m_shot).intent) return intent;
            m_window->wait(milliseconds{10});
        }
        return std::nullopt;
    }

    std::unique_ptr<Window> m_window;
    Shot m_shot;
};

TEST_F(HeldCorner, AsksForTheStaffCheck) {
    EXPECT_EQ(hold(), core::Intent{Kind::OpenStaffCheck});
}

TEST_F(HeldCorner, AsksForNothingWhereNoStaffCodeIsConfigured) {
    m_shot.view.staff_corner = false;
    EXPECT_FALSE(hold());
}

TEST_F(HeldCorner, AsksForNothingWhenItIsOnlyTapped) {
    EXPECT_FALSE(tap(*m_window, m_shot, {10, 10}).intent);
}

}  // namespace

}  // namespace uketsuke::ui::test
