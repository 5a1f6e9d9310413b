#pragma once
// What the simulated service received and learned: one entry per Idempotency-Key, the cards it has seen, who was
// registered; and the state file that keeps it. One thread at a time (the service's lock).

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "net/error.h"
#include "net/internal/continuing_care.h"
#include "net/simulator.h"

namespace uketsuke::net::internal {

using Digest = std::array<std::uint8_t, 32>;

/// SHA-256 of what came under a key.
struct CallDigests {
    Digest call{};  ///< body, signature, certificate and attestation
    Digest body{};
    Digest signature{};
};

struct BookEntry {
    ReceivedReception reception;
    std::optional<CallDigests> digests;  ///< none for an entry of an older state file
    std::string answer;                  ///< the first answer, replayed from then on
    int processing_left = 0;             ///< answers that are 処理中 first; below zero: until the fault is cleared
    std::string visit_of;                ///< the key that the same visit was received under before; empty: none
};

struct QueryEntry {
    ReceivedQuery query;
    Digest digest{};     ///< SHA-256 of the document
    std::string answer;  ///< the first answer, replayed from then on; empty for an entry of a state file
    bool shift_jis = false;
    int processing_left = 0;  ///< as of BookEntry
};

/// {"device":"…","lost":true}, as POST /devices takes it; empty: it is none.
struct DeviceReport {
    std::string device;
    bool lost = true;
};
std::optional<DeviceReport> read_device_report(const std::string& json);

class ReceptionBook {
  public:
    static constexpr std::size_t most_refused = 200;
    static constexpr std::size_t most_receptions = 1'000'000;
    static constexpr std::size_t most_queries = 10'000;
    static constexpr std::size_t most_cards = 100'000;
    static constexpr std::size_t most_lost = 10'000;

    /// Reads the state file when there is one. BadOptions when it is not ours.
    Result<void> load(const std::filesystem::path& file);

    BookEntry* find(const std::string& key);
    bool is_full() const { return m_entries.size() >= most_receptions; }
    /// Of a visit that came before, the first entry gets the other key, and the consents that were confirmed last.
    BookEntry& add(const std::string& key, BookEntry entry);
    void count(BookEntry& entry);           ///< it was received once more
    void remember(const BookEntry& entry);  ///< its digests, for replayed_from()
    /// Another key under which the same document or signature came; nullptr: none.
    const std::string* replayed_from(const CallDigests& digests, const std::string& key) const;
    /// The entry that arrived last before this key's; nullptr: none.
    const BookEntry* earlier_than(const std::string& key) const;
    std::vector<ReceivedReception> receptions() const;  ///< in order of arrival, each visit once
    std::vector<ReceivedReception> consent_calls() const { return listed(m_consent_order); }

    CareBook& care() { return m_care; }
    const CareBook& care() const { return m_care; }
    void set_lost(const std::string& device, bool lost);
    bool is_lost(const std::string& device) const { return m_lost.count(device) != 0; }

    QueryEntry* find_query(const std::string& key);
    /// Forgets the oldest for it beyond `most_queries`.
    QueryEntry& add_query(QueryEntry entry);
    std::vector<ReceivedQuery> queries() const;  ///< in order of arrival

    void refuse(RefusedCall call);
    std::vector<RefusedCall> refused() const { return {m_refused.begin(), m_refused.end()}; }

    /// Forgets nothing for it: a new card beyond `most_cards` is not kept.
    void know_card(const std::string& certificate_sha256, const std::string& serial);
    std::optional<std::string> serial_of_card(const std::string& certificate_sha256) const;
    void register_card(const std::string& serial) { m_registered.insert(serial); }
    bool is_registered(const std::string& serial) const { return m_registered.count(serial) != 0; }

    std::string to_json() const;

    /// Notes a change; writes the file at once while it is small, else at most every `pause` and when idle.
    void changed();
    void write_if_waiting();

  private:
    bool write();
    std::vector<ReceivedReception> listed(const std::vector<std::string>& keys) const;

    static constexpr std::size_t small = 500;
    static constexpr std::chrono::milliseconds pause{200};
    std::filesystem::path m_file;
    std::map<std::string, BookEntry> m_entries;
    std::vector<std::string> m_order;          ///< receptions, each visit once
    std::vector<std::string> m_consent_order;  ///< renewals and withdrawals
    CareBook m_care;
    std::set<std::string> m_lost;          ///< devices
    std::map<Digest, std::string> m_seen;  ///< digest of a document or a signature → its key
    std::map<std::string, QueryEntry> m_queries;
    std::deque<std::string> m_query_order;
    std::deque<RefusedCall> m_refused;
    std::map<std::string, std::string> m_cards;  ///< digest of the certificate → serial
    std::set<std::string> m_registered;
    bool m_waiting = false;
    std::chrono::steady_clock::time_point m_written{};
};

}  // namespace uketsuke::net::internal
