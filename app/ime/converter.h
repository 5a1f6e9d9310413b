// Kana to kanji, in this process and without remembering anything: libanthy, and word lists of names and places where
// Debian's skkdic-extra is installed.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/core/keyboard.h"

namespace uketsuke::ime {

struct ConverterOptions {
    std::filesystem::path word_lists = "/usr/share/skk";  // SKK-JISYO.*; absent: the engine alone
    std::filesystem::path own_words;                      // assets/ime/words.txt: variants of surnames; empty: none
};

// One at a time in a process; one thread.
class Converter {
  public:
    // Error: the engine's own dictionary is missing. Word lists that are missing or broken are left out: missing() says
    // which.
    static tl::expected<std::unique_ptr<Converter>, std::string> open(const ConverterOptions& options);
    ~Converter();
    Converter(const Converter&) = delete;
    Converter& operator=(const Converter&) = delete;

    // Best first, at most core::k_most_candidates, each once; those of the whole reading before those of its beginning.
    // Empty for what is no hiragana. Never longer than core::k_most_composed characters are asked.
    std::vector<core::Candidate> convert(std::string_view hiragana, core::KanaHint hint);
    // Overwrites what the engine still holds of the last readings; takes as long as a conversion.
    void forget();
    const std::vector<std::string>& missing() const;

    struct Inside;

  private:
    explicit Converter(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> m_inside;
};

}  // namespace uketsuke::ime
