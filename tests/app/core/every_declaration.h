// What may happen while a form is filled in, and what makes sense next.
#pragma once

#include <random>
#include <set>
#include <vector>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {

std::vector<Event> every_declaration_event(DeclarationId id);

// Something that makes sense on a screen of the form or before it.
Event sensible_for_declaration(std::mt19937& random, const State& state);

// The promises about forms; watches one run.
class DeclarationWatch {
  public:
    void before(const State& state, const Event& event);
    void after(const State& state, const Effects& effects);

  private:
    void filling_in(const State& state);

    std::string m_event;
    std::optional<DeclarationId> m_before;
    std::set<std::uint64_t> m_wiped;
    std::set<std::uint64_t> m_handed_in;  // with the disk
    std::set<std::uint64_t> m_on_disk;
    std::set<std::string> m_receptions_on_disk;
};

}  // namespace uketsuke::core::test
