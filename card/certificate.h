// The user-authentication certificate (EF 000A), as far as a counter needs it. It holds no name and no address.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>
#include <string>

#include "card/error.h"

namespace uketsuke::card {

struct Certificate {
    Bytes der;
    std::string serial_hex;  // lower case, no leading 0x: what results are bound to
    std::string issuer;      // RFC 2253 text
    std::chrono::sys_seconds not_before{};
    std::chrono::sys_seconds not_after{};
};

inline constexpr std::size_t k_largest_certificate = 8 * 1024;  // bytes

// BadData unless `der` is one whole X.509 certificate with an RSA key and readable dates.
Result<Certificate> parse_certificate(std::span<const std::uint8_t> der);

// True when `signature` is RSASSA-PKCS1-v1_5 over the SHA-256 digest `sha256` by the certificate's key.
bool signature_is_valid(const Certificate& certificate, std::span<const std::uint8_t, 32> sha256,
                        std::span<const std::uint8_t> signature);

}  // namespace uketsuke::card
