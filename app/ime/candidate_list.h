// Candidates as they are found: each text once, no more than are shown.
#pragma once

#include <algorithm>
#include <vector>

#include "app/core/keyboard.h"
#include "app/ime/joined.h"

namespace uketsuke::ime {

class CandidateList {
  public:
    // So many candidates, and no more for now.
    void set_room(std::size_t room) { m_room = std::min(room, core::k_most_candidates); }
    // `reading`: so many characters of it.
    void add(core::SecretText text, std::size_t reading) {
        if (text.empty() || m_all.size() >= m_room) return;
        const bool known = std::any_of(m_all.begin(), m_all.end(), [&](const auto& one) { return one.text == text; });
        if (!known) m_all.push_back({std::move(text), static_cast<std::uint8_t>(reading)});
    }
    void add(const Ways& ways, std::size_t reading, std::size_t most = core::k_most_candidates) {
        for (std::size_t i = 0; i < std::min(ways.size(), most); ++i) add(ways[i], reading);
    }
    std::vector<core::Candidate> take() { return std::move(m_all); }

  private:
    std::size_t m_room = core::k_most_candidates;
    std::vector<core::Candidate> m_all;
};

}  // namespace uketsuke::ime
