#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

struct Consents : ::testing::Test {
    void open(CardFacts facts = Kiosk::good_card(), bool agree_all = true) {
        Policy policy = Kiosk::demo_policy();
        policy.offer_agree_all = agree_all;
        kiosk = Kiosk(policy);
        kiosk.place();
        kiosk.read(facts);
        kiosk.identify_by_pin();
    }
    page::Consent page() const { return std::get<page::Consent>(kiosk.view().page); }
    std::vector<bool> signed_answers() const {
        std::vector<bool> agreed;
        const auto sent = kiosk.all<effect::SignReception>();
        if (sent.size() != 1) return agreed;
        for (const auto& consent : sent[0].reception.consents) agreed.push_back(consent.agreed);
        return agreed;
    }
    Kiosk kiosk;
};

TEST_F(Consents, AreAllAskedOnOnePageFirst) {
    open();
    EXPECT_TRUE(page().overview);
    EXPECT_FALSE(page().back);
    EXPECT_EQ(page().item, ConsentItem::Operation);
    EXPECT_EQ(page().number, 1);
}

TEST_F(Consents, RefusedAllAtOnceTakeAsManyTouchesAsGivenAllAtOnce) {
    for (const auto& [kind, agreed] : {std::pair{Kind::AgreeAll, true}, std::pair{Kind::DeclineAll, false}}) {
        open();
        kiosk.tap(kind);
        EXPECT_EQ(kiosk.screen(), Screen::LimitAmount);
        kiosk.tap(Kind::NotProvide);
        EXPECT_EQ(kiosk.screen(), Screen::Submitting) << "it was all on one page: no summary";
        EXPECT_EQ(signed_answers(), (std::vector<bool>{agreed, agreed, agreed}));
    }
}

TEST_F(Consents, OneByOneStartWithTheFirstAndLeadBackToTheOverview) {
    open();
    kiosk.tap(Kind::OneByOne);
    EXPECT_FALSE(page().overview);
    EXPECT_EQ(page().number, 1);
    EXPECT_TRUE(page().back);
    kiosk.tap(Kind::Back);
    EXPECT_TRUE(page().overview);
    kiosk.tap(Kind::Back);
    EXPECT_TRUE(page().overview);
}

TEST_F(Consents, OneByOneAreShownTogetherBeforeAnythingIsSigned) {
    open();
    kiosk.tap(Kind::OneByOne);
    kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::Decline);
    kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::Provide);
    ASSERT_EQ(kiosk.screen(), Screen::ConsentSummary);
    const auto summary = std::get<page::ConsentSummary>(kiosk.view().page);
    EXPECT_EQ(summary.agreed, (std::array<bool, k_consent_items>{true, false, true}));
    EXPECT_EQ(summary.limit_amount, true);
    EXPECT_FALSE(summary.registration_wished);
    EXPECT_TRUE(kiosk.all<effect::SignReception>().empty());
    kiosk.tap(Kind::Confirm);
    EXPECT_EQ(signed_answers(), (std::vector<bool>{true, false, true}));
}

TEST_F(Consents, CanAllBeGivenAgainFromTheSummary) {
    open();
    kiosk.tap(Kind::Decline);
    kiosk.tap(Kind::AgreeAll);
    kiosk.tap(Kind::Provide);
    ASSERT_EQ(kiosk.screen(), Screen::ConsentSummary) << "the rest was answered together, the first was not";
    kiosk.tap(Kind::Back);
    ASSERT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_TRUE(page().overview);
    kiosk.tap(Kind::OneByOne);
    for (int i = 0; i < 3; ++i) kiosk.tap(Kind::Agree);
    ASSERT_EQ(kiosk.screen(), Screen::LimitAmount) << "that answer was taken back, too";
    kiosk.tap(Kind::NotProvide);
    kiosk.tap(Kind::Confirm);
    EXPECT_EQ(signed_answers(), (std::vector<bool>{true, true, true}));
    EXPECT_FALSE(kiosk.all<effect::SignReception>()[0].reception.limit_amount);
}

