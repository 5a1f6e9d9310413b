#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

TEST(VisualCheck, StaffConfirmFirstAndTheNextCardGoesToConsent) {
    Kiosk kiosk;
    kiosk.send(event::StaffVisual{"2580"});
    ASSERT_EQ(kiosk.all<effect::CheckStaffCode>().size(), 1U);
    kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_TRUE(std::get<page::Idle>(kiosk.view().page).visual_armed);
    kiosk.place();
    EXPECT_TRUE(kiosk.all<effect::WarmCamera>().empty()) << "nobody is filmed for a visual check";
    kiosk.read();
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_EQ(kiosk.state().session->identified, Method::Visual);
}

TEST(VisualCheck, HoldsForOnePatientOnly) {
    Kiosk kiosk;
    kiosk.send(event::StaffVisual{"2580"});
    kiosk.send(event::StaffCodeAnswered{true});
    kiosk.place();
    kiosk.read();
    kiosk.remove();
    kiosk.place();
    kiosk.read();
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
}

TEST(VisualCheck, FallsBackByItselfWhenNoCardComes) {
    Kiosk kiosk;
    kiosk.send(event::StaffVisual{"2580"});
    kiosk.send(event::StaffCodeAnswered{true});
    kiosk.advance(Kiosk::demo_policy().visual_check_valid);
    EXPECT_FALSE(std::get<page::Idle>(kiosk.view().page).visual_armed);
    kiosk.place();
    kiosk.read();
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
}

TEST(VisualCheck, AfterAFailedFaceStaffConfirmAtTheKiosk) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ChooseFace);
    kiosk.send(event::FaceDecided{kiosk.id(), FaceOutcome::NoMatch});
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(kiosk.screen(), Screen::CallStaff);
    kiosk.tap(Kind::OpenStaffCheck);
    EXPECT_EQ(kiosk.screen(), Screen::StaffCheck);
    kiosk.type("2580");
    EXPECT_EQ(std::get<page::StaffCheck>(kiosk.view().page).entered, 4);
    kiosk.tap(Kind::ConfirmVisual);
    ASSERT_EQ(kiosk.all<effect::CheckStaffCode>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::CheckStaffCode>()[0].code, "2580");
    EXPECT_TRUE(kiosk.state().staff.code.empty());
    kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_EQ(kiosk.screen(), Screen::Consent);
    EXPECT_EQ(kiosk.state().session->identified, Method::Visual);
}

TEST(VisualCheck, WrongCodesPauseTheCheck) {
    Kiosk kiosk;
    for (int i = 0; i < Kiosk::demo_policy().staff_code_attempts; ++i) {
        kiosk.send(event::StaffVisual{"1111"});
        kiosk.send(event::StaffCodeAnswered{false});
    }
    const auto asked = kiosk.all<effect::CheckStaffCode>().size();
    kiosk.send(event::StaffVisual{"2580"});
    EXPECT_EQ(kiosk.all<effect::CheckStaffCode>().size(), asked);
    kiosk.advance(Kiosk::demo_policy().staff_code_pause);
    kiosk.send(event::StaffVisual{"2580"});
    EXPECT_EQ(kiosk.all<effect::CheckStaffCode>().size(), asked + 1);
}

TEST(VisualCheck, IsNotThereWhereNoStaffCodeIsConfigured) {
    Policy policy;
    policy.visual_check = false;
    Kiosk kiosk(policy);
    kiosk.send(event::StaffVisual{"2580"});
    EXPECT_TRUE(kiosk.all<effect::CheckStaffCode>().empty());
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::CallStaff);
    EXPECT_FALSE(std::get<page::CallStaff>(kiosk.view().page).staff_check);
    kiosk.tap(Kind::OpenStaffCheck);
    EXPECT_EQ(kiosk.screen(), Screen::CallStaff);
}

TEST(VisualCheck, AnUnaskedApprovalChangesNothing) {
    Kiosk kiosk;
    kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_FALSE(std::get<page::Idle>(kiosk.view().page).visual_armed);
}

TEST(CallStaff, BackLeadsToConsentWhenThePatientWasAlreadyIdentified) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.identify_by_pin();
    kiosk.tap(Kind::Agree);
    kiosk.tap(Kind::CallStaff);
    EXPECT_FALSE(std::get<page::CallStaff>(kiosk.view().page).staff_check);
    kiosk.tap(Kind::Back);
    EXPECT_EQ(std::get<page::Consent>(kiosk.view().page).item, ConsentItem::HealthCheckup);
}

TEST(VisualCheck, CanBeArmedAtTheKioskForACardThatCannotBeRead) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Unreadable});
    ASSERT_EQ(kiosk.screen(), Screen::CardProblem);
    EXPECT_FALSE(kiosk.view().can_open_staff_check) << "no button before somebody was called";
    EXPECT_TRUE(kiosk.view().staff_corner);
    kiosk.tap(Intent::Kind::CallStaff);
    EXPECT_TRUE(kiosk.view().can_open_staff_check);
    kiosk.tap(Intent::Kind::OpenStaffCheck);
    ASSERT_EQ(kiosk.screen(), Screen::StaffCheck);
    for (const std::uint8_t digit : {2, 5, 8, 0}) kiosk.tap(Intent::Kind::Digit, digit);
    kiosk.tap(Intent::Kind::ConfirmVisual);
    kiosk.send(event::StaffCodeAnswered{true});
    kiosk.remove();
    ASSERT_EQ(kiosk.screen(), Screen::Idle);
    kiosk.place();
    kiosk.read();
    EXPECT_EQ(kiosk.screen(), Screen::Consent) << "staff first, card second";
}

}  // namespace
}  // namespace uketsuke::core::test
