#include "net/desk/internal/sign_in_throttle.h"

#include <gtest/gtest.h>

namespace uketsuke::net::internal {
namespace {

using namespace std::chrono_literals;

TEST(SignInThrottleTest, ThePauseComesWithTheFifthFailureAndDoubles) {
    SignInThrottle throttle(5, 60s);
    Ms now = 1h;
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(throttle.failed("sato", "a", now));
    EXPECT_EQ(throttle.pause("sato", "a", now), 0ms);
    EXPECT_TRUE(throttle.failed("sato", "a", now));
    EXPECT_EQ(throttle.pause("sato", "a", now), 60s);
    now += 60s;
    EXPECT_EQ(throttle.pause("sato", "a", now), 0ms);
    throttle.failed("sato", "a", now);
    EXPECT_EQ(throttle.pause("sato", "a", now), 120s);
    for (int i = 0; i < 50; ++i) throttle.failed("sato", "a", now);
    EXPECT_EQ(throttle.pause("sato", "a", now), SignInThrottle::k_longest_pause);
}

TEST(SignInThrottleTest, TheRightPasswordEndsTheRow) {
    SignInThrottle throttle(5, 60s);
    for (int i = 0; i < 4; ++i) throttle.failed("sato", "a", 0ms);
    throttle.succeeded("sato", "a");
    for (int i = 0; i < 4; ++i) EXPECT_FALSE(throttle.failed("sato", "a", 0ms));
}

TEST(SignInThrottleTest, AnAddressHasTenTriesAndThenOneInSixSeconds) {
    SignInThrottle throttle(5, 60s);
    Ms now = 5s;
    for (int i = 0; i < 10; ++i) EXPECT_EQ(throttle.take_try("a", now).time, 0ms) << i;
    const auto first = throttle.take_try("a", now);
    EXPECT_GT(first.time, 0ms);
    EXPECT_LE(first.time, 6001ms);
    EXPECT_TRUE(first.begins);
    EXPECT_FALSE(throttle.take_try("a", now).begins) << "told once";
    EXPECT_EQ(throttle.take_try("b", now).time, 0ms) << "another address";
    now += 6s;
    EXPECT_EQ(throttle.take_try("a", now).time, 0ms);
    EXPECT_GT(throttle.take_try("a", now).time, 0ms);
}

TEST(SignInThrottleTest, GuessingFromManyAddressesPausesOnlyStrangers) {
    SignInThrottle throttle(5, 60s);
    throttle.succeeded("sato", "her own computer");
    for (int i = 0; i < 20; ++i) throttle.failed("sato", "guess" + std::to_string(i), 0ms);
    EXPECT_EQ(throttle.pause("sato", "a new address", 0ms), 1h);
    EXPECT_EQ(throttle.pause("sato", "her own computer", 0ms), 0ms);
    EXPECT_EQ(throttle.pause("mori", "a new address", 0ms), 0ms);
    EXPECT_EQ(throttle.pause("sato", "a new address", 1h), 0ms);
}

TEST(SignInThrottleTest, ManyGuessesDoNotFillTheMemory) {
    SignInThrottle throttle(5, 60s);
    for (int i = 0; i < 20'000; ++i) {
        const std::string text = std::to_string(i);
        throttle.take_try(text, 0ms);
        throttle.failed(text, text, 0ms);
    }
    EXPECT_LE(throttle.remembered(), 3 * SignInThrottle::k_most);
}

}  // namespace
}  // namespace uketsuke::net::internal