TEST_F(Consents, AreAskedOneByOneWhereTheClinicOffersNoneTogether) {
    open(Kiosk::good_card(), false);
    EXPECT_FALSE(page().overview);
    EXPECT_FALSE(page().back);
    kiosk.tap(Kind::DeclineAll);
    kiosk.tap(Kind::AgreeAll);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(page().number, 1);
    for (int i = 0; i < 3; ++i) kiosk.tap(Kind::Decline);
    kiosk.tap(Kind::NotProvide);
    EXPECT_EQ(kiosk.screen(), Screen::ConsentSummary);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(page().number, 1);
    EXPECT_FALSE(page().overview);
}

TEST_F(Consents, StandWhenStaffWereCalledFromTheSummary) {
    open();
    for (int i = 0; i < 3; ++i) kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::Provide);
    kiosk.tap(Kind::CallStaff);
    ASSERT_EQ(kiosk.screen(), Screen::CallStaff);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.screen(), Screen::ConsentSummary);
    EXPECT_EQ(std::get<page::ConsentSummary>(kiosk.view().page).limit_amount, true);
}

TEST_F(Consents, AreNeitherAskedNorSummedUpWhereTheServiceAnswersEligibilityOnly) {
    CardFacts facts = Kiosk::good_card();
    facts.certificate = CertificateStanding::EligibilityOnly;
    open(facts);
    kiosk.tap(Kind::Next);
    EXPECT_EQ(kiosk.screen(), Screen::LimitAmount);
    kiosk.tap(Kind::NotProvide);
    EXPECT_EQ(kiosk.screen(), Screen::Submitting);
}

TEST_F(Consents, SummaryTellsOfARegistrationThatWasWished) {
    kiosk.place();
    kiosk.read();
    kiosk.send(event::RegistrationAnswered{kiosk.id(), false});
    kiosk.identify_by_pin();
    kiosk.tap(Kind::Register);
    for (int i = 0; i < 3; ++i) kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::NotProvide);
    EXPECT_EQ(std::get<page::ConsentSummary>(kiosk.view().page).registration_wished, true);
    EXPECT_EQ(std::get<page::ConsentSummary>(kiosk.view().page).limit_amount, false);
}

TEST(Corrected, WishesAreAskedAnewAndShownAgainHoweverTheyAreAnsweredThen) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.send(event::RegistrationAnswered{kiosk.id(), false});
    kiosk.tap(Intent::Kind::ChoosePin);
    kiosk.shuffle();
    kiosk.type("1234");
    kiosk.answer_pin(PinOutcome::Right, 3);
    ASSERT_EQ(kiosk.screen(), Screen::Registration);
    kiosk.tap(Intent::Kind::Register);
    kiosk.tap(Intent::Kind::OneByOne);
    for (int item = 0; item < 3; ++item) kiosk.tap(Intent::Kind::Agree);
    kiosk.tap(Intent::Kind::Provide);
    ASSERT_EQ(kiosk.screen(), Screen::ConsentSummary);
    kiosk.tap(Intent::Kind::Back);
    kiosk.tap(Intent::Kind::DeclineAll);
    ASSERT_EQ(kiosk.screen(), Screen::Registration) << "it was a part of what was to be chosen anew";
    EXPECT_TRUE(kiosk.all<effect::SignReception>().empty());
    kiosk.tap(Intent::Kind::Register);
    kiosk.tap(Intent::Kind::NotProvide);
    ASSERT_EQ(kiosk.screen(), Screen::ConsentSummary) << "seen once more before it is signed";
    kiosk.tap(Intent::Kind::Confirm);
    EXPECT_EQ(kiosk.all<effect::SignReception>().size(), 1U);
}

}  // namespace
}  // namespace uketsuke::core::test
