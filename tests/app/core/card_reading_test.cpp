// The card is read while the patient already chooses, and its photo may open late, by staff's hand, or never.
#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

page::ChooseMethod choose_page(const Kiosk& kiosk) {
    return std::get<page::ChooseMethod>(kiosk.view().page);
}

TEST(CardReading, TheMethodIsChosenWhileTheTriesAndTheCertificateAreBeingRead) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    EXPECT_TRUE(choose_page(kiosk).face);
    EXPECT_TRUE(choose_page(kiosk).pin);
}

TEST(CardReading, AnEarlyChoiceOfThePinWaitsForTheTriesAndThenOpensTheKeypad) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChoosePin);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    EXPECT_TRUE(choose_page(kiosk).waiting);
    kiosk.send(event::CardRead{kiosk.id(), Kiosk::good_card()});
    EXPECT_EQ(kiosk.screen(), Screen::Pin);
    EXPECT_EQ(kiosk.all<effect::ShuffleKeypad>().size(), 1U);
}

TEST(CardReading, AnEarlyChoiceOfThePinOnALockedCardIsToldSo) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChoosePin);
    CardFacts facts = Kiosk::good_card();
    facts.pin_tries = 0;
    kiosk.send(event::CardRead{kiosk.id(), facts});
    EXPECT_EQ(kiosk.screen(), Screen::PinLocked);
}

TEST(CardReading, AnEarlyChoiceOfThePinWithOneTryLeftIsWarnedFirst) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChoosePin);
    CardFacts facts = Kiosk::good_card();
    facts.pin_tries = 1;
    kiosk.send(event::CardRead{kiosk.id(), facts});
    EXPECT_EQ(kiosk.screen(), Screen::PinLastTry);
}

TEST(CardReading, AChoiceThatWaitsForASilentCardEndsWithTheCardProblem) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChoosePin);
    kiosk.advance(kiosk.state().policy.reading_timeout + Millis{1});
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
    EXPECT_EQ(kiosk.state().trouble, CardTrouble::Unreadable);
}

TEST(CardReading, CallingStaffForgetsAnEarlyChoice) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChoosePin);
    kiosk.tap(Kind::CallStaff);
    kiosk.send(event::CardRead{kiosk.id(), Kiosk::good_card()});
    EXPECT_EQ(kiosk.screen(), Screen::CallStaff);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    EXPECT_FALSE(choose_page(kiosk).waiting);
}

TEST(CardReading, AnExpiredCertificateEndsTheReceptionWhereverThePatientIsByThen) {
    for (const auto chosen : {Kind::ChoosePin, Kind::ChooseFace, Kind::CallStaff}) {
        Kiosk kiosk;
        kiosk.place();
        kiosk.recognise();
        kiosk.tap(chosen);
        CardFacts facts = Kiosk::good_card();
        facts.certificate = CertificateStanding::Expired;
        kiosk.send(event::CardRead{kiosk.id(), facts});
        EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
        EXPECT_EQ(kiosk.state().trouble, CardTrouble::CertificateExpired);
        EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
    }
}

TEST(CardReading, AFailureAfterTheCardWasRecognisedIsAProblemOfTheCard) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Unreadable});
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
}

TEST(CardReading, ACardThatIsTakenWhileItIsReadLeavesItsWordsOnTheScreenForAWhile) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Moved});
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
    kiosk.advance(kiosk.state().policy.notice_shown);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(CardReading, ACardThatIsLaidAgainAfterItMovedIsReadAtOnce) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Moved});
    kiosk.remove();
    kiosk.place();
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
}

TEST(CardReading, AnotherCardThatIsTakenAwayLeavesTheScreenToTheNextPatient) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::NotMyNumberCard});
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(CardReading, AFaceThatMatchesBeforeTheCertificateIsReadWaitsForIt) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    kiosk.send(event::CardRead{kiosk.id(), Kiosk::good_card()});
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_EQ(kiosk.state().session->identified, Method::Face);
}

TEST(CardReading, ACardThatFailsAfterTheFaceMatchedIsAProblemAtOnce) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Unreadable});
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
}

