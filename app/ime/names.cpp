#include "app/ime/names.h"

#include <algorithm>

namespace uketsuke::ime {
namespace {

constexpr std::size_t k_most_ways = WordList::k_most_words;  // of one name
constexpr std::size_t k_most_divisions = 3;                  // places where a name may be divided
constexpr std::size_t k_most_families = 2;                   // in one such place
constexpr std::size_t k_most_of_likeliest = 10;
constexpr std::size_t k_most_of_others = 2;
constexpr std::size_t k_least_given = 2;  // kana
constexpr std::size_t k_short_name = 3;   // kana
constexpr std::size_t k_most_of_beginning = 10;

void add_once(Ways& ways, core::SecretText text) {
    if (ways.size() < k_most_ways && std::find(ways.begin(), ways.end(), text) == ways.end()) {
        ways.push_back(std::move(text));
    }
}

struct Division {
    int rank = 0;  // less is likelier
    std::vector<Ways> families;
    Ways given;
};

Ways together(const std::vector<Ways>& groups) {
    Ways all;
    for (const Ways& group : groups) {
        for (const auto& name : group) add_once(all, name);
    }
    return all;
}

}  // namespace

// The variants come right after the name that they are written for: people look for theirs beside it.
std::vector<Ways> Names::with_variants(const Ways& names) {
    std::vector<Ways> groups;
    Ways known;
    for (const auto& name : names) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        Ways group{name};
        for (auto& variant : m_own.variants(name.view())) group.push_back(std::move(variant));
        known.insert(known.end(), group.begin(), group.end());
        groups.push_back(std::move(group));
    }
    return groups;
}

std::vector<Ways> Names::surnames(std::string_view reading) {
    Ways ways = m_own.surnames(reading);
    if (m_people) {
        Ways rare;
        for (Word& word : m_people->find(reading)) {
            if (word.kind == Word::Kind::Surname) add_once(ways, std::move(word.text));
            if (word.kind == Word::Kind::Any) rare.push_back(std::move(word.text));
        }
        for (auto& text : rare) add_once(ways, std::move(text));
    }
    return with_variants(ways);
}

Ways Names::given_names(std::string_view reading) {
    Ways listed;
    if (m_people) {
        for (Word& word : m_people->find(reading)) {
            if (word.kind != Word::Kind::Surname) add_once(listed, std::move(word.text));
        }
    }
    if (listed.empty()) return listed;
    // Short names are often written in kana.
    Ways ways;
    const bool is_short = core::characters_in(reading) <= k_short_name;
    const core::SecretText kana(reading);
    for (std::size_t i = 0; i < listed.size(); ++i) {
        if (is_short && i == 1) add_once(ways, kana);
        if (is_short && i == 2) add_once(ways, core::katakana(kana));
        add_once(ways, std::move(listed[i]));
    }
    add_once(ways, kana);
    return ways;
}

bool Names::add_single(std::string_view reading, CandidateList& list) {
    const std::size_t length = core::characters_in(reading);
    Ways ways = m_own.surnames(reading);
    if (m_people) {
        for (Word& word : m_people->find(reading)) add_once(ways, std::move(word.text));
    }
    list.add(together(with_variants(ways)), length);
    return !ways.empty();
}

bool Names::add_divided(std::string_view reading, bool only_common, CandidateList& list) {
    const std::size_t length = core::characters_in(reading);
    std::vector<Division> divisions;
    for (std::size_t at = 1; at + k_least_given <= length; ++at) {
        const std::string_view first = core::first_characters(reading, at);
        const std::string_view rest = reading.substr(first.size());
        const bool common = !m_own.surnames(first).empty();
        if (!common && (only_common || at < k_least_given)) continue;
        Division division;
        division.given = given_names(rest);
        if (division.given.empty()) continue;
        division.families = surnames(first);
        if (division.families.empty()) continue;
        // A common family name; then the longer one: short names are in everything.
        division.rank = (common ? 0 : 100) - static_cast<int>(at);
        divisions.push_back(std::move(division));
    }
    std::stable_sort(divisions.begin(), divisions.end(), [](const auto& a, const auto& b) { return a.rank < b.rank; });
    if (divisions.size() > k_most_divisions) divisions.resize(k_most_divisions);
    bool first = true;
    for (const Division& division : divisions) {
        for (std::size_t i = 0; i < std::min(division.families.size(), k_most_families); ++i) {
            const std::size_t most = first ? k_most_of_likeliest : k_most_of_others;
            list.add(best_joined({division.families[i], division.given}, k_name_divider, most), length);
            first = false;
        }
    }
    if (m_full) {
        for (Word& word : m_full->find(reading)) list.add(std::move(word.text), length);
    }
    return !divisions.empty();
}

void Names::add_beginnings(std::string_view reading, CandidateList& list) {
    const std::size_t length = core::characters_in(reading);
    for (const bool common : {true, false}) {
        for (std::size_t at = length - 1; at >= 1; --at) {
            const std::string_view first = core::first_characters(reading, at);
            if (m_own.surnames(first).empty() == common || (!common && at < 2)) continue;
            list.add(together(surnames(first)), at, k_most_of_beginning);
        }
    }
}

}  // namespace uketsuke::ime
