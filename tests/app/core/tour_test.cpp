// Whose tour it is: the code that opens a tablet, its locks, and its end.
#include <gtest/gtest.h>

#include "tests/app/core/tablet.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

TEST(Tour, BeginsWithAMemberOfStaffsCode) {
    Tablet tablet;
    ASSERT_EQ(tablet.screen(), Screen::TourSignIn);
    EXPECT_FALSE(tablet.page<page::TourSignIn>().opened);
    tablet.type("654321");
    EXPECT_EQ(tablet.page<page::TourSignIn>().entered, 6);
    tablet.tap(Kind::SignIn);
    EXPECT_EQ(tablet.all<effect::OpenTour>().at(0).code, "654321");
    EXPECT_TRUE(tablet.state().tour.code.empty());
    EXPECT_TRUE(tablet.page<page::TourSignIn>().checking);
    tablet.send(event::TourOpened{StaffId{7}, "訪問 花子"});
    ASSERT_EQ(tablet.screen(), Screen::Tour);
    EXPECT_EQ(tablet.page<page::Tour>().name, "訪問 花子");
}

TEST(Tour, ReceivesNobodyBefore) {
    Tablet tablet;
    tablet.place();
    tablet.tap(Kind::StartVisit);
    EXPECT_EQ(tablet.screen(), Screen::TourSignIn);
    EXPECT_FALSE(tablet.state().session);
    EXPECT_TRUE(tablet.all<effect::ReadCard>().empty());
    tablet.sign_in();
    // The card that has lain there all the time is used.
    tablet.tap(Kind::StartVisit);
    EXPECT_EQ(tablet.all<effect::ReadCard>().size(), 1U);
}

TEST(Tour, SaysHowManyWrongCodesAreLeft) {
    Tablet tablet;
    tablet.type_code("000000");
    tablet.send(event::TourRefused{9});
    const auto page = tablet.page<page::TourSignIn>();
    EXPECT_TRUE(page.wrong);
    EXPECT_EQ(page.tries_left, 9);
}

TEST(Tour, IsOverForGoodWhenTheKeyIsDestroyed) {
    Tablet tablet;
    tablet.on_tour();
    tablet.consent();
    tablet.send(event::TourDestroyed{true});
    ASSERT_EQ(tablet.screen(), Screen::TourSignIn);
    EXPECT_TRUE(tablet.page<page::TourSignIn>().destroyed);
    EXPECT_TRUE(tablet.page<page::TourSignIn>().from_afar);
    EXPECT_FALSE(tablet.state().session);
    EXPECT_EQ(tablet.all<effect::CloseTour>().size(), 1U);
    tablet.type_code();
    EXPECT_TRUE(tablet.all<effect::OpenTour>().empty());
}