TEST(CardReading, WhomStaffConfirmedChoosesNothingAndHasNoPhotoOpened) {
    Kiosk kiosk;
    kiosk.send(event::StaffVisual{"2580"});
    kiosk.send(event::StaffCodeAnswered{true});
    kiosk.place();
    ASSERT_EQ(kiosk.all<effect::ReadCard>().size(), 1U);
    EXPECT_FALSE(kiosk.all<effect::ReadCard>()[0].photo);
    kiosk.recognise(false);
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    kiosk.send(event::CardRead{kiosk.id(), Kiosk::good_card()});
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_EQ(kiosk.state().session->identified, Method::Visual);
}

TEST(CardReading, NoPhotoIsOpenedWhereFacesCannotBeMatched) {
    Kiosk kiosk;
    kiosk.send(event::FaceAvailability{FaceAbsence::NoModels});
    kiosk.place();
    EXPECT_FALSE(kiosk.all<effect::ReadCard>()[0].photo);
}

TEST(CardReading, TheFaceChoiceKeepsItsPlaceWhenThePhotoCannotBeOpened) {
    for (const auto outcome : {NumberOutcome::Unread, NumberOutcome::Refused, NumberOutcome::TooFewTries}) {
        Kiosk kiosk;
        kiosk.place();
        kiosk.read();
        ASSERT_TRUE(choose_page(kiosk).face);
        kiosk.send(event::NumberAnswered{kiosk.id(), outcome});
        EXPECT_FALSE(choose_page(kiosk).face);
        EXPECT_TRUE(choose_page(kiosk).face_withdrawn);
        EXPECT_EQ(choose_page(kiosk).face_absent, FaceAbsence::NoPhoto);
        EXPECT_EQ(choose_page(kiosk).front_unread, outcome == NumberOutcome::Unread) << "turning it helps only then";
        kiosk.tap(Kind::ChooseFace);
        EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    }
}

TEST(CardReading, WhoeverLooksAtTheCameraIsLedBackWhenThePhotoCannotBeOpened) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::NumberAnswered{kiosk.id(), NumberOutcome::Unread});
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    EXPECT_EQ(kiosk.all<effect::StopFace>().size(), 1U);
}

TEST(CardReading, ANumberWhoseAnswerWasLostEndsTheSessionOfTheCard) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.send(event::NumberAnswered{kiosk.id(), NumberOutcome::Lost});
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
    EXPECT_EQ(kiosk.state().trouble, CardTrouble::Moved);
}

class NumberEntry : public ::testing::Test {
  protected:
    void reach_entry() {
        m_kiosk.place();
        m_kiosk.read();
        m_kiosk.send(event::NumberAnswered{m_kiosk.id(), NumberOutcome::Unread});
        m_kiosk.tap(Kind::CallStaff);
        m_kiosk.tap(Kind::OpenStaffCheck);
        m_kiosk.type("2580");
        m_kiosk.tap(Kind::TypeNumber);
        m_kiosk.send(event::StaffCodeAnswered{true});
    }
    page::NumberEntry page() const { return std::get<page::NumberEntry>(m_kiosk.view().page); }
    void answer(NumberOutcome outcome) { m_kiosk.send(event::NumberAnswered{m_kiosk.id(), outcome}); }

    Kiosk m_kiosk;
};

TEST_F(NumberEntry, IsOpenedByTheStaffCodeAndIdentifiesNobody) {
    reach_entry();
    EXPECT_EQ(m_kiosk.screen(), Screen::NumberEntry);
    EXPECT_FALSE(m_kiosk.state().session->identified);
}

TEST_F(NumberEntry, IsSkippedWhenTheFrontWasReadAfterAll) {
    m_kiosk.place();
    m_kiosk.read();
    answer(NumberOutcome::Unread);
    m_kiosk.tap(Kind::CallStaff);
    m_kiosk.tap(Kind::OpenStaffCheck);
    m_kiosk.type("2580");
    m_kiosk.tap(Kind::TypeNumber);
    answer(NumberOutcome::Opened);
    m_kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_EQ(m_kiosk.screen(), Screen::ChooseMethod);
    EXPECT_TRUE(choose_page(m_kiosk).face);
}

TEST_F(NumberEntry, StaysClosedForAWrongCode) {
    m_kiosk.place();
    m_kiosk.read();
    answer(NumberOutcome::Unread);
    m_kiosk.tap(Kind::CallStaff);
    m_kiosk.tap(Kind::OpenStaffCheck);
    m_kiosk.type("0000");
    m_kiosk.tap(Kind::TypeNumber);
    m_kiosk.send(event::StaffCodeAnswered{false});
    EXPECT_EQ(m_kiosk.screen(), Screen::StaffCheck);
}

