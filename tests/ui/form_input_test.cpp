// Fingers on the pages of the form: keys, wheels and the field for the signature.
#include <SDL.h>
#include <gtest/gtest.h>

#include "app/ui/key_grid.h"
#include "tests/ui/screens_fixture.h"

namespace uketsuke::ui::test {

namespace {

using core::DeclarationField;
using core::Keyboard;
using Kind = core::Intent::Kind;

void move_to(Point at) {
    SDL_Event event{};
    event.type = SDL_MOUSEMOTION;
    event.motion.x = static_cast<Sint32>(at.x);
    event.motion.y = static_cast<Sint32>(at.y);
    SDL_PushEvent(&event);
}

class FormInput : public ::testing::Test {
  protected:
    void SetUp() override { open({}); }
    void open(std::chrono::milliseconds settle) {
        m_window.reset();
        auto window = open_window(k_small_landscape, settle);
        if (!window) GTEST_SKIP() << "no off-screen OpenGL here: " << window.error();
        m_window = std::move(*window);
    }
    std::vector<core::Intent> intents(const Shot& shot, int frames) {
        std::vector<core::Intent> all;
        for (int frame = 0; frame < frames; ++frame) {
            if (const auto intent = show(*m_window, shot).intent) all.push_back(*intent);
        }
        return all;
    }

