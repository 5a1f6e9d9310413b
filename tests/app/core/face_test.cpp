#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

CardFacts card_with(std::uint64_t tag) {
    CardFacts facts = Kiosk::good_card();
    facts.tag = CardTag{tag};
    return facts;
}

void lay(Kiosk& kiosk, std::uint64_t tag) {
    kiosk.place();
    kiosk.read(card_with(tag));
}

void fail_face(Kiosk& kiosk, FaceOutcome outcome = FaceOutcome::NoMatch) {
    kiosk.tap(kiosk.screen() == Screen::FaceFailed ? Kind::Retry : Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), outcome});
}

page::ChooseMethod choices(const Kiosk& kiosk) {
    return std::get<page::ChooseMethod>(kiosk.view().page);
}

TEST(FaceAttempts, AreCountedOnWhenTheCardIsTakenAndLaidAgain) {
    Kiosk kiosk;
    lay(kiosk, 7);
    fail_face(kiosk);
    fail_face(kiosk);
    kiosk.remove();
    kiosk.advance(Millis{60'000});
    lay(kiosk, 7);
    EXPECT_TRUE(choices(kiosk).face);
    fail_face(kiosk);
    const auto page = std::get<page::FaceFailed>(kiosk.view().page);
    EXPECT_FALSE(page.retry);
    EXPECT_EQ(page.attempts_left, 0);
    kiosk.remove();
    kiosk.advance(Millis{60'000});
    lay(kiosk, 7);
    EXPECT_FALSE(choices(kiosk).face);
    EXPECT_EQ(choices(kiosk).face_absent, FaceAbsence::AttemptsUsed);
    EXPECT_TRUE(choices(kiosk).pin);
}

TEST(FaceAttempts, OfAnotherCardAreItsOwn) {
    Kiosk kiosk;
    lay(kiosk, 7);
    for (int i = 0; i < 3; ++i) fail_face(kiosk);
    kiosk.remove();
    kiosk.advance(Millis{10'000});
    lay(kiosk, 8);
    EXPECT_TRUE(choices(kiosk).face);
}

TEST(FaceAttempts, AreForgottenTenMinutesAfterTheLastOne) {
    Kiosk kiosk;
    lay(kiosk, 7);
    for (int i = 0; i < 3; ++i) fail_face(kiosk);
    kiosk.remove();
    kiosk.advance(Millis{10'000});
    kiosk.advance(Millis{589'000});
    lay(kiosk, 7);
    EXPECT_FALSE(choices(kiosk).face) << "ten minutes are not over";
    kiosk.remove();
    kiosk.advance(Millis{1'001});
    EXPECT_TRUE(kiosk.state().face_records.empty()) << "nothing of a card is kept longer";
    kiosk.advance(Millis{10'000});
    lay(kiosk, 7);
    EXPECT_TRUE(choices(kiosk).face);
}

TEST(FaceAttempts, AreForgottenWhenTheOwnerWasIdentified) {
    Kiosk kiosk;
    lay(kiosk, 7);
    fail_face(kiosk);
    fail_face(kiosk);
    kiosk.tap(Kind::ChoosePin);
    kiosk.shuffle();
    kiosk.type("1234");
    kiosk.answer_pin(PinOutcome::Right, 3);
    EXPECT_TRUE(kiosk.state().face_records.empty());
}

TEST(FaceAttempts, OfACardThatIsReadOnlyAfterwardsCountToo) {
    Kiosk kiosk;
    lay(kiosk, 7);
    for (int i = 0; i < 2; ++i) fail_face(kiosk);
    kiosk.remove();
    kiosk.advance(Millis{10'000});
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::NoMatch});
    EXPECT_TRUE(std::get<page::FaceFailed>(kiosk.view().page).retry) << "which card it is is not known yet";
    kiosk.send(event::CardRead{kiosk.id(), card_with(7)});
    EXPECT_FALSE(std::get<page::FaceFailed>(kiosk.view().page).retry);
    ASSERT_EQ(kiosk.state().face_records.size(), 1U);
    EXPECT_EQ(kiosk.state().face_records[0].attempts, 3);
}

TEST(FaceAttempts, ThatAreUsedUpEndAMatchingThatBeganBeforeTheCardWasKnown) {
    Kiosk kiosk;
    lay(kiosk, 7);
    for (int i = 0; i < 3; ++i) fail_face(kiosk);
    kiosk.remove();
    kiosk.advance(Millis{10'000});
    kiosk.place();
    kiosk.recognise();
    kiosk.tap(Kind::ChooseFace);
    ASSERT_EQ(kiosk.screen(), Screen::Face);
    const auto stops = kiosk.all<effect::StopFace>().size();
    kiosk.send(event::CardRead{kiosk.id(), card_with(7)});
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    EXPECT_EQ(kiosk.all<effect::StopFace>().size(), stops + 1);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod) << "a match that comes late identifies nobody";
}

TEST(FaceAttempts, OfACrowdOfCardsAreBounded) {
    Kiosk kiosk;
    for (std::uint64_t tag = 1; tag <= 100; ++tag) {
        lay(kiosk, tag);
        fail_face(kiosk);
        kiosk.remove();
        kiosk.advance(Millis{5'000});
        kiosk.advance(Millis{1'500});
    }
    EXPECT_LE(kiosk.state().face_records.size(), 64U);
}

TEST(FaceHints, OfHatAndGlassesComeOnlyAfterAFirstFailure) {
    Kiosk kiosk;
    lay(kiosk, 7);
    kiosk.tap(Kind::ChooseFace);
    EXPECT_FALSE(std::get<page::Face>(kiosk.view().page).hints);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::TimedOut});
    EXPECT_TRUE(std::get<page::FaceFailed>(kiosk.view().page).hints);
    kiosk.tap(Kind::Retry);
    EXPECT_TRUE(std::get<page::Face>(kiosk.view().page).hints);
}

TEST(FaceHints, SayHowToTurnTheHeadWhereThatWasWhatWasMissing) {
    Kiosk kiosk;
    lay(kiosk, 7);
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceGuided{kiosk.id(), FaceGuidance::TurnLeft});
    kiosk.send(event::FaceGuided{kiosk.id(), FaceGuidance::LookHere});
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::TimedOut});
    EXPECT_TRUE(std::get<page::FaceFailed>(kiosk.view().page).turn);
    fail_face(kiosk, FaceOutcome::TimedOut);
    EXPECT_FALSE(std::get<page::FaceFailed>(kiosk.view().page).turn) << "nothing was asked in the second attempt";
}

TEST(PresentationAttack, CostsAnAttemptAndLeavesTheOtherWays) {
    Kiosk kiosk;
    lay(kiosk, 7);
    fail_face(kiosk, FaceOutcome::NotLive);
    const auto page = std::get<page::FaceFailed>(kiosk.view().page);
    EXPECT_EQ(page.outcome, FaceOutcome::NotLive);
    EXPECT_EQ(page.attempts_left, 2);
    EXPECT_TRUE(page.pin);
    EXPECT_FALSE(page.hints) << "no hat was in the way";
}

Policy with(SecondSign sign) {
    Policy policy = Kiosk::demo_policy();
    policy.second_sign = sign;
    return policy;
}

TEST(WeakNetworks, AMatchAndTheRightPinIdentifyByPin) {
    Kiosk kiosk(with(SecondSign::Pin));
    kiosk.send(event::FaceAvailability{std::nullopt, true});
    lay(kiosk, 7);
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    ASSERT_EQ(kiosk.screen(), Screen::Pin);
    EXPECT_TRUE(std::get<page::Pin>(kiosk.view().page).after_face);
    EXPECT_FALSE(kiosk.state().session->identified);
    kiosk.shuffle();
    kiosk.type("1234");
    kiosk.answer_pin(PinOutcome::Right, 3);
    EXPECT_EQ(kiosk.state().session->identified, Method::Pin);
}

TEST(WeakNetworks, AMatchOfALockedCardGoesToStaff) {
    Kiosk kiosk(with(SecondSign::Pin));
    kiosk.send(event::FaceAvailability{std::nullopt, true});
    kiosk.place();
    CardFacts locked = card_with(7);
    locked.pin_tries = 0;
    kiosk.read(locked);
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    EXPECT_EQ(kiosk.screen(), Screen::CallStaff);
    EXPECT_FALSE(kiosk.state().session->identified);
}

TEST(WeakNetworks, AMatchAndStaffIdentifyByTheVisualCheck) {
    Kiosk kiosk(with(SecondSign::Staff));
    kiosk.send(event::FaceAvailability{std::nullopt, true});
    lay(kiosk, 7);
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    ASSERT_EQ(kiosk.screen(), Screen::CallStaff);
    EXPECT_TRUE(std::get<page::CallStaff>(kiosk.view().page).after_face);
    kiosk.tap(Kind::OpenStaffCheck);
    kiosk.type("2580");
    kiosk.tap(Kind::ConfirmVisual);
    kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_EQ(kiosk.state().session->identified, Method::Visual);
}

TEST(WeakNetworks, TwoMatchesInTwoAttemptsIdentifyByFaceAndAFailureBetweenStartsAfresh) {
    Kiosk kiosk(with(SecondSign::Tries));
    kiosk.send(event::FaceAvailability{std::nullopt, true});
    lay(kiosk, 7);
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    ASSERT_EQ(kiosk.screen(), Screen::Face);
    EXPECT_TRUE(std::get<page::Face>(kiosk.view().page).once_more);
    EXPECT_EQ(kiosk.all<effect::StartFace>().size(), 2U);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::NoMatch});
    ASSERT_EQ(kiosk.screen(), Screen::FaceFailed);
    kiosk.tap(Kind::Retry);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    ASSERT_EQ(kiosk.screen(), Screen::Face) << "the match before the failure does not count";
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    EXPECT_EQ(kiosk.state().session->identified, Method::Face);
}

TEST(Challenge, IsWaivedByStaffForOnePatientOnlyAndOnlyWhereTheClinicAllowsIt) {
    for (const bool allowed : {false, true}) {
        Policy policy = Kiosk::demo_policy();
        policy.challenge_waiver = allowed;
        Kiosk kiosk(policy);
        lay(kiosk, 7);
        fail_face(kiosk, FaceOutcome::TimedOut);
        EXPECT_TRUE(kiosk.all<effect::StartFace>().back().challenge);
        kiosk.tap(Kind::CallStaff);
        kiosk.tap(Kind::OpenStaffCheck);
        EXPECT_EQ(std::get<page::StaffCheck>(kiosk.view().page).waive_challenge, allowed);
        kiosk.type("2580");
        kiosk.tap(Kind::WaiveChallenge);
        kiosk.send(event::StaffCodeAnswered{true});
        if (!allowed) {
            EXPECT_EQ(kiosk.screen(), Screen::StaffCheck);
            continue;
        }
        ASSERT_EQ(kiosk.screen(), Screen::Face);
        EXPECT_FALSE(kiosk.all<effect::StartFace>().back().challenge);
        EXPECT_FALSE(kiosk.state().session->identified) << "the face must still match";
        kiosk.remove();
        kiosk.advance(Millis{10'000});
        lay(kiosk, 8);
        kiosk.tap(Kind::ChooseFace);
        EXPECT_TRUE(kiosk.all<effect::StartFace>().back().challenge);
    }
}

TEST(Camera, ThatFailsAndComesBackChangesNothingOfMissingNetworks) {
    Kiosk kiosk;
    kiosk.send(event::FaceAvailability{FaceAbsence::NoModels});
    kiosk.send(event::CameraChanged{true});
    kiosk.send(event::CameraChanged{false});
    EXPECT_EQ(std::get<page::Idle>(kiosk.view().page).face_absent, FaceAbsence::NoModels);
    kiosk.send(event::FaceAvailability{std::nullopt});
    EXPECT_FALSE(std::get<page::Idle>(kiosk.view().page).face_absent);
}

TEST(Camera, ThatFailsIsToldToStaffAndTheNextPatientIsOfferedTheOtherWays) {
    Kiosk kiosk;
    kiosk.send(event::CameraChanged{true});
    EXPECT_EQ(std::get<page::Idle>(kiosk.view().page).face_absent, FaceAbsence::NoCamera);
    kiosk.place();
    kiosk.recognise(false);
    EXPECT_FALSE(choices(kiosk).face);
    EXPECT_EQ(choices(kiosk).face_absent, FaceAbsence::NoCamera);
    EXPECT_FALSE(kiosk.all<effect::WarmCamera>().empty()) << "it may be back";
}

}  // namespace
}  // namespace uketsuke::core::test
