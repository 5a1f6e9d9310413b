// libanthy, one context, without a memory of what was converted.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/core/secret_text.h"

namespace uketsuke::ime {

struct Segment {
    std::uint8_t characters = 0;               // of the reading
    std::vector<core::SecretText> candidates;  // best first; never empty
};

// One at a time in a process; one thread.
class Engine {
  public:
    static constexpr std::size_t k_most_candidates = 24;  // of a segment

    // Error: its dictionary is missing, or there is one already.
    static tl::expected<std::unique_ptr<Engine>, std::string> open();
    ~Engine();
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Of a reading in hiragana, at most core::k_most_composed characters. Empty: the engine has nothing to say. It
    // keeps the reading until the next one, or forget().
    std::vector<Segment> segments(std::string_view hiragana);
    // Overwrites what the engine holds of readings with another one, as far as that goes: pieces of them may stay in
    // memory that it has freed.
    void forget();

  private:
    explicit Engine(std::atomic_flag& open) : m_open(open) {}

    std::atomic_flag& m_open;  // set: there is one
    bool m_begun = false;
    void* m_context = nullptr;
};

}  // namespace uketsuke::ime
