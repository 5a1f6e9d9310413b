#include <gtest/gtest.h>

#include "app/core/staff_view.h"
#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

constexpr StaffId k_mori{3};

const page::OutOfService& shown(const View& view) {
    return std::get<page::OutOfService>(view.page);
}

event::ReceptionStopped stop(std::string message = "本日の受付は終わりました") {
    return {k_mori, std::move(message)};
}

TEST(OutOfServiceByStaff, ShowsTheirMessageAndReadsNoCard) {
    Kiosk kiosk;
    kiosk.send(stop());
    ASSERT_EQ(kiosk.screen(), Screen::OutOfService);
    EXPECT_TRUE(shown(kiosk.view()).by_staff);
    EXPECT_EQ(shown(kiosk.view()).message, "本日の受付は終わりました");
    kiosk.place();
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    EXPECT_TRUE(kiosk.all<effect::ReadCard>().empty());
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    ASSERT_EQ(kiosk.all<effect::ReceptionStopped>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::ReceptionStopped>()[0].who, k_mori);
    EXPECT_TRUE(kiosk.all<effect::ReceptionStopped>()[0].stopped);
}

TEST(OutOfServiceByStaff, IsLeftWhenTheyReceiveAgain) {
    Kiosk kiosk;
    kiosk.send(event::ReceptionResumed{k_mori});
    EXPECT_TRUE(kiosk.effects().empty()) << "it was not stopped";
    kiosk.send(stop());
    kiosk.send(event::ReceptionResumed{k_mori});
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    ASSERT_EQ(kiosk.all<effect::ReceptionStopped>().size(), 2U);
    EXPECT_FALSE(kiosk.all<effect::ReceptionStopped>()[1].stopped);
}

TEST(OutOfServiceByStaff, ACardThatLiesThereIsReadWhenTheyReceiveAgain) {
    Kiosk kiosk;
    kiosk.send(stop());
    kiosk.place();
    kiosk.send(event::ReceptionResumed{k_mori});
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    ASSERT_EQ(kiosk.all<effect::ReadCard>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::ReadCard>()[0].session, kiosk.id());
}

TEST(OutOfServiceByStaff, AReceptionThatRunsIsFinishedFirst) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.send(stop());
    EXPECT_EQ(kiosk.screen(), Screen::ChooseMethod);
    EXPECT_TRUE(allowed_now(kiosk.state(), StaffPurpose::VisualCheck)) << "whoever has begun may be helped";
    kiosk.identify_by_pin();
    kiosk.agree_to_all_items();
    kiosk.tap(Kind::Provide);
    kiosk.tap(Kind::Confirm);
    kiosk.sign_and_commit();
    kiosk.send(event::Answered{Kiosk::request(), Outcome::Confirmed});
    ASSERT_EQ(kiosk.screen(), Screen::Accepted);
    kiosk.advance(Kiosk::demo_policy().accepted_shown);
    EXPECT_EQ(kiosk.screen(), Screen::TakeCard);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
}

TEST(OutOfServiceByStaff, ACardSwappedInTheMiddleIsNotRead) {
    Kiosk kiosk;
    kiosk.place();
    kiosk.read();
    kiosk.send(stop());
    kiosk.place();
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    EXPECT_EQ(kiosk.all<effect::Wipe>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::ReadCard>().size(), 1U);
}

TEST(OutOfServiceByStaff, WinsOverAReaderThatIsAway) {
    Kiosk kiosk;
    kiosk.send(event::ReaderChanged{false});
    EXPECT_FALSE(shown(kiosk.view()).by_staff);
    kiosk.send(stop());
    EXPECT_TRUE(shown(kiosk.view()).by_staff);
    kiosk.send(event::ReaderChanged{true});
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    kiosk.send(event::ReaderChanged{false});
    kiosk.send(event::ReceptionResumed{k_mori});
    ASSERT_EQ(kiosk.screen(), Screen::OutOfService);
    EXPECT_FALSE(shown(kiosk.view()).by_staff);
}

TEST(OutOfServiceByStaff, NobodyIsConfirmedForACardThatWouldNotBeRead) {
    Kiosk kiosk;
    kiosk.send(event::StaffApproved{StaffPurpose::VisualCheck, k_mori, VisualReason::Other, std::nullopt});
    kiosk.send(stop());
    ASSERT_EQ(kiosk.all<effect::VisualCheckEnded>().size(), 1U);
    EXPECT_FALSE(kiosk.all<effect::VisualCheckEnded>()[0].used);
    EXPECT_FALSE(allowed_now(kiosk.state(), StaffPurpose::VisualCheck));
    EXPECT_FALSE(kiosk.view().staff_corner);
    kiosk.tap(Kind::OpenStaffCheck);
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    kiosk.send(event::StaffVisual{"2580"});
    kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_FALSE(visual_waiting(kiosk.state()));
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
}

TEST(OutOfServiceByStaff, ClosesAStaffCheckThatIsOpen) {
    Kiosk kiosk;
    kiosk.tap(Kind::OpenStaffCheck);
    kiosk.type("47");
    kiosk.send(stop());
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    EXPECT_TRUE(kiosk.state().staff.code.empty());
}

TEST(OutOfServiceByStaff, StillLetsPatientsCallStaff) {
    Kiosk kiosk;
    kiosk.send(stop());
    ASSERT_TRUE(kiosk.view().can_call_staff);
    kiosk.tap(Kind::CallStaff);
    EXPECT_TRUE(kiosk.view().staff_called);
    kiosk.place();
    EXPECT_TRUE(kiosk.view().staff_called) << "a card that is not read takes the call back from nobody";
}

TEST(OutOfServiceByStaff, TheNextPatientFindsTheClinicsLanguage) {
    Kiosk kiosk;
    kiosk.send(stop());
    kiosk.tap(Kind::ChangeLanguage, static_cast<std::uint8_t>(Language::English));
    EXPECT_EQ(kiosk.view().language, Language::English);
    kiosk.advance(Kiosk::demo_policy().screen_timeout);
    EXPECT_EQ(kiosk.view().language, Language::Japanese);
}

TEST(MessageOfStaff, KeepsWhatCanBeSeenAndNothingElse) {
    Kiosk kiosk;
    kiosk.send(stop(" 昼休み\r\n13:30\x01 から\xff\xe2\x80\xae です\t "));
    EXPECT_EQ(shown(kiosk.view()).message, "昼休み 13:30 から です");
}

TEST(MessageOfStaff, IsCutBetweenCharacters) {
    Kiosk kiosk;
    std::string longer;
    for (int i = 0; i < 200; ++i) longer += "あ";
    kiosk.send(stop(longer));
    EXPECT_EQ(shown(kiosk.view()).message, longer.substr(0, event::ReceptionStopped::k_longest * 3));
}

}  // namespace
}  // namespace uketsuke::core::test
