#include "net/request_id.h"

#include <sodium.h>

#include <array>
#include <cstdint>

namespace uketsuke::net {
namespace {

constexpr bool is_dash(std::size_t i) {
    return i == 8 || i == 13 || i == 18 || i == 23;
}
constexpr char hex_digits[] = "0123456789abcdef";

}  // namespace

std::optional<RequestId> RequestId::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool hex = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
        if (is_dash(i) ? text[i] != '-' : !hex) return std::nullopt;
    }
    const bool variant = text[19] == '8' || text[19] == '9' || text[19] == 'a' || text[19] == 'b';
    if (text[14] != '4' || !variant) return std::nullopt;
    return RequestId(std::string(text));
}

bool RequestId::is_nil() const {
    return m_text == RequestId{}.m_text;
}

RequestId make_request_id() {
    std::array<std::uint8_t, 16> bytes{};
    // Without sodium_init() the generator still works, only slower and per call.
    randombytes_buf(bytes.data(), bytes.size());
    bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3f) | 0x80);
    std::string text;
    for (const std::uint8_t byte : bytes) {
        if (is_dash(text.size())) text += '-';
        text += hex_digits[byte >> 4];
        text += hex_digits[byte & 0x0f];
    }
    return *RequestId::parse(text);
}

}  // namespace uketsuke::net
