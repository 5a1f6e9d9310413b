#include "net/network_watch.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>

#include "net/internal/unique_fd.h"

namespace uketsuke::net {
namespace {

using Clock = std::chrono::steady_clock;
using internal::UniqueFd;

UniqueFd subscribe() {
    UniqueFd fd(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE));
    sockaddr_nl address{};
    address.nl_family = AF_NETLINK;
    address.nl_groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE;
    if (fd.ok() && ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) fd.reset();
    return fd;
}

bool tells_of_arrival(const char* bytes, std::size_t size) {
    bool arrived = false;
    auto left = static_cast<unsigned int>(size);
    // The kernel aligns its messages; a copy keeps the compiler's promises about alignment, too.
    while (left >= sizeof(nlmsghdr)) {
        nlmsghdr head{};
        std::memcpy(&head, bytes, sizeof head);
        if (head.nlmsg_len < sizeof head || head.nlmsg_len > left) break;
        arrived = arrived || head.nlmsg_type == RTM_NEWADDR || head.nlmsg_type == RTM_NEWROUTE;
        const unsigned int step = std::min<unsigned int>(NLMSG_ALIGN(head.nlmsg_len), left);
        bytes += step;
        left -= step;
    }
    return arrived;
}

bool take_news(int fd) {
    bool arrived = false;
    std::array<char, 8192> buffer{};
    for (;;) {
        const ssize_t n = ::recv(fd, buffer.data(), buffer.size(), 0);
        // More news than the kernel could keep: something happened, so look.
        if (n < 0 && errno == ENOBUFS) return true;
        if (n <= 0) return arrived;
        arrived = tells_of_arrival(buffer.data(), static_cast<std::size_t>(n)) || arrived;
    }
}

}  // namespace

struct NetworkWatch::Parts {
    UniqueFd call;
    UniqueFd news;
};

NetworkWatch::NetworkWatch(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
NetworkWatch::~NetworkWatch() = default;

Result<std::unique_ptr<NetworkWatch>> NetworkWatch::open() {
    auto parts = std::make_unique<Parts>();
    parts->call = UniqueFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
    if (!parts->call.ok()) return fail(Fault::Internal, std::string("eventfd: ") + std::strerror(errno));
    parts->news = subscribe();
    return std::unique_ptr<NetworkWatch>(new NetworkWatch(std::move(parts)));
}

void NetworkWatch::wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_parts->call.get(), &one, sizeof one);
}

bool NetworkWatch::hears_news() const {
    return m_parts->news.ok();
}

Woke NetworkWatch::wait(std::chrono::milliseconds at_most) {
    const auto until = Clock::now() + at_most;
    const int call = m_parts->call.get();
    UniqueFd& news = m_parts->news;
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
        std::array<pollfd, 2> fds{pollfd{call, POLLIN, 0}, pollfd{news.get(), POLLIN, 0}};
        const auto most = static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 3'600'000));
        const int ready = ::poll(fds.data(), news.ok() ? 2 : 1, most);
        if (ready > 0 && (fds[0].revents & POLLIN) != 0) {
            std::uint64_t calls = 0;
            [[maybe_unused]] const ssize_t taken = ::read(call, &calls, sizeof calls);
            return Woke::Called;
        }
        if (ready > 0 && news.ok() && fds[1].revents != 0) {
            if ((fds[1].revents & POLLIN) == 0) {
                news.reset();
            } else if (take_news(news.get())) {
                return Woke::NetworkUp;
            }
        }
        if (Clock::now() >= until) return Woke::TimedOut;
    }
}

}  // namespace uketsuke::net
