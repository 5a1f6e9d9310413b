// The staff's side of a whole kiosk: what outlives a restart, and what is in the record.
#include "app/main/desk_service.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "net/desk/staff_accounts.h"
#include "tests/app/kiosk/fixture.h"

namespace uketsuke::app::test {
namespace {

class DeskServiceTest : public KioskTest {
  protected:
    DeskServiceTest() {
        m_config.desk.address = "127.0.0.1";
        m_config.desk.port = 0;
        m_config.face.enabled = false;
        m_config.staff.visual_check_code_hash.clear();
    }

    std::string record() const {
        std::ifstream in(m_folder.path() / "audit.log");
        return {std::istreambuf_iterator<char>(in), {}};
    }
    bool recorded(const std::string& words) {
        return wait([&] { return record().find(words) != std::string::npos; });
    }
    std::unique_ptr<net::StaffAccounts> accounts() const {
        auto opened = net::StaffAccounts::open(m_folder.path() / "desk" / "accounts.json");
        return opened ? std::move(*opened) : nullptr;
    }
};

TEST_F(DeskServiceTest, TheFirstStartSaysItsAccountOnce) {
    start();
    const auto made = m_runtime->desk().take_made();
    ASSERT_TRUE(made);
    EXPECT_EQ(made->name, "manager");
    EXPECT_FALSE(m_runtime->desk().take_made());
    EXPECT_FALSE(m_runtime->desk().url().empty());
    EXPECT_EQ(notices().find(made->password), std::string::npos) << "a password in the log";
    EXPECT_EQ(record().find(made->password), std::string::npos);
    stop();
    start();
    EXPECT_FALSE(m_runtime->desk().take_made());
}

TEST_F(DeskServiceTest, APageThatCannotBeServedKeepsNobodyFromBeingReceived) {
    m_config.desk.certificate = m_folder.path() / "nothing.crt";
    m_config.desk.certificate_key = m_folder.path() / "nothing.key";
    start();
    EXPECT_TRUE(m_runtime->desk().url().empty());
    EXPECT_NE(notices().find("there is no page for staff"), std::string::npos);
    receive_by_pin("sato", "1234");
}

TEST_F(DeskServiceTest, AStopOutlivesARestart) {
    start();
    m_runtime->kiosk().handle(core::event::ReceptionStopped{core::StaffId{1}, "午後は休診です", {}});
    EXPECT_EQ(m_runtime->kiosk().screen(), core::Screen::OutOfService);
    stop();
    start();
    EXPECT_EQ(m_runtime->kiosk().screen(), core::Screen::OutOfService);
    const auto view = m_runtime->kiosk().view();
    EXPECT_EQ(std::get<core::page::OutOfService>(view.page).message, "午後は休診です");
    m_runtime->kiosk().handle(core::event::ReceptionResumed{core::StaffId{1}, {}});
    stop();
    start();
    EXPECT_EQ(m_runtime->kiosk().screen(), core::Screen::Idle);
}

TEST_F(DeskServiceTest, AStopThatCannotBeReadStaysAStop) {
    start();
    stop();
    std::ofstream(m_folder.path() / "reception-stop") << "{\"by\":7,\"message\":[";
    start();
    EXPECT_EQ(m_runtime->kiosk().screen(), core::Screen::OutOfService);
}

TEST_F(DeskServiceTest, AnotherConfigurationIsRecordedAtTheNextStart) {
    start();
    stop();
    start();
    stop();
    EXPECT_EQ(record().find("configuration changed"), std::string::npos);
    m_config.policy.offer_limit_amount = !m_config.policy.offer_limit_amount;
    start();
    EXPECT_NE(record().find("configuration changed"), std::string::npos);
}

TEST_F(DeskServiceTest, WhatBecomesOfTheAccountsBesideTheKioskIsRecorded) {
    start();
    const auto beside = accounts();
    ASSERT_TRUE(beside);
    ASSERT_TRUE(beside->add("佐藤", net::Role::Desk));
    EXPECT_TRUE(recorded("account added"));
    ASSERT_TRUE(beside->reset_password("manager"));
    EXPECT_TRUE(recorded("account has a new first password"));
    ASSERT_TRUE(beside->remove("佐藤"));
    EXPECT_TRUE(recorded("account removed"));
}

TEST_F(DeskServiceTest, APersonsOwnCodeNamesThemInTheRecord) {
    start();
    const auto beside = accounts();
    ASSERT_TRUE(beside);
    ASSERT_TRUE(beside->add("佐藤", net::Role::Desk));
    ASSERT_TRUE(beside->set_kiosk_code("佐藤", "482913"));
    m_runtime->kiosk().handle(core::event::StaffVisual{"482913", core::VisualReason::Condition});
    EXPECT_TRUE(recorded(R"("who":"佐藤","what":"visual-check armed","why":"condition")"));
    EXPECT_EQ(record().find("482913"), std::string::npos);
    EXPECT_EQ(notices().find("482913"), std::string::npos);
}

TEST_F(DeskServiceTest, TheRecordVerifiesAfterAWholeMorning) {
    start();
    receive_by_pin("sato", "1234");
    m_runtime->kiosk().handle(core::event::StaffVisual{"0000", core::VisualReason::Other});
    EXPECT_TRUE(recorded("kiosk code refused"));
    stop();
    auto key = net::SealingKey::load(m_folder.path() / "outbox.key", net::KeyCreation::Never);
    ASSERT_TRUE(key);
    const auto check = net::verify_audit_log(m_folder.path() / "audit.log", std::move(*key));
    ASSERT_TRUE(check);
    EXPECT_TRUE(check->problems.empty()) << check->problems.front().says;
    EXPECT_NE(record().find("kiosk stopped"), std::string::npos);
    EXPECT_EQ(record().find("佐藤"), std::string::npos) << "a patient's name in the record";
}

}  // namespace
}  // namespace uketsuke::app::test
