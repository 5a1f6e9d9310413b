#include "app/desk/recorder.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/app/core/harness.h"
#include "tests/net/support.h"

namespace uketsuke::desk {
namespace {

using Kind = core::Intent::Kind;

class Acts : public ::testing::Test {
  protected:
    Acts() {
        m_sato = m_names.id_of("sato");
        m_kiosk.observer = [this](const core::Passed& passed) {
            for (auto& act : acts_of(passed, m_names)) m_acts.push_back(std::move(act));
        };
    }
    void approve(core::VisualReason reason, std::optional<core::SessionId> session) {
        core::event::StaffApproved approved;
        approved.purpose = core::StaffPurpose::VisualCheck;
        approved.who = m_sato;
        approved.reason = reason;
        approved.session = session;
        m_kiosk.send(approved);
    }

    StaffNames m_names;
    core::StaffId m_sato{};
    core::test::Kiosk m_kiosk;
    std::vector<net::AuditAct> m_acts;
};

TEST_F(Acts, AVisualCheckIsRecordedFromItsArmingToItsReception) {
    approve(core::VisualReason::Condition, std::nullopt);
    m_kiosk.place();
    m_kiosk.read();
    m_kiosk.agree_to_all_items();
    m_kiosk.tap(Kind::Provide);
    m_kiosk.tap(Kind::Confirm);
    m_kiosk.sign_and_commit();
    ASSERT_EQ(m_acts.size(), 3U);
    EXPECT_EQ(m_acts[0], (net::AuditAct{"sato", "visual-check armed", "condition", "", ""}));
    EXPECT_EQ(m_acts[1], (net::AuditAct{"sato", "visual-check used", "condition", "visit 1", ""}));
    EXPECT_EQ(m_acts[2], (net::AuditAct{"sato", "reception by visual-check", "condition",
                                        core::test::Kiosk::request().text, "visit 1"}));
}

TEST_F(Acts, ACheckThatNobodyUsedIsRecordedAsLapsed) {
    approve(core::VisualReason::Other, std::nullopt);
    m_kiosk.advance(core::Millis{200'000});
    ASSERT_EQ(m_acts.size(), 2U);
    EXPECT_EQ(m_acts[1].what, "visual-check lapsed");
}

TEST_F(Acts, ACheckThatWasTakenBackNamesWhoTookItBack) {
    approve(core::VisualReason::Other, std::nullopt);
    m_kiosk.send(core::event::VisualWithdrawn{m_names.id_of("tanaka"), {}});
    ASSERT_EQ(m_acts.size(), 2U);
    EXPECT_EQ(m_acts[1].who, "tanaka");
    EXPECT_EQ(m_acts[1].what, "visual-check withdrawn");
}

TEST_F(Acts, AReceptionByPinLeavesNoRecordOfStaff) {
    m_kiosk.reach_accepted();
    EXPECT_TRUE(m_acts.empty());
}

TEST_F(Acts, AWrongCodeAtTheKioskIsRecorded) {
    m_kiosk.send(core::event::StaffVisual{"1111", {}});
    m_kiosk.send(core::event::StaffCodeAnswered{false, {}});
    ASSERT_EQ(m_acts.size(), 1U);
    EXPECT_EQ(m_acts[0].what, "kiosk code refused");
}

TEST_F(Acts, StoppingTheReceptionIsRecordedWithItsWords) {
    m_kiosk.send(core::event::ReceptionStopped{m_sato, "午後は休診です"});
    m_kiosk.send(core::event::ReceptionResumed{m_sato});
    ASSERT_EQ(m_acts.size(), 2U);
    EXPECT_EQ(m_acts[0], (net::AuditAct{"sato", "reception stopped", "", "", "午後は休診です"}));
    EXPECT_EQ(m_acts[1].what, "reception resumed");
}

TEST(RecorderRuns, WritesWhatWaitsBeforeItStops) {
    const net::testing::ScratchFolder folder;
    auto log = net::testing::must(net::AuditLog::open(folder / "audit.log", net::SealingKey::random()));
    StaffNames names;
    Recorder recorder(
        *log, names, [](auto, const auto&) {}, [] { return net::Result<net::AuditCheck>(); }, [] {});
    for (int i = 0; i < 20; ++i) recorder.record({"sato", "act " + std::to_string(i), "", "", ""});
    std::jthread thread([&] { recorder.run(); });
    recorder.stop();
    thread.join();
    EXPECT_EQ(log->entries(), 20U);
    EXPECT_EQ(net::testing::must(log->latest(1)).at(0).act.what, "act 19");
}

}  // namespace
}  // namespace uketsuke::desk
