#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

TEST(Names, OfScreensAndIntentsLeadBackToThem) {
    for (std::size_t i = 0; i < k_screens; ++i) {
        const auto screen = static_cast<Screen>(i);
        EXPECT_EQ(screen_named(name_of(screen)), screen);
    }
    for (int i = 0; i <= static_cast<int>(Intent::Kind::ChangeLanguage); ++i) {
        const auto kind = static_cast<Intent::Kind>(i);
        EXPECT_EQ(intent_named(name_of(kind)), kind);
    }
    for (const auto purpose : {StaffPurpose::VisualCheck, StaffPurpose::TypeNumber, StaffPurpose::WaiveChallenge,
                               StaffPurpose::OrderedKeypad}) {
        EXPECT_TRUE(intent_named(name_of(purpose))) << name_of(purpose);
    }
    EXPECT_FALSE(screen_named("nowhere"));
    EXPECT_FALSE(intent_named(""));
}

TEST(Describe, NeverHoldsADigit) {
    for (std::uint8_t digit = 0; digit < 10; ++digit) {
        EXPECT_EQ(describe(event::Tapped{Intent{Intent::Kind::Digit, digit}}), "tap digit");
    }
    Pin pin;
    for (const std::uint8_t digit : {9, 8, 7, 6}) pin.push(digit);
    EXPECT_EQ(describe(effect::VerifyPin{SessionId{1}, pin, 3}), "verify-pin");
    PrintedNumber number;
    for (int i = 0; i < 14; ++i) number.push(7);
    EXPECT_EQ(describe(effect::OpenPhoto{SessionId{1}, number}), "open-photo");
    EXPECT_EQ(describe(effect::CheckStaffCode{SecretText("2580")}), "check-staff-code");
    EXPECT_EQ(describe(event::StaffVisual{"2580"}), "staff-visual");
    EXPECT_EQ(describe(event::Answered{Kiosk::request(), Outcome::Confirmed, 0, ShownName{"山○"}}),
              "answered confirmed");
}

TEST(View, SaysWhyFaceIsNotOfferedForACardWithoutAPhoto) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read(Kiosk::good_card(), false);
    EXPECT_EQ(std::get<page::ChooseMethod>(kiosk.view().page).face_absent, FaceAbsence::NoPhoto);
}

TEST(View, OffersAWayToStopOnEveryPageOfARunningReceptionBeforeSubmission) {
    Kiosk kiosk;
    kiosk.place();
    EXPECT_TRUE(kiosk.view().can_stop);
    kiosk.read();
    EXPECT_TRUE(kiosk.view().can_stop);
    kiosk.identify_by_pin();
    EXPECT_TRUE(kiosk.view().can_stop);
    kiosk.agree_to_all_items();
    EXPECT_TRUE(kiosk.view().can_stop);
    kiosk.tap(Intent::Kind::Provide);
    EXPECT_TRUE(kiosk.view().can_stop);
    kiosk.tap(Intent::Kind::Confirm);
    EXPECT_FALSE(kiosk.view().can_stop) << "what is being signed is not called back";
}

}  // namespace
}  // namespace uketsuke::core::test
