#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

TEST(Flow, APatientIsReceivedByFace) {
    Kiosk kiosk;
    kiosk.place();
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    EXPECT_EQ(kiosk.all<effect::ReadCard>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::WarmCamera>().size(), 1U) << "the camera opens while the card is read";
    kiosk.read();
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    kiosk.tap(Kind::ChooseFace);
    EXPECT_EQ(kiosk.screen(), Screen::Face);
    kiosk.send(event::FaceGuided{kiosk.id(), FaceGuidance::ComeCloser});
    EXPECT_EQ(std::get<page::Face>(kiosk.view().page).guidance, FaceGuidance::ComeCloser);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::Match});
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::Decline);
    kiosk.tap(Kind::Agree);
    EXPECT_EQ(kiosk.screen(), Screen::LimitAmount);
    kiosk.tap(Kind::Provide);
    EXPECT_EQ(kiosk.screen(), Screen::ConsentSummary);
    kiosk.tap(Kind::Confirm);
    EXPECT_EQ(kiosk.screen(), Screen::Submitting);
    const auto sign = kiosk.all<effect::SignReception>();
    ASSERT_EQ(sign.size(), 1U);
    EXPECT_EQ(sign[0].reception.method, Method::Face);
    EXPECT_TRUE(sign[0].reception.consents[0].agreed);
    EXPECT_FALSE(sign[0].reception.consents[1].agreed);
    EXPECT_TRUE(sign[0].reception.consents[2].agreed);
    EXPECT_TRUE(sign[0].reception.limit_amount);
    EXPECT_GT(sign[0].reception.consents[0].at, WallTime{});
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    EXPECT_EQ(kiosk.all<effect::Commit>().size(), 1U);
    kiosk.send(event::Committed{kiosk.id(), Kiosk::request()});
    EXPECT_EQ(kiosk.screen(), Screen::Submitting);
    kiosk.send(event::Answered{Kiosk::request(), Outcome::Confirmed});
    EXPECT_EQ(kiosk.screen(), Screen::Accepted);
    EXPECT_EQ(std::get<page::Accepted>(kiosk.view().page).outcome, Outcome::Confirmed);
    EXPECT_TRUE(kiosk.all<effect::Wipe>().empty());
    kiosk.advance(Kiosk::demo_policy().accepted_shown);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
}

TEST(Flow, APatientIsReceivedByPin) {
    Kiosk kiosk;
    kiosk.reach_accepted();
    EXPECT_EQ(kiosk.screen(), Screen::Accepted);
    EXPECT_EQ(kiosk.all<effect::SignReception>()[0].reception.method, Method::Pin);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
}

TEST(Flow, AgreeingToEverythingTakesOneTap) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    kiosk.tap(Kind::AgreeAll);
    EXPECT_EQ(kiosk.screen(), Screen::LimitAmount);
}

TEST(Flow, AgreeingToEverythingIsRefusedWhereTheClinicDoesNotOfferIt) {
    Policy policy = Kiosk::demo_policy();
    policy.offer_agree_all = false;
    Kiosk kiosk(policy);
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    kiosk.tap(Kind::AgreeAll);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST(Flow, AnEarlierConsentCanBeAnsweredAgain) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    EXPECT_FALSE(std::get<page::Consent>(kiosk.view().page).back);
    kiosk.tap(Kind::Agree);
    EXPECT_EQ(std::get<page::Consent>(kiosk.view().page).item, ConsentItem::HealthCheckup);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(std::get<page::Consent>(kiosk.view().page).item, ConsentItem::Operation);
    kiosk.tap(Kind::Decline);
    kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::NotProvide);
    kiosk.tap(Kind::Confirm);
    EXPECT_FALSE(kiosk.all<effect::SignReception>()[0].reception.consents[0].agreed);
}

TEST(Flow, WithoutTheLimitAmountStepConsentLeadsToSubmission) {
    Policy policy = Kiosk::demo_policy();
    policy.offer_limit_amount = false;
    Kiosk kiosk(policy);
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    kiosk.tap(Kind::AgreeAll);
    EXPECT_EQ(kiosk.screen(), Screen::Submitting);
    EXPECT_FALSE(kiosk.all<effect::SignReception>()[0].reception.limit_amount);
}

TEST(Flow, ACertificateThatExpiresSoonIsSaidAndReceptionGoesOn) {
    Kiosk kiosk;
    kiosk.place();
    CardFacts facts = Kiosk::good_card();
    facts.certificate = CertificateStanding::ExpiresSoon;
    facts.certificate_days_left = 40;
    kiosk.read(facts);
    kiosk.identify_by_pin();
    EXPECT_EQ(kiosk.screen(), Screen::ExpiryNotice);
    EXPECT_EQ(std::get<page::ExpiryNotice>(kiosk.view().page).days_left, 40);
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST(Flow, AnExpiredCertificateStillGivesEligibilityWithoutAskingForMedicalData) {
    Kiosk kiosk;
    kiosk.place();
    CardFacts facts = Kiosk::good_card();
    facts.certificate = CertificateStanding::EligibilityOnly;
    kiosk.read(facts);
    kiosk.identify_by_pin();
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.screen(), Screen::LimitAmount);
    kiosk.tap(Kind::Provide);
    const auto sent = kiosk.all<effect::SignReception>();
    ASSERT_EQ(sent.size(), 1U);
    for (const auto& consent : sent[0].reception.consents) EXPECT_FALSE(consent.agreed);
}

