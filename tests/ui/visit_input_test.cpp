// A tablet in the hand: fingers, a pen, a palm; dimmed, and turned.
#include <SDL.h>
#include <gtest/gtest.h>

#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

using Kind = core::Intent::Kind;

class Tablet : public ::testing::Test {
  protected:
    void SetUp() override {
        auto window = open_window(k_small_landscape);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        m_window = std::move(*window);
    }
    void finger(std::uint32_t type, Point at, SDL_FingerID id = 1) {
        SDL_Event event{};
        event.type = type;
        event.tfinger.touchId = 7;
        event.tfinger.fingerId = id;
        event.tfinger.x = at.x / static_cast<float>(m_window->width());
        event.tfinger.y = at.y / static_cast<float>(m_window->height());
        SDL_PushEvent(&event);
    }
    static void mouse(bool down, Point at, std::uint32_t which = 0) {
        SDL_Event event{};
        event.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP;
        event.button.which = which;
        event.button.button = SDL_BUTTON_LEFT;
        event.button.x = static_cast<int>(at.x);
        event.button.y = static_cast<int>(at.y);
        SDL_PushEvent(&event);
    }
    static void move(Point at) {
        SDL_Event event{};
        event.type = SDL_MOUSEMOTION;
        event.motion.x = static_cast<int>(at.x);
        event.motion.y = static_cast<int>(at.y);
        SDL_PushEvent(&event);
    }
    std::vector<core::Intent> shown(const Shot& shot) {
        std::vector<core::Intent> got;
        for (int frame = 0; frame < 10; ++frame) {
            if (const auto intent = show(*m_window, shot).intent) got.push_back(*intent);
        }
        return got;
    }
    Point centre(const core::Intent& intent) { return place_of(*m_window, intent).value().centre(); }

    std::unique_ptr<Window> m_window;
};

TEST_F(Tablet, AFingerGivesOneTapWhateverElseTheWindowSystemMakesOfIt) {
    const Shot shot = shot_named("pin");
    shown(shot);
    const Point seven = centre({Kind::Digit, 7});
    const std::vector<core::Intent> once{{Kind::Digit, 7}};
    finger(SDL_FINGERDOWN, seven);
    finger(SDL_FINGERUP, seven);
    EXPECT_EQ(shown(shot), once);
    finger(SDL_FINGERDOWN, seven);
    mouse(true, seven, SDL_TOUCH_MOUSEID);
    finger(SDL_FINGERUP, seven);
    mouse(false, seven, SDL_TOUCH_MOUSEID);
    EXPECT_EQ(shown(shot), once) << "with the library's mouse";
    finger(SDL_FINGERDOWN, seven);
    mouse(true, seven);
    finger(SDL_FINGERUP, seven);
    mouse(false, seven);
    EXPECT_EQ(shown(shot), once) << "with the display server's mouse, beside it";
    finger(SDL_FINGERDOWN, seven);
    finger(SDL_FINGERUP, seven);
    mouse(true, seven);
    mouse(false, seven);
    EXPECT_EQ(shown(shot), once) << "with the display server's mouse, after it";
}

TEST_F(Tablet, APenOrAMouseGivesOneTap) {
    const Shot shot = shot_named("pin");
    shown(shot);
    move(centre({Kind::Digit, 2}));
    mouse(true, centre({Kind::Digit, 2}));
    mouse(false, centre({Kind::Digit, 2}));
    EXPECT_EQ(shown(shot), (std::vector<core::Intent>{{Kind::Digit, 2}}));
}

TEST_F(Tablet, ASecondFingerPressesNothingAndTheFirstGoesOn) {
    const Shot shot = shot_named("pin");
    shown(shot);
    finger(SDL_FINGERDOWN, centre({Kind::Digit, 7}), 1);
    finger(SDL_FINGERDOWN, centre({Kind::Digit, 2}), 2);
    finger(SDL_FINGERUP, centre({Kind::Digit, 2}), 2);
    finger(SDL_FINGERUP, centre({Kind::Digit, 7}), 1);
    EXPECT_EQ(shown(shot), (std::vector<core::Intent>{{Kind::Digit, 7}}));
}

TEST_F(Tablet, AFingerWhoseEndWasLostDoesNotSilenceTheScreen) {
    const Shot shot = shot_named("pin");
    shown(shot);
    finger(SDL_FINGERDOWN, centre({Kind::Digit, 7}), 1);
    shown(shot);
    finger(SDL_FINGERDOWN, centre({Kind::Digit, 2}), 1);
    finger(SDL_FINGERUP, centre({Kind::Digit, 2}), 1);
    EXPECT_EQ(shown(shot), (std::vector<core::Intent>{{Kind::Digit, 2}}));
}

std::vector<Kind> kinds(const std::vector<core::Intent>& intents) {
    std::vector<Kind> all;
    for (const core::Intent& intent : intents) all.push_back(intent.kind);
    return all;
}

