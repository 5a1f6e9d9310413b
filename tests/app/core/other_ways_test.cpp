// For whoever cannot be confirmed: the shorter ways, and the form.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;
using ::testing::ElementsAre;

std::vector<OtherWay> ways(const Kiosk& kiosk) {
    return std::get<page::OtherWays>(kiosk.view().page).ways;
}

CardFacts locked_card() {
    CardFacts facts = Kiosk::good_card();
    facts.pin_tries = 0;
    return facts;
}

void reach_accepted(Kiosk& kiosk, Outcome outcome) {
    kiosk.reach_submitting();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    kiosk.send(event::Committed{kiosk.id(), Kiosk::request()});
    kiosk.send(event::Answered{Kiosk::request(), outcome, 4});
}

TEST(OtherWays, AreOfferedByChoiceWhereTheKioskWaits) {
    Kiosk kiosk;
    EXPECT_TRUE(kiosk.view().other_ways_offered);
    kiosk.tap(Kind::ShowOtherWays);
    EXPECT_EQ(kiosk.screen(), Screen::OtherWays);
    EXPECT_THAT(ways(kiosk), ElementsAre(OtherWay::PortalScreen, OtherWay::InsurerNotice, OtherWay::EarlierVisits));
    EXPECT_TRUE(kiosk.view().can_stop);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(OtherWays, AreOfferedWhenTheCardCannotBeRead) {
    for (const auto trouble : {CardTrouble::Unreadable, CardTrouble::NoChip, CardTrouble::CertificateExpired}) {
        Kiosk kiosk;
        kiosk.place();
        kiosk.send(event::CardReadFailed{kiosk.id(), trouble});
        ASSERT_TRUE(kiosk.view().other_ways_offered);
        kiosk.tap(Kind::ShowOtherWays);
        EXPECT_EQ(kiosk.screen(), Screen::OtherWays);
        kiosk.tap(Kind::Back);
        EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
    }
}

TEST(OtherWays, AreOfferedWhenTheServiceDidNotAnswerInTime) {
    Kiosk kiosk;
    kiosk.reach_submitting();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    kiosk.send(event::Committed{kiosk.id(), Kiosk::request()});
    kiosk.advance(kiosk.state().policy.answer_wait);
    ASSERT_EQ(kiosk.screen(), Screen::Accepted);
    EXPECT_TRUE(kiosk.view().other_ways_offered);
    kiosk.send(event::Answered{Kiosk::request(), Outcome::Confirmed, 0});
    EXPECT_FALSE(kiosk.view().other_ways_offered) << "good news that came late";
}

TEST(OtherWays, AreOfferedWhenTheServiceKnowsNobody) {
    Kiosk kiosk;
    reach_accepted(kiosk, Outcome::SeeTheDesk);
    EXPECT_TRUE(kiosk.view().other_ways_offered);
}

TEST(OtherWays, AreNotOfferedToWhoeverIsConfirmed) {
    Kiosk kiosk;
    reach_accepted(kiosk, Outcome::Confirmed);
    EXPECT_FALSE(kiosk.view().other_ways_offered);
    kiosk.tap(Kind::ShowOtherWays);
    EXPECT_EQ(kiosk.screen(), Screen::Accepted);
}

TEST(OtherWays, AreOfferedWhenTheCardIsLockedAlsoWhileStaffAreAwaited) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read(locked_card(), false);
    ASSERT_TRUE(kiosk.view().other_ways_offered);
    kiosk.tap(Kind::CallStaff);
    ASSERT_EQ(kiosk.screen(), Screen::CallStaff);
    EXPECT_TRUE(kiosk.view().other_ways_offered);
    kiosk.tap(Kind::ShowOtherWays);
    EXPECT_EQ(kiosk.screen(), Screen::OtherWays);
    EXPECT_TRUE(kiosk.state().session) << "the card may still be used";
}

TEST(OtherWays, LeaveOutMynaportalForACardThatNoPinOpens) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read(locked_card(), false);
    kiosk.tap(Kind::ShowOtherWays);
    EXPECT_THAT(ways(kiosk), ElementsAre(OtherWay::InsurerNotice, OtherWay::EarlierVisits));
    EXPECT_TRUE(std::get<page::OtherWays>(kiosk.view().page).card_cannot_sign_in);
    kiosk.tap(Kind::ChooseWay, static_cast<std::uint8_t>(OtherWay::PortalScreen));
    EXPECT_EQ(kiosk.screen(), Screen::OtherWays);
}