TEST(Tour, LocksItselfWhenNobodyTouchesTheTablet) {
    Tablet tablet;
    tablet.on_tour();
    tablet.open_list({Tablet::patient(1)});
    ASSERT_EQ(tablet.screen(), Screen::CareList);
    tablet.advance(Millis{119'000});
    ASSERT_EQ(tablet.screen(), Screen::CareList);
    ASSERT_TRUE(next_deadline(tablet.state()));
    tablet.advance(Millis{1'000});
    ASSERT_EQ(tablet.screen(), Screen::TourSignIn);
    EXPECT_TRUE(tablet.page<page::TourSignIn>().opened);
    EXPECT_FALSE(tablet.page<page::TourSignIn>().back);
    EXPECT_TRUE(tablet.state().tour.list.empty());
    tablet.tap(Kind::Back);
    EXPECT_EQ(tablet.screen(), Screen::TourSignIn);
    EXPECT_TRUE(tablet.all<effect::CloseTour>().empty()) << "what waits is still sent";
}

TEST(Tour, DoesNotLockUnderAPatientsHands) {
    Tablet tablet;
    tablet.on_tour();
    tablet.tap(Kind::StartVisit);
    for (int i = 0; i < 5; ++i) {
        tablet.advance(Millis{60'000});
        tablet.send(event::Touched{});
    }
    EXPECT_EQ(tablet.screen(), Screen::Consent);
}

TEST(Tour, ShowsTheListToNobodyAfterAPatientHeldTheTablet) {
    Tablet tablet;
    tablet.on_tour();
    EXPECT_TRUE(tablet.page<page::Tour>().list_open);
    tablet.tap(Kind::StartVisit);
    tablet.tap(Kind::Stop);
    ASSERT_EQ(tablet.screen(), Screen::Tour);
    EXPECT_FALSE(tablet.page<page::Tour>().list_open);
    tablet.tap(Kind::OpenCareList);
    ASSERT_EQ(tablet.screen(), Screen::TourSignIn);
    EXPECT_TRUE(tablet.page<page::TourSignIn>().back);
    tablet.type_code();
    tablet.send(event::TourOpened{StaffId{3}, "訪問 太郎"});
    EXPECT_EQ(tablet.screen(), Screen::CareList);
}

TEST(Tour, EndsByChoiceAndAfterItsLongestTime) {
    Tablet tablet;
    tablet.on_tour();
    tablet.tap(Kind::AskEndTour);
    ASSERT_EQ(tablet.view().sheet, Sheet::EndTour);
    tablet.tap(Kind::EndTour);
    EXPECT_EQ(tablet.all<effect::CloseTour>().size(), 1U);
    EXPECT_EQ(tablet.screen(), Screen::TourSignIn);
    EXPECT_FALSE(tablet.page<page::TourSignIn>().opened);
    tablet.sign_in();
    for (int minutes = 0; minutes < 12 * 60; ++minutes) {
        tablet.send(event::Touched{});
        tablet.advance(Millis{60'000});
    }
    EXPECT_EQ(tablet.all<effect::CloseTour>().size(), 2U);
    EXPECT_EQ(tablet.screen(), Screen::TourSignIn);
}

TEST(Tour, KnowsNothingOfDevicesAfterItsEnd) {
    Tablet tablet;
    tablet.on_tour();
    tablet.send(event::ReaderChanged{false});
    tablet.send(event::StaffNoteChanged{StaffNote::ServiceAway, true});
    tablet.tap(Kind::OpenCareList);
    tablet.place();
    tablet.tap(Kind::AskEndTour);
    tablet.tap(Kind::EndTour);
    tablet.sign_in();
    ASSERT_EQ(tablet.screen(), Screen::Tour) << "no card is asked to be taken that may be gone";
    EXPECT_FALSE(tablet.page<page::Tour>().staff_note);
    EXPECT_FALSE(tablet.state().next_card);
    EXPECT_TRUE(tablet.state().reader_there);
}

TEST(Tour, GoesOverToWhoeverSignsInNext) {
    Tablet tablet;
    tablet.on_tour();
    tablet.tap(Kind::LockTour);
    tablet.type_code("777777");
    tablet.send(event::TourOpened{StaffId{9}, "訪問 次郎"});
    EXPECT_EQ(tablet.page<page::Tour>().name, "訪問 次郎");
    EXPECT_EQ(tablet.state().tour.who, StaffId{9});
}

TEST(Tour, DimsTheScreenWhenNobodyTouchesIt) {
    Policy policy = Tablet::home_policy();
    policy.dim_after = Millis{30'000};
    Tablet tablet(policy);
    tablet.on_tour();
    EXPECT_FALSE(tablet.view().dimmed);
    tablet.advance(Millis{30'000});
    EXPECT_TRUE(tablet.view().dimmed);
    tablet.send(event::Touched{});
    EXPECT_FALSE(tablet.view().dimmed);
}

TEST(Tour, ShowsBatteryAndWhatWaits) {
    Tablet tablet;
    tablet.on_tour();
    tablet.send(event::PowerChanged{Power{15, false}});
    tablet.send(event::QueueCounted{4});
    const auto page = tablet.page<page::Tour>();
    EXPECT_EQ(page.power->percent, 15);
    EXPECT_EQ(page.waiting, 4);
}

}  // namespace
}  // namespace uketsuke::core::test
