#include "net/desk/internal/unicode.h"

namespace uketsuke::net::internal {
namespace {

// The length of the character at the front, 0 when there is none.
std::size_t take(std::string_view text, char32_t& character) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) {
        character = lead;
        return 1;
    }
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
    if (length == 0 || lead > 0xF4 || text.size() < length) return 0;
    character = lead & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
        character = (character << 6) | (byte(i) & 0x3Fu);
    }
    const bool overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
    const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
    return overlong || surrogate || character > 0x10FFFF ? 0 : length;
}

}  // namespace

std::optional<std::u32string> code_points(std::string_view text) {
    std::u32string characters;
    characters.reserve(text.size());  // once: what grows leaves its beginning in freed memory
    while (!text.empty()) {
        char32_t character = 0;
        const std::size_t length = take(text, character);
        if (length == 0) return std::nullopt;
        characters += character;
        text.remove_prefix(length);
    }
    return characters;
}

std::string printable(std::string_view text, std::size_t most) {
    std::string result;
    for (std::size_t n = 0; n < most && !text.empty(); ++n) {
        char32_t character = 0;
        const std::size_t length = take(text, character);
        const bool control = character < 0x20 || (character >= 0x7F && character < 0xA0) ||
                             (character >= 0x2028 && character <= 0x202E) ||
                             (character >= 0x2066 && character <= 0x2069);
        if (length == 0 || control) {
            result += '?';
        } else {
            result += text.substr(0, length);
        }
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return result;
}

}  // namespace uketsuke::net::internal
