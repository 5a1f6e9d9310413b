// How persons' names are written.
#pragma once

#include <optional>
#include <string_view>

#include "app/ime/candidate_list.h"
#include "app/ime/own_words.h"
#include "app/ime/word_list.h"

namespace uketsuke::ime {

// Between family and given name, as on a card.
inline constexpr std::string_view k_name_divider = "　";

// Refers to what it looks up in. One thread.
class Names {
  public:
    Names(const OwnWords& own, std::optional<WordList>& people, std::optional<WordList>& full)
        : m_own(own), m_people(people), m_full(full) {}

    // One name, family's or given. False: none is known.
    bool add_single(std::string_view reading, CandidateList& list);
    // Family and given name, divided. False: no place to divide it is known.
    bool add_divided(std::string_view reading, bool only_common, CandidateList& list);
    // Names that the reading begins with, for as many characters as they have.
    void add_beginnings(std::string_view reading, CandidateList& list);

  private:
    // Each with its variants.
    std::vector<Ways> surnames(std::string_view reading);
    std::vector<Ways> with_variants(const Ways& names);
    Ways given_names(std::string_view reading);

    const OwnWords& m_own;
    std::optional<WordList>& m_people;
    std::optional<WordList>& m_full;
};

}  // namespace uketsuke::ime
