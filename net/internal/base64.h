#pragma once
// Base64 for header values (RFC 4648, with padding). Pure.

#include <sodium.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace uketsuke::net::internal {

inline std::string to_base64(std::span<const std::uint8_t> bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // libsodium writes a terminating zero
    return text;
}

inline std::optional<std::vector<std::uint8_t>> from_base64(const std::string& text) {
    std::vector<std::uint8_t> bytes(text.size() / 4 * 3 + 3);
    std::size_t length = 0;
    const int rc = sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr,
                                     sodium_base64_VARIANT_ORIGINAL);
    if (rc != 0) return std::nullopt;
    bytes.resize(length);
    return bytes;
}

}  // namespace uketsuke::net::internal