TEST(Flow, ACertificateExpiredForTooLongStopsTheCardPath) {
    Kiosk kiosk;
    kiosk.place();
    CardFacts facts = Kiosk::good_card();
    facts.certificate = CertificateStanding::Expired;
    kiosk.read(facts);
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
    EXPECT_EQ(std::get<page::CardProblem>(kiosk.view().page).trouble, CardTrouble::CertificateExpired);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
}

TEST(Flow, ASlowServiceIsAnsweredWithQueuedAndALateAnswerIsStillTold) {
    Kiosk kiosk;
    kiosk.reach_submitting();
    kiosk.sign_and_commit();
    kiosk.advance(Kiosk::demo_policy().answer_wait - Millis{1});
    EXPECT_EQ(kiosk.screen(), Screen::Submitting);
    kiosk.advance(Millis{1});
    ASSERT_EQ(kiosk.screen(), Screen::Accepted);
    EXPECT_EQ(std::get<page::Accepted>(kiosk.view().page).outcome, Outcome::Queued);
    kiosk.send(event::Answered{Kiosk::request(), Outcome::Confirmed});
    EXPECT_EQ(std::get<page::Accepted>(kiosk.view().page).outcome, Outcome::Confirmed);
}

TEST(Flow, ARowThatCannotBeSavedIsNeverCalledAccepted) {
    Kiosk kiosk;
    kiosk.reach_submitting();
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    kiosk.send(event::CommitFailed{kiosk.id()});
    EXPECT_EQ(kiosk.screen(), Screen::NotSaved);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(Flow, AStrangersFaceHasThreeAttemptsAndThenPinOrStaff) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ChooseFace);
    for (int attempt = 1; attempt <= 3; ++attempt) {
        ASSERT_EQ(kiosk.screen(), Screen::Face);
        EXPECT_EQ(std::get<page::Face>(kiosk.view().page).attempt, attempt);
        kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::NoMatch});
        ASSERT_EQ(kiosk.screen(), Screen::FaceFailed);
        EXPECT_EQ(std::get<page::FaceFailed>(kiosk.view().page).attempts_left, 3 - attempt);
        kiosk.tap(Kind::Retry);
    }
    EXPECT_EQ(kiosk.screen(), Screen::FaceFailed);
    EXPECT_FALSE(std::get<page::FaceFailed>(kiosk.view().page).retry);
    EXPECT_TRUE(std::get<page::FaceFailed>(kiosk.view().page).pin);
    kiosk.tap(Kind::Back);
    kiosk.tap(Kind::ChooseFace);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod) << "going back gives no further attempt";
    kiosk.tap(Kind::ChoosePin);
    EXPECT_EQ(kiosk.screen(), Screen::Pin);
}

TEST(Flow, ADeadCameraRulesFaceOutForThisCardWithoutCostingAnAttempt) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::CameraFailed});
    ASSERT_EQ(kiosk.screen(), Screen::FaceFailed);
    EXPECT_FALSE(std::get<page::FaceFailed>(kiosk.view().page).retry);
    EXPECT_EQ(std::get<page::FaceFailed>(kiosk.view().page).attempts_left, 3);
}

TEST(Flow, WithoutModelsFaceIsNotOfferedAndTheCameraStaysOff) {
    Kiosk kiosk;
    kiosk.send(event::FaceAvailability{FaceAbsence::NoModels});
    kiosk.place();
    kiosk.read();
    EXPECT_TRUE(kiosk.all<effect::WarmCamera>().empty());
    const auto page = std::get<page::ChooseMethod>(kiosk.view().page);
    EXPECT_FALSE(page.face);
    EXPECT_TRUE(page.pin);
    EXPECT_EQ(page.face_absent, FaceAbsence::NoModels);
    kiosk.tap(Kind::ChooseFace);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
}

TEST(Flow, TheLanguageGoesBackToTheClinicsAfterEachPatient) {
    Kiosk kiosk;
    kiosk.tap(Kind::ChangeLanguage, 3);
    EXPECT_EQ(kiosk.view().language, Language::English);
    kiosk.place();
    kiosk.read();
    EXPECT_EQ(kiosk.view().language, Language::English);
    kiosk.tap(Kind::Stop);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    EXPECT_EQ(kiosk.view().language, Language::English);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    EXPECT_EQ(kiosk.view().language, Language::Japanese);
}

TEST(Flow, NobodyTouchingAnythingEndsTheSession) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.advance(Kiosk::demo_policy().screen_timeout - Millis{5'000});
    EXPECT_EQ(kiosk.view().seconds_left, 5);
    kiosk.tap(Kind::ChangeLanguage, 0);
    EXPECT_FALSE(kiosk.view().seconds_left) << "a touch gives the time back";
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    EXPECT_EQ(std::get<page::TakeCard>(kiosk.view().page).reason, EndReason::TimedOut);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
}

}  // namespace
}  // namespace uketsuke::core::test
