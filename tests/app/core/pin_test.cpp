#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

class PinScreen : public ::testing::Test {
  protected:
    void open(int tries) {
        CardFacts facts = Kiosk::good_card();
        facts.pin_tries = tries;
        kiosk.place();
        kiosk.read(facts);
        kiosk.tap(Kind::ChoosePin);
    }
    Kiosk kiosk;
};

TEST_F(PinScreen, KeysDoNothingBeforeTheyAreShuffled) {
    open(3);
    kiosk.type("12");
    EXPECT_EQ(std::get<page::Pin>(kiosk.view().page).entered, 0);
    kiosk.shuffle();
    kiosk.type("12");
    EXPECT_EQ(std::get<page::Pin>(kiosk.view().page).entered, 2);
    kiosk.tap(Kind::Erase);
    EXPECT_EQ(std::get<page::Pin>(kiosk.view().page).entered, 1);
}

TEST_F(PinScreen, TheCameraIsOffWhileAPinIsTyped) {
    open(3);
    EXPECT_EQ(kiosk.all<effect::StopFace>().size(), 1U);
}

TEST_F(PinScreen, TheFourthDigitAsksTheCardOnceAndForgetsThePin) {
    open(3);
    kiosk.shuffle();
    kiosk.type("1234567");
    const auto sent = kiosk.all<effect::VerifyPin>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].tries_expected, 3);
    EXPECT_EQ(sent[0].pin.ascii(), (std::array<std::uint8_t, 4>{'1', '2', '3', '4'}));
    EXPECT_EQ(kiosk.state().session->pin.size(), 0U);
    EXPECT_EQ(kiosk.state().session->pin.ascii(), (std::array<std::uint8_t, 4>{}));
}

TEST_F(PinScreen, WrongTwiceThenRightPassesTheWarningBeforeTheLastTry) {
    open(3);
    kiosk.shuffle();
    kiosk.type("0000");
    kiosk.answer_pin(PinOutcome::Wrong, 2);
    EXPECT_EQ(kiosk.screen(), Screen::Pin);
    EXPECT_TRUE(std::get<page::Pin>(kiosk.view().page).wrong);
    EXPECT_EQ(std::get<page::Pin>(kiosk.view().page).tries_left, 2);
    EXPECT_EQ(kiosk.all<effect::ShuffleKeypad>().size(), 2U) << "each entry has its own order";
    kiosk.shuffle();
    kiosk.type("1111");
    kiosk.answer_pin(PinOutcome::Wrong, 1);
    EXPECT_EQ(kiosk.screen(), Screen::PinLastTry);
    kiosk.type("1234");
    EXPECT_EQ(kiosk.all<effect::VerifyPin>().size(), 2U);
    kiosk.tap(Kind::UseLastTry);
    kiosk.shuffle();
    kiosk.type("1234");
    kiosk.answer_pin(PinOutcome::Right, 3);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST_F(PinScreen, TheThirdWrongOneLeadsToTheLockedPageWithFaceAndStaff) {
    open(1);
    EXPECT_EQ(kiosk.screen(), Screen::PinLastTry);
    kiosk.tap(Kind::UseLastTry);
    kiosk.shuffle();
    kiosk.type("0000");
    kiosk.answer_pin(PinOutcome::Wrong, 0);
    ASSERT_EQ(kiosk.screen(), Screen::PinLocked);
    EXPECT_TRUE(std::get<page::PinLocked>(kiosk.view().page).face);
    kiosk.tap(Kind::ChooseFace);
    EXPECT_EQ(kiosk.screen(), Screen::Face);
}

TEST_F(PinScreen, ALockedCardIsNeverOfferedAKeypad) {
    CardFacts facts = Kiosk::good_card();
    facts.pin_tries = 0;
    kiosk.place();
    kiosk.read(facts);
    EXPECT_FALSE(std::get<page::ChooseMethod>(kiosk.view().page).pin);
    EXPECT_TRUE(std::get<page::ChooseMethod>(kiosk.view().page).pin_locked);
    kiosk.tap(Kind::ChoosePin);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
}

TEST_F(PinScreen, ACounterThatChangedElsewhereIsShownBeforeTheNextEntry) {
    open(3);
    kiosk.shuffle();
    kiosk.type("1234");
    kiosk.answer_pin(PinOutcome::NotSent, 1);
    EXPECT_EQ(kiosk.screen(), Screen::PinLastTry);
}

TEST_F(PinScreen, AnAnswerThatGotLostIsNotSentAgain) {
    open(3);
    kiosk.shuffle();
    kiosk.type("1234");
    kiosk.answer_pin(PinOutcome::Lost, std::nullopt);
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
    EXPECT_EQ(kiosk.all<effect::VerifyPin>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
}

TEST_F(PinScreen, ChoosingTheLastTryHoldsForOneEntryOnly) {
    open(1);
    kiosk.tap(Kind::UseLastTry);
    kiosk.tap(Kind::Back);
    kiosk.tap(Kind::ChoosePin);
    EXPECT_EQ(kiosk.screen(), Screen::PinLastTry);
}

TEST(Pin, ForgetsItsDigitsWhenMovedFromAndWhenCleared) {
    Pin pin;
    for (const std::uint8_t digit : {1, 2, 3, 4}) pin.push(digit);
    EXPECT_TRUE(pin.complete());
    const auto& digits = pin.ascii();
    const Pin moved = std::move(pin);
    EXPECT_TRUE(moved.complete());
    EXPECT_EQ(digits, (std::array<std::uint8_t, 4>{})) << "what is left behind";
    Pin fresh;
    fresh.push(10);
    EXPECT_EQ(fresh.size(), 0U);
}

TEST(LastTry, IsWarnedOfAgainAfterStaffWereCalled) {
    Kiosk kiosk;
    kiosk.place();
    CardFacts facts = Kiosk::good_card();
    facts.pin_tries = 1;
    kiosk.read(facts);
    kiosk.tap(Intent::Kind::ChoosePin);
    ASSERT_EQ(kiosk.screen(), Screen::PinLastTry);
    kiosk.tap(Intent::Kind::UseLastTry);
    ASSERT_EQ(kiosk.screen(), Screen::Pin);
    kiosk.tap(Intent::Kind::CallStaff);
    kiosk.tap(Intent::Kind::Back);
    kiosk.tap(Intent::Kind::ChoosePin);
    EXPECT_EQ(kiosk.screen(), Screen::PinLastTry);
}

}  // namespace
}  // namespace uketsuke::core::test
