// The card's side of vpcd's protocol, against a vpcd of our own that may say anything.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <random>
#include <thread>

#include "card/vpcd.h"
#include "tests/card/fixtures.h"

namespace uketsuke::card {
namespace {

using testing::hex;
using testing::make_card;
using testing::test_persona;
using testing::to_hex;

// Listens on a port of its own and speaks first, as vpcd does.
class FakeVpcd {
  public:
    FakeVpcd() : m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        EXPECT_EQ(bind(m_listener, reinterpret_cast<const sockaddr*>(&address), size), 0);
        EXPECT_EQ(listen(m_listener, 1), 0);
        EXPECT_EQ(getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
        m_port = ntohs(address.sin_port);
    }
    ~FakeVpcd() {
        hang_up();
        close(m_listener);
    }
    FakeVpcd(const FakeVpcd&) = delete;
    FakeVpcd& operator=(const FakeVpcd&) = delete;

    std::uint16_t port() const { return m_port; }
    void accept_card() { m_card = accept(m_listener, nullptr, nullptr); }
    void hang_up() {
        if (m_card >= 0) close(m_card);
        m_card = -1;
    }

    void say_raw(const Bytes& bytes) const {
        for (std::size_t at = 0; at < bytes.size();) {
            const ssize_t sent = send(m_card, bytes.data() + at, bytes.size() - at, MSG_NOSIGNAL);
            if (sent <= 0) return;
            at += static_cast<std::size_t>(sent);
        }
    }
    void say(const Bytes& message) const {
        Bytes framed{static_cast<std::uint8_t>(message.size() >> 8), static_cast<std::uint8_t>(message.size())};
        framed.insert(framed.end(), message.begin(), message.end());
        say_raw(framed);
    }
    // Empty when the card has closed the connection.
    Bytes hear() const {
        Bytes head(2);
        if (recv(m_card, head.data(), 2, MSG_WAITALL) != 2) return {};
        Bytes message(static_cast<std::size_t>(head[0] << 8 | head[1]));
        const auto got = recv(m_card, message.data(), message.size(), MSG_WAITALL);
        return got == static_cast<ssize_t>(message.size()) ? message : Bytes{};
    }

  private:
    int m_listener;
    int m_card = -1;
    std::uint16_t m_port = 0;
};

class Vpcd : public ::testing::Test {
  protected:
    void serve(std::shared_ptr<VirtualCard> card) {
        m_server = std::thread(
            [this, card = std::move(card)] { m_served = serve_vpcd(*card, "127.0.0.1", m_vpcd.port(), m_stop); });
        m_vpcd.accept_card();
    }
    void end() {
        m_vpcd.hang_up();
        if (m_server.joinable()) m_server.join();
    }
    void TearDown() override { end(); }

    FakeVpcd m_vpcd;
    std::atomic<bool> m_stop{false};
    std::thread m_server;
    Result<void> m_served;
};

TEST_F(Vpcd, GetsTheAtrAndAnswers) {
    const auto card = make_card();
    serve(card);
    m_vpcd.say({4});
    EXPECT_EQ(m_vpcd.hear(), card->atr());
    m_vpcd.say({1});
    m_vpcd.say(hex("00A4040C0AD392F000260100000001"));
    EXPECT_EQ(to_hex(m_vpcd.hear()), "9000");
    // A reset takes no answer and forgets what was selected.
    m_vpcd.say({2});
    m_vpcd.say(hex("00A4020C02000A"));
    EXPECT_EQ(to_hex(m_vpcd.hear()), "6A82");
    end();
    EXPECT_TRUE(m_served);
}

TEST_F(Vpcd, GetsAnAtrThatNobodyCanPowerOnWhereThereIsNoChip) {
    Persona paper;
    paper.kind = PersonaKind::NoChip;
    serve(make_card(paper));
    m_vpcd.say({4});
    EXPECT_GT(m_vpcd.hear().size(), 33U);
}

TEST_F(Vpcd, MaySayAnythingAtAll) {
    serve(make_card());
    std::mt19937 chance(5);
    for (int i = 0; i < 2'000; ++i) {
        Bytes message(chance() % 400);
        for (auto& byte : message) byte = static_cast<std::uint8_t>(chance());
        if (message.size() == 1) message[0] = static_cast<std::uint8_t>(message[0] | 0x80);  // unknown: no answer
        m_vpcd.say(message);
        if (message.size() > 1) {
            EXPECT_GE(m_vpcd.hear().size(), 2U);
        }
    }
    m_vpcd.say(Bytes(0xFFFF, 0x00));
    EXPECT_EQ(to_hex(m_vpcd.hear()), "6700");
    // Half a message, and then nothing more.
    m_vpcd.say_raw({0xFF, 0xFF, 0x00});
    end();
    EXPECT_TRUE(m_served);
}

TEST_F(Vpcd, SeesTheCardLeaveWhenItsTimeHasCome) {
    Persona leaving = test_persona();
    leaving.flaky.gone_after = 1;
    serve(make_card(leaving));
    const Bytes select = hex("00A4040C0AD392F000260100000001");
    m_vpcd.say(select);
    EXPECT_EQ(to_hex(m_vpcd.hear()), "9000");
    m_vpcd.say(select);
    EXPECT_TRUE(m_vpcd.hear().empty());
}

TEST_F(Vpcd, DoesNotWaitForASlowCardThatIsTakenAway) {
    Persona slow = test_persona();
    slow.apdu_delay = std::chrono::hours(1);
    serve(make_card(slow));
    m_vpcd.say(hex("00A4040C0AD392F000260100000001"));
    m_stop = true;
    EXPECT_TRUE(m_vpcd.hear().empty());
    end();
    EXPECT_TRUE(m_served);
}

TEST_F(Vpcd, IsComplainedAboutWhereNobodyListens) {
    std::uint16_t closed = 0;
    {
        const FakeVpcd other;
        closed = other.port();
    }
    const auto served = serve_vpcd(*make_card(), "127.0.0.1", closed, m_stop, std::chrono::milliseconds(0));
    EXPECT_EQ(served.error().fault, Fault::NoService);
}

}  // namespace
}  // namespace uketsuke::card
