#include "card/vpcd.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <system_error>
#include <thread>
#include <utility>

#include "card/secret.h"

namespace uketsuke::card {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds k_slice{50};
// vpcd takes any ATR for "something lies there", and fails to power on what sends more than the 33 bytes that
// ISO 7816-3 allows: that is how it gets to see something without a chip.
constexpr std::size_t k_no_atr_size = 34;

class Socket {
  public:
    explicit Socket(int handle) : m_handle(handle) {}
    Socket(Socket&& other) noexcept : m_handle(std::exchange(other.m_handle, -1)) {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(m_handle, other.m_handle);
        return *this;
    }
    ~Socket() {
        if (m_handle >= 0) close(m_handle);
    }
    int handle() const { return m_handle; }

  private:
    int m_handle;
};

std::string because() {
    return std::generic_category().message(errno);
}

std::optional<Socket> try_connect(const std::string& host, std::uint16_t port, std::string& why) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const int rc = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
    if (rc != 0) {
        why = gai_strerror(rc);
        return std::nullopt;
    }
    const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owned(found, &freeaddrinfo);
    for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
        Socket socket(::socket(one->ai_family, one->ai_socktype | SOCK_CLOEXEC, one->ai_protocol));
        if (socket.handle() >= 0 && connect(socket.handle(), one->ai_addr, one->ai_addrlen) == 0) return socket;
        why = because();
    }
    return std::nullopt;
}

// vpcd sends length and data apart. Without an immediate acknowledgement of the first, Nagle's algorithm holds the
// second back for 40 ms; the option does not last, so it is set before every receive.
void acknowledge_at_once(int handle) {
    const int on = 1;
    setsockopt(handle, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

enum class Received { All, Closed, Stopped, Failed };

Received receive(int handle, std::span<std::uint8_t> into, const std::atomic<bool>& stop) {
    while (!into.empty()) {
        if (stop.load()) return Received::Stopped;
        acknowledge_at_once(handle);
        pollfd ready{handle, POLLIN, 0};
        const int rc = poll(&ready, 1, static_cast<int>(k_slice.count()));
        if (rc == 0 || (rc < 0 && errno == EINTR)) continue;
        if (rc < 0) return Received::Failed;
        acknowledge_at_once(handle);
        const ssize_t got = recv(handle, into.data(), into.size(), 0);
        if (got == 0) return Received::Closed;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return errno == ECONNRESET ? Received::Closed : Received::Failed;
        into = into.subspan(static_cast<std::size_t>(got));
    }
    return Received::All;
}

bool send_message(int handle, std::span<const std::uint8_t> data) {
    Bytes message;
    message.reserve(data.size() + 2);
    message.push_back(static_cast<std::uint8_t>(data.size() >> 8));
    message.push_back(static_cast<std::uint8_t>(data.size()));
    message.insert(message.end(), data.begin(), data.end());
    const WipeAtEnd wiped(message);
    std::span<const std::uint8_t> rest(message);
    while (!rest.empty()) {
        const ssize_t sent = send(handle, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        rest = rest.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

enum class Served { GoOn, CardLeaves, Failed };

// False when `stop` is set meanwhile.
bool passes(std::chrono::milliseconds delay, const std::atomic<bool>& stop) {
    for (const auto end = Clock::now() + delay; !stop.load(); std::this_thread::sleep_for(k_slice)) {
        const auto left = end - Clock::now();
        if (left > k_slice) continue;
        if (left.count() > 0) std::this_thread::sleep_for(left);
        return !stop.load();
    }
    return false;
}

Served serve_message(VirtualCard& card, int handle, std::span<const std::uint8_t> message,
                     const std::atomic<bool>& stop) {
    if (message.size() == 1) {
        constexpr std::uint8_t k_atr = 4;
        if (message[0] == k_atr) {
            const Bytes atr = card.has_chip() ? card.atr() : Bytes(k_no_atr_size, 0x00);
            return send_message(handle, atr) ? Served::GoOn : Served::Failed;
        }
        card.reset();  // power off, power on, reset: no answer is expected
        return Served::GoOn;
    }
    if (!passes(card.persona().apdu_delay, stop) || card.wants_to_leave()) return Served::CardLeaves;
    Bytes answer = card.answer(message);
    const WipeAtEnd wiped(answer);
    if (answer.size() < 2) return Served::CardLeaves;  // vpcd knows no silence: a closed connection is the nearest
    return send_message(handle, answer) ? Served::GoOn : Served::Failed;
}

}  // namespace

Result<void> serve_vpcd(VirtualCard& card, const std::string& host, std::uint16_t port, const std::atomic<bool>& stop,
                        std::chrono::milliseconds patience) {
    const std::string where = "vpcd at " + host + ":" + std::to_string(port);
    std::string why;
    auto socket = try_connect(host, port, why);
    for (const auto deadline = Clock::now() + patience; !socket; socket = try_connect(host, port, why)) {
        if (stop.load()) return {};
        if (Clock::now() >= deadline) return fail(Fault::NoService, where + ": " + why);
        std::this_thread::sleep_for(k_slice);
    }
    const int on = 1;
    setsockopt(socket->handle(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    SecretBytes message;
    while (true) {
        std::array<std::uint8_t, 2> head{};
        Received received = receive(socket->handle(), head, stop);
        if (received == Received::All) {
            message.resize(static_cast<std::size_t>(head[0] << 8 | head[1]));
            received = receive(socket->handle(), message, stop);
        }
        switch (received) {
            case Received::Stopped:
            case Received::Closed:
                return {};
            case Received::Failed:
                return fail(Fault::Transport, where + ": " + because());
            case Received::All:
                break;
        }
        if (message.empty()) continue;
        switch (serve_message(card, socket->handle(), message, stop)) {
            case Served::GoOn:
                break;
            case Served::CardLeaves:
                return {};
            case Served::Failed:
                return fail(Fault::Transport, where + ": " + because());
        }
    }
}

}  // namespace uketsuke::card
