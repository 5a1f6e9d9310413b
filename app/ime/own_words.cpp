#include "app/ime/own_words.h"

#include "app/core/keyboard.h"
#include "app/ime/text_file.h"

namespace uketsuke::ime {
namespace {

constexpr std::size_t k_most_bytes = std::size_t{1} << 20U;
constexpr std::size_t k_longest_line = 400;

std::string_view take_word(std::string_view& line) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(word.size());
    while (line.starts_with(' ')) line.remove_prefix(1);
    return word;
}

Ways ways_of(const std::map<std::string, std::vector<std::string>, std::less<>>& words, std::string_view hiragana) {
    Ways ways;
    if (const auto found = words.find(hiragana); found != words.end()) {
        for (const std::string& word : found->second) ways.emplace_back(word);
    }
    return ways;
}

}  // namespace

tl::expected<OwnWords, std::string> OwnWords::load(const std::filesystem::path& file) {
    const auto text = read_bounded(file, k_most_bytes);
    if (!text) return tl::unexpected(text.error());
    OwnWords own;
    for (std::string_view rest = *text; !rest.empty();) {
        const std::string_view line = take_line(rest);
        if (line.empty() || line.starts_with('#')) continue;
        if (!own.keep(line)) ++own.m_broken;
    }
    return own;
}

bool OwnWords::keep(std::string_view line) {
    if (line.size() > k_longest_line || !is_utf8(line)) return false;
    const std::string_view what = take_word(line);
    if (what == "same") {
        std::vector<std::string> characters;
        while (!line.empty()) characters.emplace_back(take_word(line));
        if (characters.size() < 2) return false;
        for (const std::string& character : characters) {
            if (core::characters_in(character) != 1) return false;
        }
        for (const std::string& character : characters) {
            for (const std::string& other : characters) {
                if (other != character) m_same[character].push_back(other);
            }
        }
        return true;
    }
    Words* known = nullptr;
    if (what == "surname") known = &m_surnames;
    if (what == "organisation") known = &m_organisations;
    if (what == "place") known = &m_places;
    const std::string_view reading = take_word(line);
    if (known == nullptr || reading.empty() || line.empty()) return false;
    auto& words = (*known)[std::string(reading)];
    while (!line.empty()) words.emplace_back(take_word(line));
    return true;
}

Ways OwnWords::surnames(std::string_view hiragana) const {
    return ways_of(m_surnames, hiragana);
}

Ways OwnWords::organisations(std::string_view hiragana) const {
    return ways_of(m_organisations, hiragana);
}

Ways OwnWords::places(std::string_view hiragana) const {
    return ways_of(m_places, hiragana);
}

Ways OwnWords::variants(std::string_view name) const {
    std::vector<Ways> parts;
    bool any = false;
    for (std::string_view rest = name; !rest.empty();) {
        const std::string_view character = core::first_characters(rest, 1);
        rest.remove_prefix(character.size());
        Ways ways{core::SecretText(character)};
        if (const auto same = m_same.find(character); same != m_same.end()) {
            any = true;
            for (const std::string& other : same->second) ways.emplace_back(other);
        }
        parts.push_back(std::move(ways));
    }
    if (!any) return {};
    Ways variants = best_joined(parts, "", k_most_variants + 1);
    variants.erase(variants.begin());  // the name itself
    return variants;
}

}  // namespace uketsuke::ime
