// At home: consent, then the PIN or staff's visual check, then the card (seeds, guide for supporters p. 19).
#include <gtest/gtest.h>

#include "tests/app/core/tablet.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

TEST(Visit, GoesFromConsentToThePinToTheCardToConfirmed) {
    Tablet tablet;
    tablet.on_tour();
    ASSERT_EQ(tablet.screen(), Screen::Tour);
    tablet.tap(Kind::StartVisit);
    ASSERT_EQ(tablet.screen(), Screen::Consent);
    EXPECT_EQ(tablet.view().stage, Stage::Consent);
    tablet.tap(Kind::AgreeAll);
    ASSERT_EQ(tablet.screen(), Screen::ChooseMethod);
    EXPECT_EQ(tablet.view().stage, Stage::Identify);
    tablet.type_pin();
    ASSERT_EQ(tablet.screen(), Screen::LayCard);
    EXPECT_EQ(tablet.view().stage, Stage::PlaceCard);
    EXPECT_TRUE(tablet.all<effect::VerifyPin>().empty()) << "no card has said how many tries it has";
    tablet.lay();
    const auto sent = tablet.all<effect::VerifyPin>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].tries_expected, 3);
    tablet.answer_pin(PinOutcome::Right, 3);
    ASSERT_EQ(tablet.screen(), Screen::Submitting);
    tablet.send(event::Signed{tablet.id(), Kiosk::request()});
    const auto commits = tablet.all<effect::Commit>();
    ASSERT_EQ(commits.size(), 1U);
    ASSERT_TRUE(commits[0].visit);
    EXPECT_EQ(commits[0].visit->who, StaffId{3});
    EXPECT_FALSE(commits[0].visit->pin_locked);
    EXPECT_TRUE(commits[0].visit->consents[0].agreed);
    tablet.send(event::Committed{tablet.id(), Kiosk::request()});
    tablet.send(event::Answered{Kiosk::request(), Outcome::Confirmed});
    EXPECT_EQ(tablet.screen(), Screen::Accepted);
    EXPECT_EQ(tablet.view().stage, Stage::Done);
    tablet.remove();
    EXPECT_EQ(tablet.screen(), Screen::Tour);
}

TEST(Visit, IsReceivedByStaffsVisualCheckWithCodeAndReason) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    EXPECT_TRUE(tablet.page<page::ChooseMethod>().visual);
    tablet.tap(Kind::OpenStaffCheck);
    ASSERT_EQ(tablet.screen(), Screen::StaffCheck);
    tablet.type("123456");
    tablet.tap(Kind::ShowVisualReasons);
    tablet.tap(Kind::ConfirmVisual, static_cast<std::uint8_t>(VisualReason::Condition));
    tablet.send(event::StaffCodeAnswered{true, StaffId{3}});
    ASSERT_EQ(tablet.screen(), Screen::LayCard);
    const auto did = tablet.all<effect::StaffDid>();
    ASSERT_EQ(did.size(), 1U);
    EXPECT_EQ(did[0].who, StaffId{3});
    EXPECT_EQ(did[0].reason, VisualReason::Condition);
    tablet.lay();
    EXPECT_EQ(tablet.screen(), Screen::Submitting);
    EXPECT_TRUE(tablet.all<effect::VerifyPin>().empty());
}

TEST(Visit, TakesACardWithoutPinByTheVisualCheckAndSaysThatItHasNone) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin();
    CardFacts locked = Kiosk::good_card();
    locked.pin_tries = 0;
    tablet.lay(locked);
    ASSERT_EQ(tablet.screen(), Screen::PinLocked);
    EXPECT_TRUE(tablet.all<effect::VerifyPin>().empty());
    tablet.tap(Kind::CallStaff);
    ASSERT_EQ(tablet.screen(), Screen::StaffCheck) << "staff stand there: nobody is called";
    EXPECT_TRUE(tablet.all<effect::CallStaff>().empty());
    tablet.type("123456");
    tablet.tap(Kind::ConfirmVisual);
    tablet.send(event::StaffCodeAnswered{true, StaffId{3}});
    ASSERT_EQ(tablet.screen(), Screen::Submitting);
    tablet.send(event::Signed{tablet.id(), Kiosk::request()});
    EXPECT_TRUE(tablet.all<effect::Commit>().at(0).visit->pin_locked);
}

TEST(Visit, TakesStaffsWordAlsoWhenTheCardIsLaidWhileTheCodeIsChecked) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.ask_for_visual_check();
    tablet.lay();
    tablet.send(event::StaffCodeAnswered{true, StaffId{3}});
    EXPECT_EQ(tablet.screen(), Screen::Submitting);
    EXPECT_EQ(tablet.all<effect::StaffDid>().size(), 1U);
}

TEST(Visit, LosesStaffsWordWithTheVisitItWasGivenFor) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.ask_for_visual_check();
    tablet.tap(Kind::Stop);
    tablet.consent();
    tablet.send(event::StaffCodeAnswered{true, StaffId{3}});
    EXPECT_FALSE(tablet.state().session->identified);
}