    std::unique_ptr<Window> m_window;
};

TEST_F(FormInput, AKeyIsHeardAtOnceOnTheNextQuestionWithTheSameKeyboard) {
    open(std::chrono::hours(1));
    const Shot insurer = shot_named("declaration-text-insurer");
    const Shot office = shot_named("declaration-text-office");
    show(*m_window, insurer);
    show(*m_window, office);
    const core::Intent key{Kind::TypeKey, 7};
    EXPECT_EQ(tap(*m_window, office, place_of(*m_window, key)->centre()).intent, key);
}

TEST_F(FormInput, TheSecondTapOfADoubleTapOnNextDoesNotSkipTheQuestionThatComes) {
    open(std::chrono::hours(1));
    const Shot insurer = shot_named("declaration-text-insurer");
    const Shot office = shot_named("declaration-text-office");
    show(*m_window, insurer);
    show(*m_window, office);
    EXPECT_FALSE(tap(*m_window, office, place_of(*m_window, {Kind::Skip})->centre()).intent);
    EXPECT_FALSE(tap(*m_window, office, place_of(*m_window, {Kind::Back})->centre()).intent);
}

TEST_F(FormInput, AKeyOfAnotherKeyboardIsNotHeardWhileItComes) {
    open(std::chrono::hours(1));
    show(*m_window, shot_named("declaration-text-postal"));
    const Shot insurer = shot_named("declaration-text-insurer");
    show(*m_window, insurer);
    EXPECT_FALSE(tap(*m_window, insurer, place_of(*m_window, {Kind::TypeKey, 7})->centre()).intent);
}

TEST_F(FormInput, KeysStandStillWhileOneTypes) {
    Shot shot = shot_named("declaration-text-empty");
    show(*m_window, shot);
    const Rect before = place_of(*m_window, {Kind::TypeKey, 7}).value();
    for (const char* name : {"declaration-text", "declaration-text-kana", "declaration-text-longest"}) {
        show(*m_window, shot_named(name));
        const Rect now = place_of(*m_window, {Kind::TypeKey, 7}).value();
        EXPECT_EQ(now.x, before.x) << name;
        EXPECT_EQ(now.y, before.y) << name;
    }
}

TEST_F(FormInput, ACandidateThatCameUnderTheFingerIsNotPicked) {
    Shot shot = shot_named("declaration-text");
    show(*m_window, shot);
    const Point at = place_of(*m_window, {Kind::PickCandidate, 0})->centre();
    m_window->touch(at, true);
    show(*m_window, shot);
    std::get<core::page::DeclarationText>(shot.view.page).candidates[0] = "検一郎";
    show(*m_window, shot);
    m_window->touch(at, false);
    EXPECT_TRUE(intents(shot, 2).empty());
}

TEST_F(FormInput, ANumberPadTypesDigitsWhereTheKeyboardHasThem) {
    SDL_Event event{};
    event.type = SDL_KEYDOWN;
    event.key.keysym.sym = SDLK_4;
    const Shot digits = shot_named("declaration-text-phone");
    show(*m_window, digits);
    SDL_PushEvent(&event);
    EXPECT_EQ(show(*m_window, digits).intent, (core::Intent{Kind::TypeKey, 4}));
    const Shot kana = shot_named("declaration-text");
    show(*m_window, kana);
    SDL_PushEvent(&event);
    EXPECT_FALSE(show(*m_window, kana).intent);
}

TEST_F(FormInput, AWheelThatIsDraggedSaysWhereItStoodWhenTheFingerWasLifted) {
    const Shot shot = shot_named("declaration-date");
    show(*m_window, shot);
    const Rect row = place_of(*m_window, {Kind::SetMonth, 5}).value();
    const Point from = row.centre();
    m_window->touch(from, true);
    for (int step = 1; step <= 6; ++step) move_to({from.x, from.y - row.height * 0.5F * static_cast<float>(step)});
    EXPECT_TRUE(intents(shot, 3).empty()) << "nothing until the finger is lifted";
    m_window->touch({from.x, from.y - row.height * 3}, false);
    EXPECT_EQ(intents(shot, 3), (std::vector<core::Intent>{{Kind::SetMonth, 8}}));
}

TEST_F(FormInput, AWheelStopsAtItsEnds) {
    const Shot shot = shot_named("declaration-date");
    show(*m_window, shot);
    const Rect row = place_of(*m_window, {Kind::SetDay, 3}).value();
    m_window->touch(row.centre(), true);
    show(*m_window, shot);
    m_window->touch({row.centre().x, row.centre().y + row.height * 40}, false);
    EXPECT_EQ(intents(shot, 3), (std::vector<core::Intent>{{Kind::SetDay, 1}}));
}

TEST_F(FormInput, EveryPlaceOfThePenBecomesAPointAndNoneOutsideOfTheField) {
    Shot shot = shot_named("declaration-signature-empty");
    auto& signature = std::get<core::page::DeclarationSignature>(shot.view.page).signature;
    show(*m_window, shot);
    Rect field;
    for (const Drawn& drawn : m_window->drawn()) {
        if (drawn.intent && drawn.intent->kind == Kind::PenDown) field = drawn.rect;
    }
    m_window->touch(field.at(0.2F, 0.5F), true);
    for (const float across : {0.3F, 0.4F, 0.5F, 0.6F, 1.4F}) move_to(field.at(across, 0.5F));
    for (int frame = 0; frame < 12; ++frame) {
        const auto intent = show(*m_window, shot).intent;
        if (!intent) continue;
        if (intent->kind == Kind::PenDown) signature.begin(intent->pen);
        if (intent->kind == Kind::PenMove) signature.go_on(intent->pen);
    }
    m_window->touch(field.at(1.4F, 0.5F), false);
    static_cast<void>(intents(shot, 3));
    ASSERT_EQ(signature.strokes().size(), 1U);
    const auto& points = signature.strokes().front();
    ASSERT_EQ(points.size(), 6U);
    EXPECT_NEAR(points.front().x, 2'000, 100);
    EXPECT_NEAR(points[3].x, 5'000, 100);
    EXPECT_EQ(points.back().x, core::k_pen_range);
}

TEST(FormOnATablet, HasKeysThatCanBeTouchedThoughTheLowerHalfIsAskedFor) {
    for (const WindowSize& size : {k_tablet, k_tablet_portrait}) {
        auto window = open_places(size);
        if (!window) GTEST_SKIP() << window.error();
        Shot shot = shot_named("declaration-text");
        shot.view.preferences = k_low;
        show(**window, shot);
        const Rect key = place_of(**window, {Kind::TypeKey, 7}).value();
        const double millimetre = 96 / 25.4 * size.density;
        EXPECT_GE(key.height, 8 * millimetre) << size.name;
        EXPECT_GE(key.width, 8 * millimetre) << size.name;
    }
}

TEST(KeyGrid, HoldsEveryKeyOnceAndNoTwoInOnePlace) {
    for (const Keyboard keyboard : {Keyboard::Kana, Keyboard::Romaji, Keyboard::Latin, Keyboard::Digits}) {
        for (const bool flat : {false, true}) {
            const KeyGrid grid = key_grid(keyboard, DeclarationField::Address, flat);
            std::size_t named = 0;
            for (int key = 0; key < 256; ++key) {
                named += core::key_text(keyboard, static_cast<std::uint8_t>(key)).empty() ? 0 : 1;
            }
            EXPECT_EQ(grid.keys.size(), named) << core::name_of(keyboard);
            for (std::size_t i = 0; i < grid.keys.size(); ++i) {
                const KeyPlace& one = grid.keys[i];
                EXPECT_LE(one.column + one.columns, grid.columns) << static_cast<int>(one.key);
                EXPECT_LT(one.row, grid.rows) << static_cast<int>(one.key);
                for (std::size_t j = i + 1; j < grid.keys.size(); ++j) {
                    const KeyPlace& other = grid.keys[j];
                    EXPECT_NE(one.key, other.key);
                    const bool apart = one.row != other.row || one.column + one.columns <= other.column ||
                                       other.column + other.columns <= one.column;
                    EXPECT_TRUE(apart) << static_cast<int>(one.key) << " and " << static_cast<int>(other.key);
                }
            }
        }
    }
}

}  // namespace

}  // namespace uketsuke::ui::test
