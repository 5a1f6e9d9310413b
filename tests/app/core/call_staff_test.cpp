#include <gtest/gtest.h>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {
namespace {

using Kind = Intent::Kind;

struct CalledStaff : ::testing::Test {
    std::size_t calls() const { return kiosk.all<effect::CallStaff>().size(); }
    Kiosk kiosk;
};

TEST_F(CalledStaff, FromAPageThatLeadsOnByItselfLeavesItAsItIs) {
    kiosk.place();
    EXPECT_TRUE(kiosk.view().can_call_staff);
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(kiosk.screen(), Screen::ReadingCard);
    EXPECT_TRUE(kiosk.view().staff_called);
    EXPECT_EQ(calls(), 1U);
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(calls(), 1U) << "one call is one chime";
}

TEST_F(CalledStaff, FromEveryPageOfThatKind) {
    const auto expect_a_call_that_stays = [&](Screen screen) {
        ASSERT_EQ(kiosk.screen(), screen);
        const auto before = calls();
        EXPECT_TRUE(kiosk.view().can_call_staff) << name_of(screen);
        kiosk.tap(Kind::CallStaff);
        EXPECT_EQ(kiosk.screen(), screen);
        EXPECT_TRUE(kiosk.view().staff_called) << name_of(screen);
        EXPECT_EQ(calls(), before + 1) << name_of(screen);
    };
    expect_a_call_that_stays(Screen::Idle);
    kiosk.place();
    kiosk.send(event::CardReadFailed{kiosk.id(), CardTrouble::Unreadable});
    expect_a_call_that_stays(Screen::CardProblem);
    kiosk.reach_submitting();
    expect_a_call_that_stays(Screen::Submitting);
    kiosk.send(event::Signed{kiosk.id(), Kiosk::request()});
    kiosk.send(event::CommitFailed{kiosk.id()});
    kiosk.advance(Millis{60'000});
    expect_a_call_that_stays(Screen::NotSaved);
    kiosk.reach_accepted();
    expect_a_call_that_stays(Screen::Accepted);
    kiosk.advance(Millis{60'000});
    expect_a_call_that_stays(Screen::TakeCard);
    kiosk.place();
    kiosk.read();
    kiosk.remove();
    expect_a_call_that_stays(Screen::CardTaken);
}

TEST_F(CalledStaff, IsOverAfterAMinuteSoThatTheNextTouchCallsAgain) {
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(next_deadline(kiosk.state()), kiosk.state().now + Millis{60'000});
    kiosk.advance(Millis{60'000});
    EXPECT_FALSE(kiosk.view().staff_called);
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(calls(), 2U);
}

TEST_F(CalledStaff, OutlivesTheCardAndIsOverWithTheNextOne) {
    kiosk.place();
    kiosk.tap(Kind::CallStaff);
    kiosk.remove();
    EXPECT_EQ(kiosk.screen(), Screen::Idle);
    EXPECT_TRUE(kiosk.view().staff_called);
    kiosk.place();
    EXPECT_FALSE(kiosk.view().staff_called);
}

TEST_F(CalledStaff, FromAPageThatAsksSomethingWaitsForThem) {
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(kiosk.screen(), Screen::CallStaff);
    EXPECT_EQ(calls(), 1U);
    EXPECT_FALSE(kiosk.view().can_call_staff);
    EXPECT_FALSE(kiosk.view().staff_called) << "the page says it";
    kiosk.tap(Kind::Back);
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(calls(), 2U);
}

TEST_F(CalledStaff, ByThePageItselfIsACallToo) {
    kiosk.place();
    kiosk.read();
    kiosk.send(event::RegistrationAnswered{kiosk.id(), false});
    kiosk.identify_by_pin();
    kiosk.tap(Kind::NotRegister);
    EXPECT_EQ(kiosk.screen(), Screen::CallStaff);
    EXPECT_EQ(calls(), 1U);
}

TEST_F(CalledStaff, ComeToAKioskThatIsOutOfService) {
    kiosk.send(event::ReaderChanged{false});
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(kiosk.screen(), Screen::OutOfService);
    EXPECT_TRUE(kiosk.view().staff_called);
    EXPECT_EQ(calls(), 1U);
}

TEST_F(CalledStaff, IsNotOfferedWhereThePageIsAlreadyTheirs) {
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::CallStaff);
    ASSERT_EQ(kiosk.screen(), Screen::CallStaff);
    EXPECT_FALSE(kiosk.view().can_call_staff);
    kiosk.tap(Kind::CallStaff);
    EXPECT_EQ(calls(), 1U);
}

struct OrderedKeypad : ::testing::Test {
    void open_staff_check(int tries = 3) {
        CardFacts facts = Kiosk::good_card();
        facts.pin_tries = tries;
        kiosk.place();
        kiosk.read(facts);
        kiosk.tap(Kind::CallStaff);
        kiosk.tap(Kind::OpenStaffCheck);
        kiosk.type("2580");
    }
    bool offered() const { return std::get<page::StaffCheck>(kiosk.view().page).ordered_keypad; }
    Kiosk kiosk;
};

TEST_F(OrderedKeypad, IsAllowedByStaffAndRecorded) {
    open_staff_check();
    EXPECT_TRUE(offered());
    kiosk.tap(Kind::AllowOrderedKeypad);
    ASSERT_EQ(kiosk.all<effect::CheckStaffCode>().size(), 1U);
    kiosk.send(event::StaffCodeAnswered{true});
    ASSERT_EQ(kiosk.screen(), Screen::Pin);
    const auto page = std::get<page::Pin>(kiosk.view().page);
    EXPECT_TRUE(page.ready);
    EXPECT_TRUE(page.ordered);
    EXPECT_EQ(page.order, (std::array<std::uint8_t, 10>{1, 2, 3, 4, 5, 6, 7, 8, 9, 0}));
    EXPECT_TRUE(kiosk.all<effect::ShuffleKeypad>().empty());
    ASSERT_EQ(kiosk.all<effect::StaffDid>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::StaffDid>()[0].purpose, StaffPurpose::OrderedKeypad);
}

TEST_F(OrderedKeypad, StaysInOrderForEveryEntryOfThisPatientAndForNobodyElse) {
    open_staff_check();
    kiosk.tap(Kind::AllowOrderedKeypad);
    kiosk.send(event::StaffCodeAnswered{true});
    kiosk.type("1111");
    kiosk.answer_pin(PinOutcome::Wrong, 2);
    kiosk.shuffle();
    EXPECT_TRUE(std::get<page::Pin>(kiosk.view().page).ordered) << "a shuffle that comes late changes nothing";
    EXPECT_EQ(std::get<page::Pin>(kiosk.view().page).order[0], 1);
    kiosk.remove();
    kiosk.place();
    kiosk.read();
    kiosk.tap(Kind::ChoosePin);
    EXPECT_FALSE(std::get<page::Pin>(kiosk.view().page).ordered);
    EXPECT_EQ(kiosk.all<effect::ShuffleKeypad>().size(), 1U);
}

TEST_F(OrderedKeypad, DoesNotSpareTheWarningBeforeTheLastTry) {
    open_staff_check(1);
    kiosk.tap(Kind::AllowOrderedKeypad);
    kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_EQ(kiosk.screen(), Screen::PinLastTry);
    kiosk.tap(Kind::UseLastTry);
    EXPECT_TRUE(std::get<page::Pin>(kiosk.view().page).ordered);
}

TEST_F(OrderedKeypad, IsNotOfferedForALockedCardNorTwice) {
    open_staff_check(0);
    EXPECT_FALSE(offered());
    kiosk.tap(Kind::AllowOrderedKeypad);
    EXPECT_TRUE(kiosk.all<effect::CheckStaffCode>().empty());
    kiosk.remove();
    open_staff_check();
    kiosk.tap(Kind::AllowOrderedKeypad);
    kiosk.send(event::StaffCodeAnswered{true});
    kiosk.tap(Kind::CallStaff);
    kiosk.tap(Kind::OpenStaffCheck);
    EXPECT_FALSE(offered());
}

TEST_F(OrderedKeypad, StaysShuffledAfterAWrongCode) {
    open_staff_check();
    kiosk.tap(Kind::AllowOrderedKeypad);
    kiosk.send(event::StaffCodeAnswered{false});
    EXPECT_EQ(kiosk.screen(), Screen::StaffCheck);
    EXPECT_TRUE(kiosk.all<effect::StaffDid>().empty());
}

TEST(StaffDid, IsToldOfEveryUseOfTheCodeThatChangedSomething) {
    Kiosk kiosk;
    kiosk.send(event::StaffVisual{"2580"});
    kiosk.send(event::StaffCodeAnswered{true});
    ASSERT_EQ(kiosk.all<effect::StaffDid>().size(), 1U);
    EXPECT_EQ(kiosk.all<effect::StaffDid>()[0].purpose, StaffPurpose::VisualCheck);
    kiosk.place();
    kiosk.read();
    kiosk.send(event::StaffVisual{"2580"});
    kiosk.send(event::StaffCodeAnswered{true});
    EXPECT_EQ(kiosk.all<effect::StaffDid>().size(), 1U) << "who is identified stays identified as they were";
}

}  // namespace
}  // namespace uketsuke::core::test
