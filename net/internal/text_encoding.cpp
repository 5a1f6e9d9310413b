#include "net/internal/text_encoding.h"

#include <iconv.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>

#include "net/internal/wiped_text.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";
constexpr std::string_view cp932_black_circle = "\x81\x9C";

std::string declared_encoding(std::string_view document) {
    if (!document.starts_with("<?xml")) return "";
    const std::string_view head = document.substr(0, std::min(document.find("?>"), std::size_t{200}));
    const std::size_t name = head.find("encoding");
    if (name == std::string_view::npos) return "";
    const std::size_t open = head.find_first_of("\"'", name);
    if (open == std::string_view::npos) return "";
    const std::size_t close = head.find(head[open], open + 1);
    if (close == std::string_view::npos) return "";
    std::string encoding(head.substr(open + 1, close - open - 1));
    for (char& c : encoding) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return encoding;
}

// Length of the well-formed sequence at the front, 0 when there is none (overlong and surrogates included).
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    const std::uint8_t first = byte(0);
    if (first < 0x80) return 1;
    const std::size_t length = first >= 0xF0 ? 4 : (first >= 0xE0 ? 3 : 2);
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return length;
}

Utf8Text clean_utf8(std::string_view text) {
    Utf8Text out;
    out.text.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            out.text += replacement;
            out.repaired = true;
            text.remove_prefix(1);
        } else {
            out.text += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return out;
}

struct Converted {
    std::string text;
    bool replaced = false;  // something had no place in the other encoding
};

// `skip` says how much of what is left one stand-in takes the place of.
std::optional<Converted> convert(std::string_view text, const char* from_encoding, const char* to_encoding,
                                 std::string_view stand_in, std::size_t (*skip)(std::string_view left)) {
    iconv_t converter = ::iconv_open(to_encoding, from_encoding);
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    Converted out;
    out.text.reserve(text.size() * 2);
    std::string input(text);
    char* from = input.data();
    std::size_t left = input.size();
    std::array<char, 4096> chunk{};
    while (left > 0) {
        char* to = chunk.data();
        std::size_t room = chunk.size();
        const std::size_t rc = ::iconv(converter, &from, &left, &to, &room);
        const int error = errno;
        append_wiping(out.text, {chunk.data(), chunk.size() - room});
        if (rc != static_cast<std::size_t>(-1) || error == E2BIG) continue;
        append_wiping(out.text, stand_in);
        out.replaced = true;
        const std::size_t skipped = skip({from, left});
        from += skipped;
        left -= skipped;
    }
    ::iconv_close(converter);
    wipe(input);
    sodium_memzero(chunk.data(), chunk.size());
    return out;
}

Result<Utf8Text> from_cp932(std::string_view text) {
    auto converted = convert(text, "CP932", "UTF-8", replacement, [](std::string_view) { return std::size_t{1}; });
    if (!converted) return fail(Fault::BadAnswer, "document: this machine cannot read Shift_JIS");
    return Utf8Text{std::move(converted->text), converted->replaced};
}

}  // namespace

bool repair_utf8(std::string& text) {
    Utf8Text cleaned = clean_utf8(text);
    if (!cleaned.repaired) return false;
    text = std::move(cleaned.text);
    return true;
}

Result<Cp932Text> to_cp932(std::string_view utf8) {
    auto converted = convert(utf8, "UTF-8", "CP932", cp932_black_circle,
                             [](std::string_view left) { return std::max<std::size_t>(1, sequence_length(left)); });
    if (!converted) return fail(Fault::Internal, "document: this machine cannot write Shift_JIS");
    return Cp932Text{std::move(converted->text), converted->replaced};
}

Result<Utf8Text> to_utf8(std::string_view document) {
    if (document.starts_with("\xEF\xBB\xBF")) document.remove_prefix(3);
    const std::string encoding = declared_encoding(document);
    if (encoding.empty() || encoding == "utf-8" || encoding == "utf8") return clean_utf8(document);
    if (encoding == "shift_jis" || encoding == "shift-jis" || encoding == "sjis" || encoding == "windows-31j" ||
        encoding == "cp932") {
        return from_cp932(document);
    }
    return fail(Fault::BadAnswer, "document: an encoding other than UTF-8 and Shift_JIS");
}

}  // namespace uketsuke::net::internal
