#include "app/desk/kiosk_watch.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/app/core/harness.h"

namespace uketsuke::desk {
namespace {

using core::event::StaffApproved;
using Kind = core::Intent::Kind;

constexpr core::StaffId k_sato{7};

class KioskWatchTest : public ::testing::Test {
  protected:
    KioskWatchTest() {
        m_kiosk.observer = [this](const core::Passed& passed) { m_watch.passed(passed); };
        m_kiosk.send(core::event::FaceAvailability{});
    }

    TicketResult approve(core::StaffPurpose purpose, std::optional<core::SessionId> session, std::uint32_t ticket) {
        StaffApproved approved;
        approved.purpose = purpose;
        approved.who = k_sato;
        approved.session = session;
        approved.ticket = core::Ticket{ticket};
        m_kiosk.send(approved);
        const auto tickets = m_watch.now().tickets;
        return tickets.at(core::Ticket{ticket});
    }

    int m_changes = 0;
    KioskWatch m_watch{[this] { ++m_changes; }};
    core::test::Kiosk m_kiosk;
};

TEST_F(KioskWatchTest, TimeAloneChangesNothingThatStaffSee) {
    m_kiosk.advance(core::Millis{1'000});
    const int before = m_changes;
    m_kiosk.advance(core::Millis{1'000});
    m_kiosk.advance(core::Millis{1'000});
    EXPECT_EQ(m_changes, before);
}

TEST_F(KioskWatchTest, ACardThatLiesThereIsSeenWithItsTriesAndWhatCanBeAllowed) {
    m_kiosk.place();
    m_kiosk.read();
    const KioskNow now = m_watch.now();
    EXPECT_EQ(now.screen, core::Screen::ChooseMethod);
    EXPECT_EQ(now.session, m_kiosk.id());
    EXPECT_EQ(now.pin_tries, 3);
    EXPECT_EQ(now.face, FaceStanding::Offered);
    EXPECT_NE(std::find(now.allowed.begin(), now.allowed.end(), core::StaffPurpose::VisualCheck), now.allowed.end());
    m_kiosk.remove();
    EXPECT_EQ(m_watch.now().session, std::nullopt);
}

TEST_F(KioskWatchTest, AnArmedVisualCheckIsSeenUntilItsCardComes) {
    EXPECT_EQ(approve(core::StaffPurpose::VisualCheck, std::nullopt, 1), TicketResult::Done);
    ASSERT_TRUE(m_watch.now().visual);
    EXPECT_EQ(m_watch.now().visual->approval.who, k_sato);
    EXPECT_EQ(m_watch.now().visual_until - m_kiosk.state().wall, std::chrono::seconds{120});
    m_kiosk.place();
    m_kiosk.read();
    EXPECT_FALSE(m_watch.now().visual);
    EXPECT_EQ(m_watch.now().identified, core::Method::Visual);
}

TEST_F(KioskWatchTest, AnApprovalForAnotherCardIsTooLate) {
    m_kiosk.place();
    m_kiosk.read();
    const auto first = m_kiosk.id();
    m_kiosk.remove();
    m_kiosk.advance(core::Millis{60'000});
    m_kiosk.place();
    m_kiosk.read();
    EXPECT_EQ(approve(core::StaffPurpose::VisualCheck, first, 2), TicketResult::TooLate);
    EXPECT_FALSE(m_watch.now().identified);
}

TEST_F(KioskWatchTest, ArmingForTheNextCardWhileOneLiesThereIsTooLate) {
    m_kiosk.place();
    m_kiosk.read();
    EXPECT_EQ(approve(core::StaffPurpose::VisualCheck, std::nullopt, 3), TicketResult::TooLate);
}

TEST_F(KioskWatchTest, ACallSaysWhatThePatientHasToShow) {
    m_kiosk.tap(Kind::ShowOtherWays);
    m_kiosk.tap(Kind::ChooseWay, static_cast<std::uint8_t>(core::OtherWay::InsurerNotice));
    const auto calls = m_watch.now().calls;
    ASSERT_EQ(calls.size(), 1U);
    EXPECT_EQ(calls[0].to_show, core::OtherWay::InsurerNotice);
    EXPECT_FALSE(calls[0].session);
}

TEST_F(KioskWatchTest, WhatTheCoreDoesNotDoIsRefused) {
    m_kiosk.place();
    m_kiosk.read();
    m_kiosk.identify_by_pin();
    EXPECT_EQ(approve(core::StaffPurpose::OrderedKeypad, m_kiosk.id(), 4), TicketResult::Refused);
}

TEST_F(KioskWatchTest, OnlyTheLastFiftyTicketsAreKept) {
    for (std::uint32_t i = 1; i <= 80; ++i) approve(core::StaffPurpose::VisualCheck, std::nullopt, i);
    EXPECT_EQ(m_watch.now().tickets.size(), 50U);
    EXPECT_EQ(m_watch.now().tickets.count(core::Ticket{80}), 1U);
}

TEST_F(KioskWatchTest, ACallStaysUntilSomebodyHasSeenItHoweverLongAgoThePatientLeft) {
    m_kiosk.place();
    m_kiosk.read();
    m_kiosk.tap(Kind::CallStaff);
    m_kiosk.remove();
    m_kiosk.advance(core::Millis{600'000});
    ASSERT_EQ(m_watch.now().calls.size(), 1U);
    EXPECT_EQ(m_watch.now().calls[0].from, core::Screen::ChooseMethod);
    EXPECT_EQ(m_watch.call_seen(99, k_sato), std::nullopt);
    EXPECT_EQ(m_watch.call_seen(1, k_sato), true);
    EXPECT_EQ(m_watch.now().calls[0].seen_by, k_sato);
    m_kiosk.advance(core::Millis{59'000});
    EXPECT_EQ(m_watch.now().calls.size(), 1U);
    m_kiosk.advance(core::Millis{2'000});
    EXPECT_TRUE(m_watch.now().calls.empty());
}

TEST_F(KioskWatchTest, APatientWhoCallsAgainAndAgainIsOneCall) {
    m_kiosk.place();
    m_kiosk.read();
    for (int i = 0; i < 30; ++i) {
        m_kiosk.tap(Kind::CallStaff);
        m_kiosk.tap(Kind::Back);
    }
    EXPECT_EQ(m_watch.now().calls.size(), 1U);
}

TEST_F(KioskWatchTest, OnlyTheNewestCallIsThePatientsWhoReadsTheScreen) {
    m_kiosk.place();
    m_kiosk.read();
    m_kiosk.tap(Kind::CallStaff);
    m_kiosk.remove();
    m_kiosk.advance(core::Millis{60'000});
    m_kiosk.place();
    m_kiosk.read();
    m_kiosk.tap(Kind::CallStaff);
    ASSERT_EQ(m_watch.now().calls.size(), 2U);
    EXPECT_EQ(m_watch.call_seen(1, k_sato), false);
    EXPECT_EQ(m_watch.call_seen(2, k_sato), true);
}

TEST_F(KioskWatchTest, StoppingAndResumingAreDone) {
    m_kiosk.send(core::event::ReceptionStopped{k_sato, "", core::Ticket{5}});
    m_kiosk.send(core::event::ReceptionResumed{k_sato, core::Ticket{6}});
    EXPECT_EQ(m_watch.now().tickets.at(core::Ticket{5}), TicketResult::Done);
    EXPECT_EQ(m_watch.now().tickets.at(core::Ticket{6}), TicketResult::Done);
}

TEST_F(KioskWatchTest, ACallThatWasSeenStaysWhileItsPatientIsThere) {
    m_kiosk.place();
    m_kiosk.read();
    m_kiosk.tap(Kind::CallStaff);
    EXPECT_TRUE(m_watch.call_seen(1, k_sato));
    m_kiosk.advance(core::Millis{70'000});
    EXPECT_EQ(m_watch.now().calls.size(), 1U);
}

}  // namespace
}  // namespace uketsuke::desk
