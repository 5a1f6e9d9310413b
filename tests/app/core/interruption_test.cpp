#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

TEST(Interruption, ACardTakenEarlyStoresNoHalfConsent) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    kiosk.tap(Kind::Agree);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::CardTaken);
    EXPECT_FALSE(std::get<page::CardTaken>(kiosk.view().page).accepted);
    EXPECT_TRUE(kiosk.all<effect::SignReception>().empty());
    EXPECT_TRUE(kiosk.all<effect::Commit>().empty());
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
    kiosk.advance(Kiosk::demo_policy().notice_shown);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(Interruption, ACardTakenBeforeItSignedCommitsNothing) {
    Kiosk kiosk;
    kiosk.reach_submitting();
    kiosk.remove();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    EXPECT_TRUE(kiosk.all<effect::Commit>().empty());
    EXPECT_EQ(kiosk.screen(), Screen::CardTaken);
}

TEST(Interruption, ACardTakenWhileTheRowIsWrittenLearnsWhetherItWasAccepted) {
    Kiosk kiosk;
    kiosk.reach_submitting();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::Submitting);
    kiosk.send(event::Committed{kiosk.id(), Kiosk::request()});
    ASSERT_EQ(kiosk.screen(), Screen::CardTaken);
    EXPECT_TRUE(std::get<page::CardTaken>(kiosk.view().page).accepted);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
}

TEST(Interruption, TheNextPatientsCardWaitsForTheRowAndNeverSeesTheLastOnesResult) {
    Kiosk kiosk;
    kiosk.reach_submitting();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    const SessionId first = kiosk.id();
    kiosk.remove();
    kiosk.place();
    EXPECT_EQ(kiosk.screen(), Screen::Submitting);
    kiosk.send(event::Committed{first, Kiosk::request()});
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    EXPECT_EQ(kiosk.state().session->id, kiosk.id());
    kiosk.send(event::Answered{Kiosk::request(), Outcome::Confirmed});
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
}

TEST(Interruption, AnAnswerOfAnOlderSessionChangesNothing) {
    Kiosk kiosk;
    kiosk.place();
    const SessionId old = kiosk.id();
    kiosk.read();
    kiosk.tap(Kind::ChooseFace);
    kiosk.remove();
    kiosk.place();
    kiosk.send(event::FaceDecided{old, FaceOutcome::Match});
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    kiosk.read();
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{old, FaceOutcome::Match});
    EXPECT_EQ(kiosk.screen(), Screen::Face);
}

TEST(Interruption, AReaderThatGoesAwayPutsTheKioskOutOfServiceAndBack) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.send(event::ReaderChanged{false});
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
    kiosk.send(event::ReaderChanged{true});
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(Interruption, ACardThatNeverAnswersIsNotWaitedForForever) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.advance(Kiosk::demo_policy().reading_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
    kiosk.read();
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
}

TEST(Interruption, ACommitThatNeverReturnsSendsThePatientToTheDesk) {
    Kiosk kiosk;
    kiosk.reach_submitting();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::NotSaved);
}

TEST(Interruption, ACameraThatShowsNobodyEndsTheAttemptWithAWayOn) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ChooseFace);
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::FaceFailed);
    EXPECT_EQ(kiosk.all<effect::StopFace>().size(), 1U);
}

}  // namespace
}  // namespace uketsuke::core::test