TEST_F(NumberEntry, IsNotOfferedWhenThePhotoIsOpenOrNoTriesMayBeSpent) {
    for (const auto outcome : {NumberOutcome::Opened, NumberOutcome::TooFewTries}) {
        Kiosk kiosk;
        kiosk.place();
        kiosk.read();
        kiosk.send(event::NumberAnswered{kiosk.id(), outcome});
        kiosk.tap(Kind::CallStaff);
        kiosk.tap(Kind::OpenStaffCheck);
        EXPECT_FALSE(std::get<page::StaffCheck>(kiosk.view().page).type_number);
        kiosk.type("2580");
        kiosk.tap(Kind::TypeNumber);
        EXPECT_TRUE(kiosk.all<effect::CheckStaffCode>().empty());
    }
}

TEST_F(NumberEntry, IsOfferedWhereNoCameraLooksAtTheFront) {
    m_kiosk.place();
    m_kiosk.read(Kiosk::good_card(), false);
    m_kiosk.tap(Kind::CallStaff);
    m_kiosk.tap(Kind::OpenStaffCheck);
    EXPECT_TRUE(std::get<page::StaffCheck>(m_kiosk.view().page).type_number);
}

TEST_F(NumberEntry, SendsFourteenDigitsOnceAndThenOffersTheFace) {
    reach_entry();
    m_kiosk.type("1905142032228");
    EXPECT_TRUE(m_kiosk.all<effect::OpenPhoto>().empty());
    m_kiosk.type("5");
    ASSERT_EQ(m_kiosk.all<effect::OpenPhoto>().size(), 1U);
    EXPECT_TRUE(page().checking);
    m_kiosk.type("1");
    EXPECT_EQ(m_kiosk.all<effect::OpenPhoto>().size(), 1U);
    EXPECT_EQ(page().entered, 0);
    answer(NumberOutcome::Opened);
    EXPECT_EQ(m_kiosk.screen(), Screen::ChooseMethod);
    EXPECT_TRUE(choose_page(m_kiosk).face);
}

TEST_F(NumberEntry, LetsAWrongNumberBeTypedAgainFromTheStart) {
    for (const auto outcome : {NumberOutcome::Refused, NumberOutcome::RefusedBefore, NumberOutcome::Impossible}) {
        m_kiosk = Kiosk();
        reach_entry();
        m_kiosk.type("19051420322286");
        answer(outcome);
        EXPECT_EQ(m_kiosk.screen(), Screen::NumberEntry);
        EXPECT_EQ(page().outcome, outcome);
        EXPECT_EQ(page().entered, 0);
        EXPECT_TRUE(page().possible);
    }
}

TEST_F(NumberEntry, TakesNoDigitOnceTheFloorIsReached) {
    reach_entry();
    m_kiosk.type("19051420322286");
    answer(NumberOutcome::TooFewTries);
    EXPECT_FALSE(page().possible);
    m_kiosk.type("1");
    EXPECT_EQ(page().entered, 0);
    m_kiosk.tap(Kind::Back);
    EXPECT_EQ(m_kiosk.screen(), Screen::CallStaff);
}

TEST_F(NumberEntry, ForgetsWhatWasTypedWhenItIsLeft) {
    reach_entry();
    m_kiosk.type("190514");
    m_kiosk.tap(Kind::Erase);
    EXPECT_EQ(page().entered, 5);
    m_kiosk.tap(Kind::Back);
    EXPECT_EQ(m_kiosk.state().session->number.size(), 0U);
}

TEST_F(NumberEntry, IsNoPlaceForAVisualCheckAskedForFromOutside) {
    m_kiosk.place();
    m_kiosk.read();
    answer(NumberOutcome::Unread);
    m_kiosk.tap(Kind::CallStaff);
    m_kiosk.send(event::StaffVisual{"2580"});
    m_kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_EQ(m_kiosk.screen(), Screen::Consent);
    EXPECT_EQ(m_kiosk.state().session->identified, Method::Visual);
}

}  // namespace
}  // namespace uketsuke::core::test
