#include <thread>

#include <SDL.h>
#include <gtest/gtest.h>

#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

using Kind = core::Intent::Kind;

void press_key(SDL_Keycode code) {
    SDL_Event event{};
    event.type = SDL_KEYDOWN;
    event.key.keysym.sym = code;
    SDL_PushEvent(&event);
}

class Input : public ::testing::Test {
  protected:
    void SetUp() override { open({}); }
    void open(std::chrono::milliseconds settle) {
        m_window.reset();
        auto window = open_window(k_small_landscape, settle);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        m_window = std::move(*window);
    }
    std::optional<core::Intent> key(const Shot& shot, SDL_Keycode code) {
        press_key(code);
        return show(*m_window, shot).intent;
    }

    std::unique_ptr<Window> m_window;
};

TEST_F(Input, ATouchThatLeavesTheButtonAsksForNothing) {
    const Shot shot = shot_named("choose-method");
    show(*m_window, shot);
    const Rect place = place_of(*m_window, {Kind::ChooseFace}).value();
    m_window->touch(place.centre(), true);
    EXPECT_FALSE(show(*m_window, shot).intent);
    m_window->touch({place.x - 20, place.bottom() + 30}, false);
    EXPECT_FALSE(show(*m_window, shot).intent);
    EXPECT_FALSE(show(*m_window, shot).intent);
}

TEST_F(Input, TwoQuickTapsGiveTwoIntentsOneAFrame) {
    const Shot shot = shot_named("pin");
    show(*m_window, shot);
    const Point seven = place_of(*m_window, {Kind::Digit, 7})->centre();
    const Point two = place_of(*m_window, {Kind::Digit, 2})->centre();
    for (const Point at : {seven, two}) {
        m_window->touch(at, true);
        m_window->touch(at, false);
    }
    std::vector<core::Intent> got;
    for (int frame = 0; frame < 6; ++frame) {
        if (const auto intent = show(*m_window, shot).intent) got.push_back(*intent);
    }
    EXPECT_EQ(got, (std::vector<core::Intent>{{Kind::Digit, 7}, {Kind::Digit, 2}}));
}

TEST_F(Input, WaitingReturnsAtOnceWhileInputIsLeft) {
    const Shot shot = shot_named("pin");
    show(*m_window, shot);
    const Point at = place_of(*m_window, {Kind::Digit, 7})->centre();
    m_window->touch(at, true);
    m_window->touch(at, false);
    show(*m_window, shot);
    const auto begun = std::chrono::steady_clock::now();
    m_window->wait(std::chrono::minutes(1));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
    EXPECT_EQ(show(*m_window, shot).intent, (core::Intent{Kind::Digit, 7}));
}

