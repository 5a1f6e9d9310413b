// The kiosk's own words (assets/ime/words.txt): common surnames by frequency, characters that surnames are also written
// with, names of insurers, places.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/core/secret_text.h"
#include "app/ime/joined.h"

namespace uketsuke::ime {

// Constant once loaded; any thread.
class OwnWords {
  public:
    static constexpr std::size_t k_most_variants = 8;  // of a word

    OwnWords() = default;
    // Bounded: 1 MiB. Broken lines are counted. Error: in words, with the file.
    static tl::expected<OwnWords, std::string> load(const std::filesystem::path& file);

    Ways surnames(std::string_view hiragana) const;
    Ways organisations(std::string_view hiragana) const;
    Ways places(std::string_view hiragana) const;
    // The same name with others of its characters: 高崎 → 髙崎, 高﨑, 髙﨑.
    Ways variants(std::string_view name) const;
    std::size_t broken_lines() const { return m_broken; }

  private:
    using Words = std::map<std::string, std::vector<std::string>, std::less<>>;
    bool keep(std::string_view line);

    Words m_surnames;
    Words m_organisations;
    Words m_places;
    std::map<std::string, std::vector<std::string>, std::less<>> m_same;  // of a character, the others
    std::size_t m_broken = 0;
};

}  // namespace uketsuke::ime