TEST(Visit, SaysHowManyWrongCodesTheTabletBearsAlsoAtTheVisualCheck) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.tap(Kind::OpenStaffCheck);
    tablet.type("000000");
    tablet.tap(Kind::ConfirmVisual);
    tablet.send(event::StaffCodeAnswered{false, {}, 4});
    EXPECT_TRUE(tablet.page<page::StaffCheck>().wrong);
    EXPECT_EQ(tablet.page<page::StaffCheck>().tries_left, 4);
}

TEST(Visit, HoldsStaffsWordForTheCardItWasGivenWithAndForNoOther) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.ask_for_visual_check();
    tablet.send(event::StaffCodeAnswered{true, StaffId{3}});
    CardFacts card = Kiosk::good_card();
    card.tag = CardTag{1};
    tablet.lay(card);
    ASSERT_EQ(tablet.screen(), Screen::Submitting);
    tablet.remove();
    ASSERT_EQ(tablet.screen(), Screen::LayCard);
    tablet.lay(card);
    ASSERT_EQ(tablet.screen(), Screen::Submitting) << "the same card once more";
    tablet.remove();
    card.tag = CardTag{2};
    tablet.lay(card);
    EXPECT_EQ(tablet.screen(), Screen::Consent) << "nor is anything that the first patient said theirs";
    EXPECT_FALSE(tablet.state().session->approval);
    EXPECT_FALSE(tablet.state().session->consents[0]);
}

TEST(Visit, CarriesNoAnswerOfOnePatientToAnothersCard) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin();
    CardFacts card = Kiosk::good_card();
    card.tag = CardTag{1};
    tablet.lay(card);
    tablet.answer_pin(PinOutcome::Right, 3);
    ASSERT_EQ(tablet.screen(), Screen::Submitting);
    tablet.remove();
    card.tag = CardTag{2};
    tablet.lay(card);
    ASSERT_EQ(tablet.screen(), Screen::Consent);
    EXPECT_FALSE(tablet.state().session->consents[0]);
    EXPECT_EQ(tablet.all<effect::VerifyPin>().size(), 1U);
}

TEST(Visit, NeverSpendsTheLastTryOnAPinThatWasTypedBeforeTheCardSpoke) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin();
    CardFacts last = Kiosk::good_card();
    last.pin_tries = 1;
    tablet.lay(last);
    EXPECT_EQ(tablet.screen(), Screen::PinLastTry);
    EXPECT_TRUE(tablet.all<effect::VerifyPin>().empty());
    EXPECT_EQ(tablet.state().session->pin.size(), 0U);
}

TEST(Visit, WarnsOfTheLastTryWhereTheCardSpeaksWhileThePinIsTyped) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin("12");
    CardFacts last = Kiosk::good_card();
    last.pin_tries = 1;
    tablet.lay(last);
    ASSERT_EQ(tablet.screen(), Screen::Pin);
    tablet.type("34");
    EXPECT_EQ(tablet.screen(), Screen::PinLastTry);
    EXPECT_TRUE(tablet.all<effect::VerifyPin>().empty());
}

TEST(Visit, AsksAgainAfterAWrongPinWithTheCardLyingThere) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin("0000");
    tablet.lay();
    tablet.answer_pin(PinOutcome::Wrong, 2);
    ASSERT_EQ(tablet.screen(), Screen::Pin);
    EXPECT_TRUE(tablet.page<page::Pin>().wrong);
    tablet.shuffle();
    tablet.type("1234");
    EXPECT_EQ(tablet.all<effect::VerifyPin>().at(1).tries_expected, 2);
}

TEST(Visit, KeepsWhatWasSaidWhenTheCardIsTakenTooEarly) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin();
    tablet.place();
    ASSERT_EQ(tablet.screen(), Screen::ReadingCard);
    tablet.remove();
    ASSERT_EQ(tablet.screen(), Screen::LayCard);
    EXPECT_TRUE(tablet.page<page::LayCard>().again);
    tablet.lay();
    EXPECT_EQ(tablet.all<effect::VerifyPin>().size(), 1U);
    tablet.answer_pin(PinOutcome::Right, 3);
    ASSERT_EQ(tablet.screen(), Screen::Submitting);
    // Taken before it has signed: what the PIN had opened is closed, what was agreed to is not asked again.
    tablet.remove();
    ASSERT_EQ(tablet.screen(), Screen::ChooseMethod);
    EXPECT_TRUE(tablet.state().session->consents[0]->agreed);
    EXPECT_TRUE(tablet.all<effect::Commit>().empty());
}

TEST(Visit, KeepsWhatWasSaidWhenTheCardCannotBeRead) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin();
    tablet.place();
    tablet.send(event::CardReadFailed{tablet.id(), CardTrouble::Unreadable});
    ASSERT_EQ(tablet.screen(), Screen::CardProblem);
    tablet.remove();
    ASSERT_EQ(tablet.screen(), Screen::LayCard);
    tablet.lay();
    EXPECT_EQ(tablet.all<effect::VerifyPin>().size(), 1U);
}

