#include "net/network_watch.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <thread>

#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::must;

TEST(NetworkWatch, SaysThatNothingHappened) {
    const auto watch = must(NetworkWatch::open());
    // News of this machine's own network may come at any moment.
    while (watch->wait(1ms) == Woke::NetworkUp) {
    }
    EXPECT_EQ(watch->wait(0ms), Woke::TimedOut);
}

TEST(NetworkWatch, IsWokenFromAnotherThreadAndRemembersACallFromBefore) {
    const auto watch = must(NetworkWatch::open());
    watch->wake();
    watch->wake();
    EXPECT_EQ(watch->wait(1h), Woke::Called);
    std::jthread other([&] { watch->wake(); });
    EXPECT_EQ(watch->wait(1h), Woke::Called);
}

// In a network of its own, whose only interface is taken up: that is an address and a route.
TEST(NetworkWatch, IsWokenWhenTheNetworkComesUp) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        if (::unshare(CLONE_NEWNET) != 0) ::_exit(77);
        auto opened = NetworkWatch::open();
        if (!opened || !(*opened)->hears_news()) ::_exit(78);
        const auto watch = std::move(*opened);
        if (watch->wait(0ms) != Woke::TimedOut) ::_exit(1);
        if (std::system("ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null") != 0) ::_exit(77);
        ::_exit(watch->wait(10s) == Woke::NetworkUp ? 0 : 2);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFEXITED(status));
    if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "needs root and ip (iproute2)";
    if (WEXITSTATUS(status) == 78) GTEST_SKIP() << "the kernel gives no news of the network here";
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace uketsuke::net