TEST(OtherWays, ComeInTheClinicsOrder) {
    Policy policy = Kiosk::demo_policy();
    policy.other_ways = {OtherWay::EarlierVisits};
    Kiosk kiosk(policy);
    kiosk.tap(Kind::ShowOtherWays);
    EXPECT_THAT(ways(kiosk), ElementsAre(OtherWay::EarlierVisits));
}

TEST(OtherWays, AreNotOfferedWhereTheClinicDoesNotWantThemOrReceivesNobody) {
    Policy policy = Kiosk::demo_policy();
    policy.offer_declaration = false;
    EXPECT_FALSE(Kiosk(policy).view().other_ways_offered);
    Kiosk kiosk;
    kiosk.send(event::ReceptionStopped{});
    EXPECT_FALSE(kiosk.view().other_ways_offered);
}

TEST(OtherWays, WorkWithoutAReader) {
    Kiosk kiosk;
    kiosk.send(event::ReaderChanged{false});
    ASSERT_EQ(kiosk.screen(), Screen::OutOfService);
    ASSERT_TRUE(kiosk.view().other_ways_offered);
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::Declare);
    EXPECT_EQ(kiosk.screen(), Screen::DeclarationText);
}

TEST(OtherWays, CallStaffWithWhatThereIsToLookAt) {
    Kiosk kiosk;
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::ChooseWay, static_cast<std::uint8_t>(OtherWay::InsurerNotice));
    ASSERT_EQ(kiosk.screen(), Screen::ShowToStaff);
    EXPECT_EQ(std::get<page::ShowToStaff>(kiosk.view().page).way, OtherWay::InsurerNotice);
    const auto calls = kiosk.all<effect::CallStaff>();
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(calls[0].to_show, OtherWay::InsurerNotice);
    kiosk.send(event::CallSeen{});
    EXPECT_TRUE(kiosk.view().staff_coming);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.screen(), Screen::OtherWays);
}

TEST(OtherWays, StayWhenTheCardThatDoesNotHelpIsTaken) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read(locked_card(), false);
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::OtherWays);
    EXPECT_FALSE(kiosk.state().session);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(OtherWays, GiveWayToACardThatIsLaid) {
    Kiosk kiosk;
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.place();
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
}

TEST(OtherWays, AreStillThereForWhoeverTookTheCardFromTheLastPage) {
    Kiosk kiosk;
    reach_accepted(kiosk, Outcome::Queued);
    kiosk.remove();
    ASSERT_EQ(kiosk.screen(), Screen::CardTaken);
    ASSERT_TRUE(kiosk.view().other_ways_offered);
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::Declare);
    ASSERT_TRUE(kiosk.state().declaring);
    EXPECT_EQ(kiosk.state().declaring->reception, Kiosk::request());
}

TEST(OtherWays, GiveWayToGoodNewsThatComeLate) {
    Kiosk kiosk;
    reach_accepted(kiosk, Outcome::Queued);
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.send(event::Answered{Kiosk::request(), Outcome::SeeTheDesk, 4});
    EXPECT_EQ(kiosk.screen(), Screen::OtherWays);
    kiosk.send(event::Answered{Kiosk::request(), Outcome::Confirmed, 0});
    ASSERT_EQ(kiosk.screen(), Screen::Accepted);
    EXPECT_FALSE(kiosk.view().other_ways_offered);
}

TEST(OtherWays, StayWhenTheReaderGoesAndKeepTheReceptionInMind) {
    Kiosk kiosk;
    reach_accepted(kiosk, Outcome::Queued);
    kiosk.remove();
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.send(event::ReaderChanged{false});
    ASSERT_EQ(kiosk.screen(), Screen::OtherWays);
    kiosk.send(event::ReaderChanged{true});
    ASSERT_EQ(kiosk.screen(), Screen::OtherWays);
    kiosk.tap(Kind::Back);
    ASSERT_EQ(kiosk.screen(), Screen::CardTaken) << "and nothing is forgotten on the way back";
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::Declare);
    EXPECT_EQ(kiosk.state().declaring->reception, Kiosk::request());
}

TEST(OtherWays, EndByThemselvesAndCallNobodyTwice) {
    Kiosk kiosk;
    kiosk.tap(Kind::ShowOtherWays);
    kiosk.tap(Kind::ChooseWay, static_cast<std::uint8_t>(OtherWay::EarlierVisits));
    kiosk.advance(3 * kiosk.state().policy.screen_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    EXPECT_EQ(kiosk.all<effect::CallStaff>().size(), 1U);
}

}  // namespace
}  // namespace uketsuke::core::test
