// What staff let happen who stand elsewhere, and what a reason or a person's own code adds at the kiosk.
#include <gtest/gtest.h>

#include "app/core/staff_view.h"
#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

constexpr StaffId k_mori{3};
constexpr Approval k_word{k_mori, VisualReason::Condition};

Policy desk_only() {
    Policy policy;
    policy.visual_check = false;
    policy.challenge_waiver = true;
    return policy;
}

event::StaffApproved visual(std::optional<SessionId> session = std::nullopt) {
    return {StaffPurpose::VisualCheck, k_word.who, k_word.reason, session};
}

event::StaffApproved allow(StaffPurpose purpose, SessionId session) {
    return {purpose, k_mori, VisualReason::Other, session};
}

void lay_and_read(Kiosk& kiosk) {
    kiosk.place();
    kiosk.read();
}

TEST(VisualCheckFromAfar, WaitsForTheNextCardAndLetsItPass) {
    Kiosk kiosk(desk_only());
    ASSERT_TRUE(allowed_now(kiosk.state(), StaffPurpose::VisualCheck));
    kiosk.send(visual());
    EXPECT_TRUE(std::get<page::Idle>(kiosk.view().page).visual_armed);
    ASSERT_TRUE(visual_waiting(kiosk.state()));
    EXPECT_EQ(visual_waiting(kiosk.state())->approval, k_word);
    lay_and_read(kiosk);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_FALSE(visual_waiting(kiosk.state()));
    const auto did = kiosk.all<effect::StaffDid>();
    ASSERT_EQ(did.size(), 1U);
    EXPECT_EQ(did[0].who, k_mori);
    EXPECT_EQ(did[0].reason, VisualReason::Condition);
    EXPECT_FALSE(did[0].session);
    const auto ended = kiosk.all<effect::VisualCheckEnded>();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_TRUE(ended[0].used);
    EXPECT_EQ(ended[0].approval, k_word);
}

TEST(VisualCheckFromAfar, LapsesAndSaysSo) {
    Kiosk kiosk(desk_only());
    kiosk.send(visual());
    ASSERT_EQ(next_deadline(kiosk.state()), visual_waiting(kiosk.state())->until);
    kiosk.advance(desk_only().visual_check_valid);
    ASSERT_EQ(kiosk.all<effect::VisualCheckEnded>().size(), 1U);
    EXPECT_FALSE(kiosk.all<effect::VisualCheckEnded>()[0].used);
    lay_and_read(kiosk);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
}

TEST(VisualCheckFromAfar, IsTakenBack) {
    Kiosk kiosk(desk_only());
    kiosk.send(visual());
    kiosk.send(event::VisualWithdrawn{k_mori});
    kiosk.send(event::VisualWithdrawn{k_mori});
    ASSERT_EQ(kiosk.all<effect::VisualCheckEnded>().size(), 1U);
    EXPECT_FALSE(kiosk.all<effect::VisualCheckEnded>()[0].used);
    lay_and_read(kiosk);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
}

TEST(VisualCheckFromAfar, ArmedAgainReplacesTheOneBefore) {
    Kiosk kiosk(desk_only());
    kiosk.send(visual());
    kiosk.advance(Millis{60'000});
    kiosk.send(event::StaffApproved{StaffPurpose::VisualCheck, StaffId{9}, VisualReason::Other, std::nullopt});
    ASSERT_EQ(kiosk.all<effect::VisualCheckEnded>().size(), 1U);
    EXPECT_FALSE(kiosk.all<effect::VisualCheckEnded>()[0].used);
    kiosk.advance(desk_only().visual_check_valid - Millis{1});
    ASSERT_TRUE(visual_waiting(kiosk.state()));
    EXPECT_EQ(visual_waiting(kiosk.state())->approval.who, StaffId{9});
    lay_and_read(kiosk);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    kiosk.remove();
    lay_and_read(kiosk);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod) << "one patient only";
}

TEST(VisualCheckFromAfar, IsForTheCardThatLiesThereWhateverItsPatientDoes) {
    for (const Kind way : {Kind::ChooseFace, Kind::ChoosePin, Kind::CallStaff}) {
        Kiosk kiosk(desk_only());
        lay_and_read(kiosk);
        kiosk.tap(way);
        ASSERT_TRUE(allowed_now(kiosk.state(), StaffPurpose::VisualCheck));
        kiosk.send(visual(kiosk.id()));
        EXPECT_EQ(kiosk.screen(), Screen::Consent);
        EXPECT_FALSE(kiosk.all<effect::StopFace>().empty());
        EXPECT_EQ(kiosk.state().session->approval, k_word);
        ASSERT_EQ(kiosk.all<effect::StaffDid>().size(), 1U);
        EXPECT_EQ(kiosk.all<effect::StaffDid>()[0].session, kiosk.id());
        EXPECT_FALSE(allowed_now(kiosk.state(), StaffPurpose::VisualCheck));
    }
}

TEST(VisualCheckFromAfar, WaitsForWhatIsStillBeingReadOfTheCard) {
    Kiosk kiosk(desk_only());
    kiosk.place();
    kiosk.recognise();
    kiosk.send(visual(kiosk.id()));
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    kiosk.send(event::CardRead{kiosk.id(), Kiosk::good_card()});
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_EQ(kiosk.all<effect::StaffDid>().size(), 1U);
}

TEST(VisualCheckFromAfar, DoesNotPassOnToAnotherCard) {
    Kiosk kiosk(desk_only());
    lay_and_read(kiosk);
    const SessionId first = kiosk.id();
    kiosk.remove();
    kiosk.send(visual(first));
    EXPECT_TRUE(kiosk.all<effect::StaffDid>().empty());
    lay_and_read(kiosk);
    kiosk.send(visual(first));
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    kiosk.send(visual());
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod) << "the next card's, and one lies there";
    EXPECT_FALSE(visual_waiting(kiosk.state()));
    EXPECT_TRUE(kiosk.all<effect::StaffDid>().empty());
}

