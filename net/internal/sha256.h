#pragma once
// SHA-256. Pure; any thread.

#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace uketsuke::net::internal {

inline std::array<std::uint8_t, SHA256_DIGEST_LENGTH> sha256(std::span<const std::uint8_t> bytes) {
    std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
    SHA256(bytes.data(), bytes.size(), digest.data());
    return digest;
}

inline std::array<std::uint8_t, SHA256_DIGEST_LENGTH> sha256(std::string_view text) {
    return sha256(std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()));
}

}  // namespace uketsuke::net::internal
