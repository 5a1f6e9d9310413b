#include "app/ime/text_file.h"

#include <strings.h>

#include <array>
#include <fstream>
#include <span>
#include <utility>

#include "app/core/code_points.h"

namespace uketsuke::ime {
namespace {

iconv_t none() {
    return reinterpret_cast<iconv_t>(-1);  // NOLINT(performance-no-int-to-ptr): as iconv.h has it
}

const char* iconv_name(Encoding encoding) {
    switch (encoding) {
        case Encoding::Utf8:
            return "UTF-8";
        case Encoding::EucJp:
            return "EUC-JISX0213";
        case Encoding::ShiftJis:
            return "CP932";
    }
    return "UTF-8";
}

// The bytes written to `room`; nullopt: not all of the text could be written.
std::optional<std::size_t> convert(iconv_t handle, std::string_view text, std::span<char> room) {
    if (handle == none()) return std::nullopt;
    ::iconv(handle, nullptr, nullptr, nullptr, nullptr);
    char* from = const_cast<char*>(text.data());  // NOLINT(cppcoreguidelines-pro-type-const-cast): iconv only reads it
    std::size_t left = text.size();
    char* to = room.data();
    std::size_t free = room.size();
    const bool whole = ::iconv(handle, &from, &left, &to, &free) != static_cast<std::size_t>(-1) && left == 0 &&
                       ::iconv(handle, nullptr, nullptr, &to, &free) != static_cast<std::size_t>(-1);
    if (!whole) return std::nullopt;
    return room.size() - free;
}

std::optional<core::SecretText> convert(iconv_t handle, std::string_view text) {
    std::array<char, core::SecretText::k_longest> room{};
    std::optional<core::SecretText> result;
    if (const auto size = convert(handle, text, room)) result.emplace(std::string_view(room.data(), *size));
    ::explicit_bzero(room.data(), room.size());
    return result;
}

}  // namespace

tl::expected<std::string, std::string> read_bounded(const std::filesystem::path& file, std::size_t most_bytes) {
    std::error_code code;
    if (!std::filesystem::is_regular_file(file, code)) {
        return tl::unexpected(file.string() +
                              (std::filesystem::exists(file, code) ? ": is no file" : ": is not there"));
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) return tl::unexpected(file.string() + ": may not be read");
    std::string text;
    // One byte more than allowed, however long the file has become since it was looked at.
    const auto size = std::filesystem::file_size(file, code);
    text.resize(code || size > most_bytes ? most_bytes + 1 : static_cast<std::size_t>(size) + 1);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) return tl::unexpected(file.string() + ": cannot be read");
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > most_bytes) {
        return tl::unexpected(file.string() + ": is larger than " + std::to_string(most_bytes >> 20U) + " MiB");
    }
    return text;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        if (!core::take_code_point(text)) return false;
    }
    return true;
}

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

Charset::Charset(Encoding encoding)
    : m_encoding(encoding),
      m_to_utf8(encoding == Encoding::Utf8 ? none() : ::iconv_open("UTF-8", iconv_name(encoding))),
      m_from_utf8(encoding == Encoding::Utf8 ? none() : ::iconv_open(iconv_name(encoding), "UTF-8")) {}

Charset::~Charset() {
    if (m_to_utf8 != none()) ::iconv_close(m_to_utf8);
    if (m_from_utf8 != none()) ::iconv_close(m_from_utf8);
}

Charset::Charset(Charset&& other) noexcept
    : m_encoding(other.m_encoding),
      m_to_utf8(std::exchange(other.m_to_utf8, none())),
      m_from_utf8(std::exchange(other.m_from_utf8, none())) {}

std::optional<core::SecretText> Charset::to_utf8(std::string_view bytes) {
    if (m_encoding != Encoding::Utf8) return convert(m_to_utf8, bytes);
    if (bytes.size() > core::SecretText::k_longest || !is_utf8(bytes)) return std::nullopt;
    return core::SecretText(bytes);
}

std::optional<core::SecretText> Charset::from_utf8(std::string_view text) {
    if (m_encoding != Encoding::Utf8) return convert(m_from_utf8, text);
    return to_utf8(text);
}

std::optional<std::string> Charset::line_to_utf8(std::string_view bytes) {
    if (bytes.size() > k_longest_line) return std::nullopt;
    if (m_encoding == Encoding::Utf8) return is_utf8(bytes) ? std::optional(std::string(bytes)) : std::nullopt;
    std::string text(2 * bytes.size() + 16, '\0');
    const auto size = convert(m_to_utf8, bytes, text);
    if (!size) return std::nullopt;
    text.resize(*size);
    return text;
}

}  // namespace uketsuke::ime
