// A word list in SKK's format: a line for each reading, "さとう /佐藤;姓/佐東/". Kept in the file's own encoding,
// without its notes, and looked up where it lies.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/core/secret_text.h"
#include "app/ime/text_file.h"

namespace uketsuke::ime {

struct Word {
    enum class Kind : std::uint8_t { Any, Surname, Given };  // as the list's note says
    core::SecretText text;
    Kind kind = Kind::Any;
};

// One thread.
class WordList {
  public:
    static constexpr std::size_t k_most_words = 40;  // for one reading

    // Bounded: 32 MiB, 500,000 lines. Readings that are no hiragana are left out; broken lines are counted. Error: in
    // words, with the file; also when no line is a word.
    static tl::expected<WordList, std::string> load(const std::filesystem::path& file);

    // In the list's order, at most k_most_words.
    std::vector<Word> find(std::string_view hiragana);
    bool has(std::string_view hiragana);
    std::size_t size() const { return m_at.size(); }
    std::size_t broken_lines() const { return m_broken; }

  private:
    explicit WordList(Encoding encoding) : m_charset(encoding) {}
    enum class Kept : std::uint8_t { Yes, NotForUs, Broken };
    Kept keep(std::string_view line);
    std::string_view reading_at(std::uint32_t at) const;
    std::vector<std::uint32_t>::const_iterator first_of(std::string_view key) const;

    Charset m_charset;
    std::string m_entries;            // "reading /word;s/word;g/word/\n", s and g: Word::Kind
    std::vector<std::uint32_t> m_at;  // of each entry, by reading
    std::size_t m_broken = 0;
};

}  // namespace uketsuke::ime