TEST(Visit, AsksWhatIsStillToAskWhenACardThatCameEarlyCannotBeRead) {
    Tablet tablet;
    tablet.on_tour();
    tablet.tap(Kind::StartVisit);
    tablet.place();
    EXPECT_EQ(tablet.screen(), Screen::Consent);
    tablet.send(event::CardReadFailed{tablet.id(), CardTrouble::Unreadable});
    ASSERT_EQ(tablet.screen(), Screen::CardProblem);
    tablet.remove();
    EXPECT_EQ(tablet.screen(), Screen::Consent);
}

TEST(Visit, BeginsWithTheCardWhereItIsLaidFirst) {
    Tablet tablet;
    tablet.on_tour();
    tablet.lay();
    ASSERT_EQ(tablet.screen(), Screen::Consent);
    tablet.tap(Kind::AgreeAll);
    tablet.tap(Kind::ChoosePin);
    tablet.shuffle();
    tablet.type("1234");
    EXPECT_EQ(tablet.all<effect::VerifyPin>().at(0).tries_expected, 3);
}

TEST(Visit, SendsAPinTypedWhileTheCardWasBeingReadOnceItWasRead) {
    Tablet tablet;
    tablet.on_tour();
    tablet.place();
    tablet.tap(Kind::AgreeAll);
    tablet.tap(Kind::ChoosePin);
    tablet.shuffle();
    tablet.type("1234");
    ASSERT_EQ(tablet.screen(), Screen::ReadingCard);
    EXPECT_TRUE(tablet.all<effect::VerifyPin>().empty());
    tablet.read(Kiosk::good_card(), false);
    EXPECT_EQ(tablet.all<effect::VerifyPin>().size(), 1U);
}

TEST(Visit, AgreesToNothingWithACardThatGivesEligibilityOnly) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin();
    CardFacts over = Kiosk::good_card();
    over.certificate = CertificateStanding::EligibilityOnly;
    tablet.lay(over);
    tablet.answer_pin(PinOutcome::Right, 3);
    ASSERT_EQ(tablet.screen(), Screen::ExpiryNotice);
    tablet.tap(Kind::Next);
    ASSERT_EQ(tablet.screen(), Screen::Submitting);
    EXPECT_FALSE(tablet.all<effect::SignReception>().at(0).reception.consents[0].agreed);
}

TEST(Visit, ShowsWhatWasChosenBeforeAnybodyIsIdentified) {
    Tablet tablet;
    tablet.on_tour();
    tablet.tap(Kind::StartVisit);
    tablet.tap(Kind::OneByOne);
    tablet.agree_to_all_items();
    ASSERT_EQ(tablet.screen(), Screen::ConsentSummary);
    tablet.tap(Kind::Confirm);
    ASSERT_EQ(tablet.screen(), Screen::ChooseMethod);
    tablet.type_pin();
    tablet.lay();
    tablet.answer_pin(PinOutcome::Right, 3);
    EXPECT_EQ(tablet.screen(), Screen::Submitting) << "the summary is not asked twice";
}

TEST(Visit, CallsNobodyAndOffersNoFace) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    EXPECT_FALSE(tablet.view().can_call_staff);
    EXPECT_FALSE(tablet.page<page::ChooseMethod>().face);
    EXPECT_TRUE(tablet.view().visit);
}

TEST(Visit, GoesOnWithoutAReaderUntilTheCardIsNeeded) {
    Tablet tablet;
    tablet.on_tour();
    tablet.send(event::ReaderChanged{false});
    EXPECT_EQ(tablet.screen(), Screen::Tour);
    tablet.consent();
    tablet.type_pin();
    ASSERT_EQ(tablet.screen(), Screen::LayCard);
    EXPECT_FALSE(tablet.page<page::LayCard>().reader_there);
    tablet.send(event::ReaderChanged{true});
    tablet.lay();
    EXPECT_EQ(tablet.all<effect::VerifyPin>().size(), 1U);
}

TEST(Visit, AsksForThePinAgainAfterLookingForAnotherWay) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin();
    tablet.tap(Kind::ShowOtherWays);
    tablet.lay();
    tablet.tap(Kind::Back);
    EXPECT_EQ(tablet.screen(), Screen::ChooseMethod);
}

TEST(Visit, OffersTheSelfDeclarationToWhoeverHasNoCard) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.type_pin();
    ASSERT_EQ(tablet.screen(), Screen::LayCard);
    EXPECT_TRUE(tablet.view().other_ways_offered);
    tablet.tap(Kind::ShowOtherWays);
    tablet.tap(Kind::Declare);
    EXPECT_EQ(tablet.screen(), Screen::DeclarationText);
    EXPECT_FALSE(tablet.state().session);
}

}  // namespace
}  // namespace uketsuke::core::test
