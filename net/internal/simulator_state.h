#pragma once
// What the simulated service received: one entry per Idempotency-Key, and the state file that shows it. One thread at a
// time (the service's lock).

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "net/error.h"
#include "net/simulator.h"

namespace uketsuke::net::internal {

using Digest = std::array<std::uint8_t, 32>;

struct BookEntry {
    ReceivedReception reception;
    std::optional<Digest> digest;  ///< of the bytes first sent; none for an entry that came from the state file
    std::string answer;            ///< the first answer, replayed from then on
    int processing_left = 0;       ///< answers that are 処理中 first; below zero: until the fault is cleared
};

class ReceptionBook {
  public:
    /// Reads the state file when there is one. BadOptions when it is not ours.
    Result<void> load(const std::filesystem::path& file);

    BookEntry* find(const std::string& key);
    BookEntry& add(const std::string& key, BookEntry entry);
    std::vector<ReceivedReception> receptions() const;  ///< in order of arrival
    std::string to_json() const;

    /// Notes a change; writes the file at once while it is small, else at most every `pause` and when idle.
    void changed();
    void write_if_waiting();

  private:
    bool write();

    static constexpr std::size_t small = 500;
    static constexpr std::chrono::milliseconds pause{200};
    std::filesystem::path m_file;
    std::map<std::string, BookEntry> m_entries;
    std::vector<std::string> m_order;
    bool m_waiting = false;
    std::chrono::steady_clock::time_point m_written{};
};

}  // namespace uketsuke::net::internal
