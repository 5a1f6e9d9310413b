#include <gtest/gtest.h>

#include "app/config/staff_code.h"
#include "tests/app/kiosk/fixture.h"

namespace uketsuke::app::test {
namespace {

constexpr core::StaffId k_mori{3};

class StaffCodes : public KioskTest {
  protected:
    core::event::StaffCodeAnswered check(const std::string& code, workers::StoreWorkerOptions options) {
        workers::EventQueue events;
        workers::SessionVault vault;
        workers::StoreWorker store(
            *m_runtime->devices().outbox, vault, events, [](auto, const auto&) {}, std::move(options));
        store.check({core::SecretText(code)});
        store.stop();
        store.run();
        const auto event = events.take();
        return event ? std::get<core::event::StaffCodeAnswered>(*event) : core::event::StaffCodeAnswered{};
    }
    void SetUp() override { start(); }

    workers::StoreWorkerOptions shared_and_own() {
        workers::StoreWorkerOptions options;
        options.staff_code_hash = config::hash_staff_code("2580").value();
        options.who_has_code = [](std::string_view code) {
            return code == "4711" ? std::optional(k_mori) : std::nullopt;
        };
        return options;
    }
};

TEST_F(StaffCodes, TheSharedOneNamesNobody) {
    const auto answer = check("2580", shared_and_own());
    EXPECT_TRUE(answer.right);
    EXPECT_EQ(answer.who, core::StaffId{});
}

TEST_F(StaffCodes, OnesOwnNamesThePerson) {
    const auto answer = check("4711", shared_and_own());
    EXPECT_TRUE(answer.right);
    EXPECT_EQ(answer.who, k_mori);
}

TEST_F(StaffCodes, AnyOtherIsWrong) {
    EXPECT_FALSE(check("0000", shared_and_own()).right);
    EXPECT_FALSE(check("0000", {}).right) << "no code is configured at all";
}

}  // namespace
}  // namespace uketsuke::app::test
