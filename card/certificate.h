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
    std::string serial_hex;        // lower case, no leading 0x: what results are bound to
    std::string issuer;            // RFC 2253 text
    std::string authority_key_id;  // of the extension AuthorityKeyIdentifier, lower case hex; empty when absent
    std::chrono::sys_seconds not_before{};
    std::chrono::sys_seconds not_after{};
};

inline constexpr std::size_t k_largest_certificate = 8 * 1024;  // bytes

// BadData unless `der` is one whole X.509 certificate with an RSA key and readable dates.
Result<Certificate> parse_certificate(std::span<const std::uint8_t> der);

// The certification authority behind a user's certificate, as the card itself tells it (EF 000B).
struct IssuerGeneration {
    std::string name;  // RFC 2253 text of the authority's subject
    std::string serial_hex;
    std::chrono::sys_seconds not_after{};
    int generation = 0;                    // the year in Japan in which the authority's validity starts: 2015, 2023
    bool signed_user_certificate = false;  // the authority's key verifies the user's certificate
};

// BadData unless `authority_der` is a certificate as parse_certificate wants it.
Result<IssuerGeneration> describe_issuer(std::span<const std::uint8_t> authority_der, const Certificate& user);

// True when `signature` is RSASSA-PKCS1-v1_5 over the SHA-256 digest `sha256` by the certificate's key.
bool signature_is_valid(const Certificate& certificate, std::span<const std::uint8_t, 32> sha256,
                        std::span<const std::uint8_t> signature);

}  // namespace uketsuke::card