TEST(VisualCheckFromAfar, IsOverWithTheFirstCardWhateverBecomesOfIt) {
    const auto trouble = [](Kiosk& kiosk) { kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Unreadable}); };
    const auto expired = [](Kiosk& kiosk) {
        CardFacts facts = Kiosk::good_card();
        facts.certificate = CertificateStanding::Expired;
        kiosk.read(facts);
    };
    const auto taken = [](Kiosk& kiosk) {
        kiosk.recognise();
        kiosk.remove();
    };
    for (const auto& end : std::vector<std::function<void(Kiosk&)>>{trouble, expired, taken}) {
        Kiosk kiosk(desk_only());
        kiosk.send(visual());
        kiosk.place();
        end(kiosk);
        EXPECT_FALSE(visual_waiting(kiosk.state()));
        ASSERT_EQ(kiosk.all<effect::VisualCheckEnded>().size(), 1U);
        EXPECT_FALSE(kiosk.all<effect::VisualCheckEnded>()[0].used);
        kiosk.remove();
        kiosk.advance(desk_only().notice_shown);
        kiosk.place();
        kiosk.read();
        EXPECT_NE(kiosk.screen(), Screen::Consent) << "somebody else's card";
    }
}

TEST(VisualCheckFromAfar, OfACardThatIsNotRecognisedYetNeverOffersAWay) {
    Kiosk kiosk(desk_only());
    kiosk.place();
    kiosk.send(visual(kiosk.id()));
    kiosk.recognise();
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    kiosk.send(event::CardRead{kiosk.id(), Kiosk::good_card()});
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST(VisualCheckFromAfar, ItsWordGoesWithTheReception) {
    Kiosk kiosk(desk_only());
    kiosk.send(visual());
    lay_and_read(kiosk);
    kiosk.agree_to_all_items();
    kiosk.tap(Kind::Provide);
    kiosk.tap(Kind::Confirm);
    kiosk.sign_and_commit();
    ASSERT_EQ(kiosk.all<effect::Commit>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::Commit>()[0].approval, k_word);
}

TEST(Reception, OfAPatientWhoTypedThePinCarriesNoWordOfStaff) {
    Kiosk kiosk;
    kiosk.reach_accepted();
    ASSERT_EQ(kiosk.all<effect::Commit>().size(), 1U);
    EXPECT_FALSE(kiosk.all<effect::Commit>()[0].approval);
}

TEST(AllowedFromAfar, DigitsInOrderFromWhereverThePatientIs) {
    for (const Kind way : {Kind::ChooseFace, Kind::ChoosePin, Kind::CallStaff}) {
        Kiosk kiosk(desk_only());
        lay_and_read(kiosk);
        kiosk.tap(way);
        ASSERT_TRUE(allowed_now(kiosk.state(), StaffPurpose::OrderedKeypad));
        kiosk.send(allow(StaffPurpose::OrderedKeypad, kiosk.id()));
        ASSERT_EQ(kiosk.screen(), Screen::Pin);
        EXPECT_TRUE(std::get<page::Pin>(kiosk.view().page).ordered);
        EXPECT_FALSE(allowed_now(kiosk.state(), StaffPurpose::OrderedKeypad));
        const auto did = kiosk.all<effect::StaffDid>();
        ASSERT_EQ(did.size(), 1U);
        EXPECT_EQ(did[0].purpose, StaffPurpose::OrderedKeypad);
        EXPECT_EQ(did[0].who, k_mori);
        EXPECT_EQ(did[0].session, kiosk.id());
    }
}

TEST(AllowedFromAfar, TheLastTryIsStillAskedFor) {
    Kiosk kiosk(desk_only());
    kiosk.place();
    CardFacts facts = Kiosk::good_card();
    facts.pin_tries = 1;
    kiosk.read(facts);
    kiosk.send(allow(StaffPurpose::OrderedKeypad, kiosk.id()));
    EXPECT_EQ(kiosk.screen(), Screen::PinLastTry);
    kiosk.tap(Kind::UseLastTry);
    EXPECT_TRUE(std::get<page::Pin>(kiosk.view().page).ordered);
}

TEST(AllowedFromAfar, NothingWhileAPinIsWithTheCard) {
    Kiosk kiosk(desk_only());
    lay_and_read(kiosk);
    kiosk.tap(Kind::ChoosePin);
    kiosk.shuffle();
    kiosk.type("1234");
    EXPECT_FALSE(allowed_now(kiosk.state(), StaffPurpose::WaiveChallenge));
    kiosk.send(allow(StaffPurpose::WaiveChallenge, kiosk.id()));
    EXPECT_EQ(kiosk.screen(), Screen::Pin);
    kiosk.answer_pin(PinOutcome::Right, 3);
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST(AllowedFromAfar, AFaceWithoutTurningTheHead) {
    Kiosk kiosk(desk_only());
    lay_and_read(kiosk);
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(allow(StaffPurpose::WaiveChallenge, kiosk.id()));
    EXPECT_EQ(kiosk.screen(), Screen::Face);
    ASSERT_EQ(kiosk.all<effect::StartFace>().size(), 2U);
    EXPECT_FALSE(kiosk.all<effect::StartFace>()[1].challenge);
    EXPECT_EQ(kiosk.all<effect::StopFace>().size(), 1U) << "the attempt that ran is ended first";
}

TEST(AllowedFromAfar, TheNumberIsTypedAndBackLeadsToTheChoiceOfTheWay) {
    Kiosk kiosk(desk_only());
    kiosk.place();
    kiosk.read(Kiosk::good_card(), false);
    ASSERT_TRUE(allowed_now(kiosk.state(), StaffPurpose::TypeNumber));
    kiosk.send(allow(StaffPurpose::TypeNumber, kiosk.id()));
    ASSERT_EQ(kiosk.screen(), Screen::NumberEntry);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod) << "nobody was called";
}

TEST(AllowedFromAfar, WhatIsImpossibleChangesNothing) {
    Kiosk kiosk(desk_only());
    for (const auto purpose : {StaffPurpose::TypeNumber, StaffPurpose::WaiveChallenge, StaffPurpose::OrderedKeypad}) {
        EXPECT_FALSE(allowed_now(kiosk.state(), purpose));
        kiosk.send(event::StaffApproved{purpose, k_mori, VisualReason::Other, std::nullopt});
        kiosk.send(allow(purpose, SessionId{77}));
    }
    EXPECT_TRUE(kiosk.effects().empty());
    lay_and_read(kiosk);
    kiosk.identify_by_pin();
    for (const auto purpose : {StaffPurpose::VisualCheck, StaffPurpose::TypeNumber, StaffPurpose::WaiveChallenge,
                               StaffPurpose::OrderedKeypad}) {
        EXPECT_FALSE(allowed_now(kiosk.state(), purpose)) << "already identified";
        kiosk.send(allow(purpose, kiosk.id()));
    }
    EXPECT_TRUE(kiosk.all<effect::StaffDid>().empty());
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
}

TEST(VisualCheckAtTheKiosk, AsksForTheReasonOnceTheCodeIsTyped) {
    Kiosk kiosk;
    lay_and_read(kiosk);
    kiosk.tap(Kind::CallStaff);
    kiosk.tap(Kind::OpenStaffCheck);
    kiosk.tap(Kind::ShowVisualReasons);
    EXPECT_EQ(kiosk.view().sheet, Sheet::None) << "no code yet";
    kiosk.type("4711");
    kiosk.tap(Kind::ShowVisualReasons);
    ASSERT_EQ(kiosk.view().sheet, Sheet::VisualReasons);
    kiosk.tap(Kind::Digit, 5);
    EXPECT_EQ(kiosk.state().staff.code, "4711") << "nothing under a sheet is touched";
    kiosk.tap(Kind::ConfirmVisual, static_cast<std::uint8_t>(VisualReason::Condition));
    EXPECT_EQ(kiosk.view().sheet, Sheet::None);
    ASSERT_EQ(kiosk.all<effect::CheckStaffCode>().size(), 1U);
    kiosk.send(event::StaffCodeAnswered{true, k_mori});
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_EQ(kiosk.state().session->approval, k_word);
    ASSERT_EQ(kiosk.all<effect::StaffDid>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::StaffDid>()[0].who, k_mori);
}

TEST(VisualCheckAtTheKiosk, KnowsNoOtherReason) {
    Kiosk kiosk;
    lay_and_read(kiosk);
    kiosk.tap(Kind::CallStaff);
    kiosk.tap(Kind::OpenStaffCheck);
    kiosk.type("4711");
    kiosk.tap(Kind::ConfirmVisual, static_cast<std::uint8_t>(k_visual_reasons));
    EXPECT_TRUE(kiosk.all<effect::CheckStaffCode>().empty());
}

TEST(VisualCheckAtTheKiosk, DoesNotPassOnToTheNextCardWhenItsPatientHasGone) {
    Kiosk kiosk;
    lay_and_read(kiosk);
    kiosk.tap(Kind::CallStaff);
    kiosk.tap(Kind::OpenStaffCheck);
    kiosk.type("4711");
    kiosk.tap(Kind::ConfirmVisual);
    kiosk.remove();
    kiosk.send(event::StaffCodeAnswered{true, k_mori});
    EXPECT_FALSE(visual_waiting(kiosk.state()));
    EXPECT_TRUE(kiosk.all<effect::StaffDid>().empty());
}

TEST(HiddenCorner, OpensTheStaffCheckWithoutACall) {
    Kiosk kiosk;
    EXPECT_TRUE(kiosk.view().staff_corner);
    kiosk.tap(Kind::OpenStaffCheck);
    ASSERT_EQ(kiosk.screen(), Screen::StaffCheck);
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    kiosk.tap(Kind::OpenStaffCheck);
    kiosk.type("4711");
    kiosk.tap(Kind::ConfirmVisual, static_cast<std::uint8_t>(VisualReason::Condition));
    kiosk.send(event::StaffCodeAnswered{true, k_mori});
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    ASSERT_TRUE(visual_waiting(kiosk.state()));
    EXPECT_EQ(visual_waiting(kiosk.state())->approval, k_word);
}

TEST(HiddenCorner, LeadsBackToTheTroubleItWasOpenedOver) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Unreadable});
    kiosk.tap(Kind::OpenStaffCheck);
    ASSERT_EQ(kiosk.screen(), Screen::StaffCheck);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
    kiosk.tap(Kind::OpenStaffCheck);
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_EQ(kiosk.screen(), Screen::CardProblem);
}