TEST_F(Tablet, ThePalmDrawsNothingWhileThePenWrites) {
    Shot shot = shot_named("declaration-signature-empty");
    shown(shot);
    const Rect field = place_of(*m_window, {.kind = Kind::PenDown, .pen = {5000, 5000}}).value();
    mouse(true, field.at(0.2F, 0.5F));
    finger(SDL_FINGERDOWN, field.at(0.8F, 0.9F));
    finger(SDL_FINGERMOTION, field.at(0.82F, 0.8F));
    const std::vector<core::Intent> down = shown(shot);
    ASSERT_EQ(kinds(down), std::vector<Kind>{Kind::PenDown});
    EXPECT_LT(down.front().pen.x, 3000);
    auto& signature = std::get<core::page::DeclarationSignature>(shot.view.page).signature;
    signature.begin(down.front().pen);
    move(field.at(0.4F, 0.4F));
    finger(SDL_FINGERMOTION, field.at(0.85F, 0.7F));
    const Window::Input moved = show(*m_window, shot);
    ASSERT_TRUE(moved.intent);
    EXPECT_EQ(moved.intent->kind, Kind::PenMove);
    EXPECT_LT(moved.intent->pen.x, 5000);
    signature.go_on(moved.intent->pen);
    finger(SDL_FINGERUP, field.at(0.85F, 0.7F));
    mouse(false, field.at(0.4F, 0.4F));
    EXPECT_TRUE(shown(shot).empty());
}

TEST_F(Tablet, APenTakesOverFromAPalmThatLayThereFirst) {
    const Shot shot = shot_named("declaration-signature-empty");
    shown(shot);
    const Rect field = place_of(*m_window, {.kind = Kind::PenDown, .pen = {5000, 5000}}).value();
    finger(SDL_FINGERDOWN, field.at(0.8F, 0.9F));
    EXPECT_EQ(kinds(shown(shot)), std::vector<Kind>{Kind::PenDown});
    mouse(true, field.at(0.2F, 0.5F));
    const std::vector<core::Intent> pen = shown(shot);
    ASSERT_EQ(kinds(pen), std::vector<Kind>{Kind::PenDown});
    EXPECT_LT(pen.front().pen.x, 3000);
}

TEST_F(Tablet, TheFirstTouchOfADimmedScreenOnlyWakesIt) {
    Shot shot = shot_named("tour-dimmed");
    show(*m_window, shot);
    const Point start = centre({Kind::StartVisit});
    m_window->touch(start, true);
    const Window::Input woken = show(*m_window, shot);
    EXPECT_TRUE(woken.touched);
    EXPECT_FALSE(woken.intent);
    shot.view.dimmed = false;
    m_window->touch(start, false);
    EXPECT_TRUE(shown(shot).empty()) << "the finger that woke it is lifted";
    EXPECT_EQ(tap(*m_window, shot, start).intent, (core::Intent{Kind::StartVisit}));
    shot.view.dimmed = true;
    show(*m_window, shot);
    EXPECT_FALSE(tap(*m_window, shot, start).intent) << "a whole tap";
    SDL_Event key{};
    key.type = SDL_KEYDOWN;
    key.key.keysym.sym = SDLK_DOWN;
    SDL_PushEvent(&key);
    EXPECT_TRUE(show(*m_window, shot).touched);
}

TEST_F(Tablet, ADimmedPictureIsDarker) {
    Shot shot = shot_named("tour");
    const auto light = [&] {
        show(*m_window, shot);
        double sum = 0;
        const std::vector<std::uint8_t> pixels = m_window->pixels();
        for (const std::uint8_t channel : pixels) sum += channel;
        return sum / static_cast<double>(pixels.size());
    };
    const double plain = light();
    shot.view.dimmed = true;
    EXPECT_LT(light(), plain / 2);
}

TEST_F(Tablet, AFingerPressesNothingThatMovedUnderItWhenTheTabletWasTurned) {
    const Shot shot = shot_named("tour");
    show(*m_window, shot);
    const Point start = centre({Kind::StartVisit});
    m_window->touch(start, true);
    show(*m_window, shot);
    ASSERT_TRUE(m_window->resize(k_small_portrait.width, k_small_portrait.height));
    show(*m_window, shot);
    m_window->touch(centre({Kind::StartVisit}), false);
    EXPECT_TRUE(shown(shot).empty());
    EXPECT_EQ(tap(*m_window, shot, centre({Kind::StartVisit})).intent, (core::Intent{Kind::StartVisit}));
}

TEST_F(Tablet, PicturesAfterATurnAreThoseOfAWindowOpenedThatWay) {
    const auto pictures = [](Window& window) {
        std::vector<std::vector<std::uint8_t>> all;
        for (const char* name : {"tour", "care-list", "visit-consent", "face-look", "tour-sign-in-few"}) {
            show(window, shot_named(name));
            all.push_back(window.pixels());
        }
        return all;
    };
    std::vector<std::vector<std::vector<std::uint8_t>>> fresh;
    for (const WindowSize& size : {k_small_portrait, k_small_landscape}) {
        m_window = open_window(size).value();
        fresh.push_back(pictures(*m_window));
    }
    m_window = open_window(k_small_portrait).value();
    EXPECT_EQ(pictures(*m_window), fresh[0]);
    ASSERT_TRUE(m_window->resize(k_small_landscape.width, k_small_landscape.height));
    EXPECT_EQ(pictures(*m_window), fresh[1]) << "lying";
    EXPECT_EQ(m_window->width(), k_small_landscape.width);
    ASSERT_TRUE(m_window->resize(k_small_portrait.width, k_small_portrait.height));
    EXPECT_EQ(pictures(*m_window), fresh[0]) << "and upright again";
    EXPECT_FALSE(m_window->resize(5, 5));
    EXPECT_EQ(pictures(*m_window), fresh[0]);
}

}  // namespace

}  // namespace uketsuke::ui::test
