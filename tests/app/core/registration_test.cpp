#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

struct Registration : ::testing::Test {
    Kiosk kiosk;
    void unregistered_card() {
        kiosk.place();
        kiosk.read();
        kiosk.send(event::RegistrationAnswered{kiosk.id(), false});
        kiosk.identify_by_pin();
    }
};

TEST_F(Registration, IsOfferedBetweenIdentificationAndConsentAndStandsInWhatIsSigned) {
    unregistered_card();
    EXPECT_EQ(kiosk.screen(), Screen::Registration);
    kiosk.tap(Kind::Register);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    kiosk.tap(Kind::AgreeAll);
    kiosk.tap(Kind::NotProvide);
    ASSERT_EQ(kiosk.all<effect::SignReception>().size(), 1U);
    EXPECT_TRUE(kiosk.all<effect::SignReception>()[0].reception.registration_wished);
}

TEST_F(Registration, IsNotAskedOfARegisteredCardNorOfOneTheServiceSaysNothingAbout) {
    for (const bool told : {false, true}) {
        Kiosk other;
        other.place();
        other.read();
        if (told) other.send(event::RegistrationAnswered{other.id(), true});
        other.identify_by_pin();
        EXPECT_EQ(other.screen(), Screen::Consent);
        other.tap(Kind::AgreeAll);
        other.tap(Kind::NotProvide);
        EXPECT_FALSE(other.all<effect::SignReception>()[0].reception.registration_wished);
    }
}

TEST_F(Registration, ThatIsAnsweredLateIsAskedAfterTheConsentAndInterruptsNothing) {
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    kiosk.send(event::RegistrationAnswered{kiosk.id(), false});
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    kiosk.tap(Kind::AgreeAll);
    EXPECT_EQ(kiosk.screen(), Screen::Registration);
    kiosk.tap(Kind::Register);
    EXPECT_EQ(kiosk.screen(), Screen::LimitAmount) << "the consents stand";
    kiosk.tap(Kind::NotProvide);
    EXPECT_TRUE(kiosk.all<effect::SignReception>()[0].reception.registration_wished);
    EXPECT_TRUE(kiosk.all<effect::SignReception>()[0].reception.consents[0].agreed);
}

TEST_F(Registration, ThatIsAnsweredAfterTheLastQuestionChangesNothing) {
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    kiosk.tap(Kind::AgreeAll);
    EXPECT_EQ(kiosk.screen(), Screen::LimitAmount);
    kiosk.send(event::RegistrationAnswered{kiosk.id(), false});
    kiosk.tap(Kind::NotProvide);
    EXPECT_EQ(kiosk.screen(), Screen::Submitting);
}

TEST_F(Registration, CallsStaffForWhoDoesNotWantItAndAsksAgainWhenTheyComeBack) {
    unregistered_card();
    kiosk.tap(Kind::NotRegister);
    EXPECT_EQ(kiosk.screen(), Screen::CallStaff);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.screen(), Screen::Registration);
    kiosk.tap(Kind::Register);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST_F(Registration, ComesBeforeTheExpiryNoticeAndNeitherIsSkipped) {
    kiosk.place();
    CardFacts facts = Kiosk::good_card();
    facts.certificate = CertificateStanding::ExpiresSoon;
    kiosk.read(facts);
    kiosk.send(event::RegistrationAnswered{kiosk.id(), false});
    kiosk.identify_by_pin();
    EXPECT_EQ(kiosk.screen(), Screen::Registration);
    kiosk.tap(Kind::Register);
    EXPECT_EQ(kiosk.screen(), Screen::ExpiryNotice);
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST_F(Registration, CanBeSwitchedOffAltogetherAndForTheVisualCheck) {
    Policy never = Kiosk::demo_policy();
    never.offer_registration = false;
    Kiosk off(never);
    off.place();
    off.read();
    off.send(event::RegistrationAnswered{off.id(), false});
    off.identify_by_pin();
    EXPECT_EQ(off.screen(), Screen::Consent);

    for (const bool allowed : {true, false}) {
        Policy policy = Kiosk::demo_policy();
        policy.visual_check = true;
        policy.registration_by_visual_check = allowed;
        Kiosk visual(policy);
        visual.send(event::StaffVisual{"2580"});
        visual.send(event::StaffCodeAnswered{true});
        visual.place();
        visual.recognise();
        visual.send(event::RegistrationAnswered{visual.id(), false});
        visual.send(event::CardRead{visual.id(), Kiosk::good_card()});
        EXPECT_EQ(visual.screen(), allowed ? Screen::Registration : Screen::Consent);
    }
}

TEST_F(Registration, OfAnOlderCardSaysNothingAboutThisOne) {
    kiosk.place();
    const SessionId before = kiosk.id();
    kiosk.remove();
    kiosk.place();
    kiosk.read();
    kiosk.send(event::RegistrationAnswered{before, false});
    kiosk.identify_by_pin();
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST(StaffNotes, AreShownWhileTheyHoldTheMostUrgentFirst) {
    Kiosk kiosk;
    const auto shown = [&] { return std::get<page::Idle>(kiosk.view().page).staff_note; };
    EXPECT_FALSE(shown());
    kiosk.send(event::StaffNoteChanged{StaffNote::ServiceAway, true});
    EXPECT_EQ(shown(), StaffNote::ServiceAway);
    kiosk.send(event::StaffNoteChanged{StaffNote::ClockWrong, true});
    EXPECT_EQ(shown(), StaffNote::ClockWrong);
    kiosk.send(event::StaffNoteChanged{StaffNote::ClockWrong, false});
    EXPECT_EQ(shown(), StaffNote::ServiceAway);
    kiosk.place();
    kiosk.remove();
    EXPECT_EQ(shown(), StaffNote::ServiceAway) << "it outlives a session";
    kiosk.send(event::StaffNoteChanged{StaffNote::ServiceAway, false});
    EXPECT_FALSE(shown());
}

TEST(Answers, BringTheNumberThatIsToldToTheDesk) {
    Kiosk kiosk;
    kiosk.reach_submitting();
    kiosk.sign_and_commit();
    kiosk.send(event::Answered{Kiosk::request(), Outcome::SeeTheDesk, 13});
    EXPECT_EQ(std::get<page::Accepted>(kiosk.view().page).number, 13);
}

}  // namespace
}  // namespace uketsuke::core::test