TEST(HiddenCorner, IsNotThereWithoutAStaffCode) {
    Kiosk kiosk(desk_only());
    EXPECT_FALSE(kiosk.view().staff_corner);
    kiosk.tap(Kind::OpenStaffCheck);
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
}

TEST(CallSeen, IsToldForAsLongAsTheCallIsOpen) {
    Kiosk kiosk;
    kiosk.send(event::CallSeen{});
    EXPECT_FALSE(kiosk.view().staff_coming) << "nobody called";
    kiosk.tap(Kind::CallStaff);
    EXPECT_FALSE(kiosk.view().staff_coming);
    kiosk.send(event::CallSeen{});
    EXPECT_TRUE(kiosk.view().staff_coming);
    kiosk.advance(Millis{60'000});
    EXPECT_FALSE(kiosk.view().staff_called);
    EXPECT_FALSE(kiosk.view().staff_coming);
}

TEST(CallSeen, EndsWhenThePatientGoesOn) {
    Kiosk kiosk;
    lay_and_read(kiosk);
    kiosk.tap(Kind::CallStaff);
    kiosk.send(event::CallSeen{});
    kiosk.tap(Kind::OpenStaffCheck);
    EXPECT_TRUE(kiosk.view().staff_coming);
    kiosk.tap(Kind::Back);
    kiosk.tap(Kind::Back);
    EXPECT_FALSE(kiosk.view().staff_coming);
    kiosk.tap(Kind::CallStaff);
    EXPECT_FALSE(kiosk.view().staff_coming);
}

}  // namespace
}  // namespace uketsuke::core::test
