#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

TEST(Patience, IsCountedDownForTwentySecondsAndAnyTouchGivesItAllBack) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.advance(Millis{69'999});
    EXPECT_FALSE(kiosk.view().seconds_left);
    kiosk.advance(Millis{1});
    EXPECT_EQ(kiosk.view().seconds_left, 20);
    kiosk.send(event::Touched{});
    EXPECT_FALSE(kiosk.view().seconds_left);
    kiosk.advance(Millis{89'999});
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    kiosk.advance(Millis{1});
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
}

TEST(Patience, CanBeAskedForAsOftenAsSomebodyIsThere) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    for (int i = 0; i < 20; ++i) {
        kiosk.advance(Millis{85'000});
        kiosk.send(event::Touched{});
    }
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST(Patience, WithAMachineIsNotStretchedByTouching) {
    Kiosk kiosk;
    kiosk.place();
    for (int i = 0; i < 3; ++i) {
        kiosk.advance(Millis{5'000});
        kiosk.send(event::Touched{});
        kiosk.tap(Kind::ChangeVolume);
    }
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);

    Kiosk waiting;
    waiting.place();
    waiting.recognise();
    waiting.tap(Kind::ChoosePin);
    waiting.advance(Millis{14'999});
    waiting.send(event::Touched{});
    waiting.advance(Millis{1});
    EXPECT_EQ(waiting.screen(), Screen::CardProblem);

    Kiosk submitting;
    submitting.reach_submitting();
    submitting.sign_and_commit();
    submitting.send(event::Touched{});
    submitting.advance(Kiosk::demo_policy().answer_wait);
    EXPECT_EQ(submitting.screen(), Screen::Accepted);
}

TEST(Patience, OnTheLastPageIsLongerForSlowReadersAndEndsAfterAMinute) {
    Kiosk kiosk;
    kiosk.reach_accepted();
    for (int i = 0; i < 5; ++i) {
        kiosk.advance(Millis{10'000});
        kiosk.send(event::Touched{});
        EXPECT_EQ(kiosk.screen(), Screen::Accepted) << i;
    }
    kiosk.advance(Millis{9'999});
    EXPECT_EQ(kiosk.screen(), Screen::Accepted);
    kiosk.advance(Millis{1});
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
}

TEST(Patience, OfTheLastPageIsEndedByWhoeverHasRead) {
    Kiosk kiosk;
    kiosk.reach_accepted();
    EXPECT_TRUE(kiosk.view().can_stop);
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    EXPECT_EQ(std::get<page::TakeCard>(kiosk.view().page).reason, EndReason::Accepted);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
}

}  // namespace
}  // namespace uketsuke::core::test
