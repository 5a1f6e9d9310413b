#pragma once
// Addresses of connections as text.

#include <sys/socket.h>

#include <string>

namespace uketsuke::net::internal {

/// "192.168.0.5", "fe80::1"; an IPv4 address inside an IPv6 one is written as IPv4. Empty: neither.
std::string address_text(const sockaddr* address);
/// Our own end of a connected socket.
std::string local_address(int fd);
/// 127.0.0.0/8 and ::1.
bool is_loopback(const std::string& address);

struct BoundAddress {
    sockaddr_storage storage{};
    bool ok = false;
    bool ipv6 = false;
};
BoundAddress bound_address(const std::string& text, int port);

}  // namespace uketsuke::net::internal
