#include <sys/resource.h>

#include "tests/net/desk/support.h"

namespace uketsuke::net::testing {
namespace {

using namespace std::chrono_literals;

// As many descriptors as this process may have.
std::size_t raise_descriptors() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 20'000);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

std::vector<std::unique_ptr<Client>> crowd(const Desk& desk, std::size_t size, const std::string& source) {
    std::vector<std::unique_ptr<Client>> clients;
    for (std::size_t i = 0; i < size; ++i) {
        clients.push_back(std::make_unique<Client>(desk.port(), ClientOptions{.source = source, .tls = false}));
    }
    return clients;
}

TEST(DeskCrowdTest, ThousandsOfIdleConnectionsFromOneAddressStopNobodyElse) {
    const std::size_t many = std::min<std::size_t>(raise_descriptors() / 2, 4'000);
    Desk desk;
    Browser other(desk);
    const auto began = std::chrono::steady_clock::now();
    const auto idle = crowd(desk, many, "127.0.0.2");
    EXPECT_EQ(other.get("/app.js").status, 200);
    EXPECT_EQ(other.sign_in().status, 200);
    const auto took = std::chrono::steady_clock::now() - began;
    RecordProperty("connections", std::to_string(many));
    RecordProperty("milliseconds", std::to_string(took / 1ms));
    // All but its share were closed at once.
    std::size_t refused = 0;
    for (std::size_t i = 0; i + 48 < idle.size() && refused < 200; ++i) {
        if (idle[idle.size() - 1 - i]->is_closed()) ++refused;
    }
    EXPECT_EQ(refused, std::min<std::size_t>(200, idle.size() - 48));
}

TEST(DeskCrowdTest, ACrowdFromManyAddressesIsGoneWithinTheSilence) {
    raise_descriptors();
    Desk desk([](DeskServerOptions& options) {
        options.connections = 32;
        options.connections_of_one = 8;
        options.silence = std::chrono::seconds{1};
    });
    std::vector<std::vector<std::unique_ptr<Client>>> crowds;
    for (int i = 0; i < 8; ++i) crowds.push_back(crowd(desk, 8, "127.0.3." + std::to_string(i + 1)));
    Browser browser(desk);
    EXPECT_EQ(browser.get("/app.js").status, 200) << "after the silence of those before it";
}

TEST(DeskCrowdTest, ASilentConnectionEndsByItself) {
    Desk desk([](DeskServerOptions& options) { options.silence = std::chrono::seconds{1}; });
    Client before_handshake(desk.port(), {.tls = false});
    Client after_handshake(desk.port());
    EXPECT_TRUE(after_handshake.is_closed());
    EXPECT_TRUE(before_handshake.is_closed());
}

TEST(DeskCrowdTest, AHandshakeThatNeverEndsIsCutOff) {
    Desk desk;
    const auto idle = crowd(desk, 10, "127.0.0.2");
    Browser browser(desk);
    EXPECT_EQ(browser.get("/app.js").status, 200);
    for (const auto& client : idle) client->send("\x16\x03\x01\x02");
    EXPECT_EQ(browser.get("/app.js").status, 200);
    desk.advance(31s);
    for (const auto& client : idle) EXPECT_TRUE(client->is_closed());
}

TEST(DeskCrowdTest, ConnectionsThatComeAndGoLeaveNothingBehind) {
    Desk desk;
    Browser browser(desk);
    const auto open_files = [] {
        std::size_t count = 0;
        for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) ++count;
        return count;
    };
    browser.get("/");
    const std::size_t before = open_files();
    for (int round = 0; round < 20; ++round) {
        const auto clients = crowd(desk, 20, "127.0.0.2");
        clients.front()->send("GET / HTTP/1.1\r\n");
    }
    EXPECT_TRUE(eventually([&] { return open_files() <= before + 2; }));
    EXPECT_EQ(browser.get("/").status, 200);
}

}  // namespace
}  // namespace uketsuke::net::testing