TEST_F(Input, KeysShuffledUnderTheFingerPressNothing) {
    Shot shot = shot_named("pin");
    show(*m_window, shot);
    const Point at = place_of(*m_window, {Kind::Digit, 7})->centre();
    m_window->touch(at, true);
    show(*m_window, shot);
    std::get<core::page::Pin>(shot.view.page).order = {1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
    show(*m_window, shot);
    m_window->touch(at, false);
    EXPECT_FALSE(show(*m_window, shot).intent);
}

TEST_F(Input, ASecondTapOfADoubleTapDoesNotAnswerTheNextConsent) {
    open(std::chrono::hours(1));
    const Shot first = shot_named("consent-operation");
    const Shot second = shot_named("consent-checkup");
    show(*m_window, first);
    const Point agree = place_of(*m_window, {Kind::Agree})->centre();
    EXPECT_FALSE(tap(*m_window, first, agree).intent) << "the page has just come";
    open({});
    show(*m_window, first);
    m_window->touch(agree, true);
    m_window->touch(agree, false);
    m_window->touch(agree, true);
    show(*m_window, first);
    EXPECT_EQ(show(*m_window, first).intent, (core::Intent{Kind::Agree}));
    m_window->touch(agree, false);
    EXPECT_FALSE(show(*m_window, second).intent) << "the finger came down for the page before";
    EXPECT_FALSE(show(*m_window, second).intent);
}

TEST_F(Input, ANumberPadTypesOnThePinAndTheStaffPageOnly) {
    EXPECT_FALSE(key(shot_named("idle"), SDLK_5));
    EXPECT_EQ(key(shot_named("pin"), SDLK_5), (core::Intent{Kind::Digit, 5}));
    EXPECT_EQ(key(shot_named("pin"), SDLK_KP_0), (core::Intent{Kind::Digit, 0}));
    EXPECT_EQ(key(shot_named("pin"), SDLK_KP_9), (core::Intent{Kind::Digit, 9}));
    EXPECT_EQ(key(shot_named("pin"), SDLK_BACKSPACE), (core::Intent{Kind::Erase}));
    EXPECT_EQ(key(shot_named("staff-check"), SDLK_3), (core::Intent{Kind::Digit, 3}));
    EXPECT_FALSE(key(shot_named("pin-checking"), SDLK_5));
    EXPECT_FALSE(key(shot_named("pin-wait"), SDLK_5));
    EXPECT_FALSE(key(shot_named("staff-check-paused"), SDLK_5));
    EXPECT_FALSE(key(shot_named("consent-operation"), SDLK_5));
}

TEST_F(Input, EscapeStopsWhereStoppingIsPossible) {
    EXPECT_EQ(key(shot_named("choose-method"), SDLK_ESCAPE), (core::Intent{Kind::Stop}));
    EXPECT_FALSE(key(shot_named("submitting"), SDLK_ESCAPE));
}

TEST_F(Input, SpaceAndTabDoNothingAnywhereAndEnterNothingBeforeAKeyWasMoved) {
    for (const Shot& shot : gallery(core::Language::Japanese)) {
        show(*m_window, shot);
        for (const SDL_Keycode code : {SDLK_SPACE, SDLK_RETURN, SDLK_KP_ENTER, SDLK_TAB}) {
            EXPECT_FALSE(key(shot, code)) << shot.name;
        }
    }
}

TEST_F(Input, WakeEndsWaitingFromAnotherThread) {
    std::thread waker([this] { m_window->wake(); });
    const auto begun = std::chrono::steady_clock::now();
    m_window->wait(std::chrono::minutes(1));
    waker.join();
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(30));
}

TEST_F(Input, ClosingTheWindowIsHandedOn) {
    SDL_Event event{};
    event.type = SDL_QUIT;
    SDL_PushEvent(&event);
    EXPECT_TRUE(show(*m_window, shot_named("idle")).quit);
}

}  // namespace

TEST_F(Input, AKeyHeldDownKeepsItsPlaceAndIsNobodysTouch) {
    const Shot shot = shot_named("choose-method");
    show(*m_window, shot);
    press_key(SDLK_DOWN);
    EXPECT_TRUE(show(*m_window, shot).touched);
    SDL_Event again{};
    again.type = SDL_KEYDOWN;
    again.key.keysym.sym = SDLK_DOWN;
    again.key.repeat = 1;
    SDL_PushEvent(&again);
    EXPECT_FALSE(show(*m_window, shot).touched) << "something lies on the key";
    EXPECT_EQ(key(shot, SDLK_RETURN), (core::Intent{Kind::ChooseFace}));
}

TEST_F(Input, AFingerPressesNothingThatMovedUnderItWhenTheControlsWentDown) {
    open(std::chrono::hours(1));
    Shot shot = shot_named("limit-amount");
    show(*m_window, shot);
    shot.view.preferences = k_low;
    show(*m_window, shot);
    EXPECT_FALSE(tap(*m_window, shot, place_of(*m_window, {Kind::NotProvide})->centre()).intent);
}

}  // namespace uketsuke::ui::test
