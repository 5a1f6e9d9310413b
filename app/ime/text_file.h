// Files of words and places: read whole and bounded, line by line, in the encoding that they are written in.
#pragma once

#include <iconv.h>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "app/core/secret_text.h"

namespace uketsuke::ime {

// Error: in words, with the file.
tl::expected<std::string, std::string> read_bounded(const std::filesystem::path& file, std::size_t most_bytes);

bool is_utf8(std::string_view text);

// Takes the first line off, without its end (\n, \r\n).
std::string_view take_line(std::string_view& text);

enum class Encoding : std::uint8_t { Utf8, EucJp, ShiftJis };  // EucJp: of JIS X 0213, as SKK's lists are

// Between UTF-8 and an encoding. One thread.
class Charset {
  public:
    explicit Charset(Encoding encoding);
    ~Charset();
    Charset(Charset&& other) noexcept;
    Charset& operator=(Charset&&) = delete;
    // nullopt: the bytes are no text in that encoding, or it has no such characters, or the text is longer than
    // core::SecretText::k_longest on either side.
    std::optional<core::SecretText> to_utf8(std::string_view bytes);
    std::optional<core::SecretText> from_utf8(std::string_view text);
    // Of a file's line, up to k_longest_line bytes; nothing personal.
    static constexpr std::size_t k_longest_line = 8'192;
    std::optional<std::string> line_to_utf8(std::string_view bytes);
    Encoding encoding() const { return m_encoding; }

  private:
    Encoding m_encoding;
    iconv_t m_to_utf8;
    iconv_t m_from_utf8;
};

}  // namespace uketsuke::ime
