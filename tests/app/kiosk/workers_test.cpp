#include <gtest/gtest.h>

#include <thread>

#include "app/workers/bounded_queue.h"
#include "app/workers/certificate_standing.h"
#include "app/workers/event_queue.h"
#include "app/workers/session_vault.h"

namespace uketsuke::workers {
namespace {

using namespace std::chrono_literals;
using core::CertificateStanding;

std::chrono::sys_seconds japan(int year, unsigned month, unsigned day, int hour = 12) {
    const std::chrono::sys_days date{std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day}};
    return date + std::chrono::hours{hour} - 9h;
}

TEST(CertificateState, GivesNoticeFromThreeMonthsBeforeItsEnd) {
    const auto end = japan(2027, 5, 31, 23);
    EXPECT_EQ(certificate_state(end, japan(2027, 2, 27)).standing, CertificateStanding::Good);
    EXPECT_EQ(certificate_state(end, japan(2027, 2, 28)).standing, CertificateStanding::ExpiresSoon);
    EXPECT_EQ(certificate_state(end, japan(2027, 5, 31)).standing, CertificateStanding::ExpiresSoon);
    EXPECT_EQ(certificate_state(end, japan(2027, 5, 21)).days_left, 10);
}

TEST(CertificateState, GivesEligibilityUntilTheEndOfTheThirdMonthAfterAndThenNothing) {
    const auto end = japan(2026, 11, 5, 23);
    EXPECT_EQ(certificate_state(end, japan(2026, 11, 6)).standing, CertificateStanding::EligibilityOnly);
    EXPECT_EQ(certificate_state(end, japan(2027, 2, 28, 23)).standing, CertificateStanding::EligibilityOnly);
    EXPECT_EQ(certificate_state(end, japan(2027, 3, 1, 1)).standing, CertificateStanding::Expired);
    EXPECT_LT(certificate_state(end, japan(2026, 11, 6)).days_left, 0);
}

TEST(BoundedQueue, WaitsForRoomAndIsReleasedByClose) {
    BoundedQueue<int> queue(1);
    EXPECT_TRUE(queue.push(1));
    EXPECT_FALSE(queue.try_push(2));
    std::thread writer([&] { EXPECT_TRUE(queue.push(3)); });
    EXPECT_EQ(queue.pop_for(5s), 1);
    EXPECT_EQ(queue.pop_for(5s), 3);
    writer.join();
    EXPECT_TRUE(queue.push(4));
    std::thread refused([&] { EXPECT_FALSE(queue.push(5)); });
    queue.close();
    refused.join();
    EXPECT_EQ(queue.pop(), 4) << "what was in it is still handed out";
    EXPECT_FALSE(queue.pop());
}

TEST(EventQueue, DropsGuidanceRatherThanWaiting) {
    EventQueue events;
    for (int i = 0; i < 1000; ++i) {
        events.post(core::event::FaceGuided{core::SessionId{1}, core::FaceGuidance::NoFace});
    }
    int taken = 0;
    while (events.take()) ++taken;
    EXPECT_GT(taken, 0);
    EXPECT_LT(taken, 1000);
}

TEST(SessionVault, TakesNothingInForASessionThatWasWiped) {
    SessionVault vault;
    net::SignedRequest request;
    request.body = {1, 2, 3};
    vault.put(core::SessionId{1}, request);
    vault.wipe(core::SessionId{1});
    EXPECT_FALSE(vault.take(core::SessionId{1}));
    vault.put(core::SessionId{1}, request);
    EXPECT_EQ(vault.size(), 0U) << "a slow worker cannot bring a patient back";
    vault.put(core::SessionId{2}, request);
    EXPECT_TRUE(vault.take(core::SessionId{2}));
    EXPECT_EQ(vault.size(), 0U);
}

}  // namespace
}  // namespace uketsuke::workers
