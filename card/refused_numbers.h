// Which 照合番号B a card has refused, so that none is sent to it twice: not in a later session, not after a restart.
// Ten wrong ones lock the card until its holder goes to the municipal office.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "card/error.h"
#include "card/number_b.h"
#include "card/secret.h"

namespace uketsuke::card {

// Holds no number and no name of a card: a record is a truncated HMAC-SHA256 of each under the caller's key, without
// which nothing can be tried out. `card` is any text that stays the same for a card and differs between cards:
// MyNumberCard gives the serial number of the certificate and the application that counts.
//
// A number whose answer was lost is remembered with the tries that were left before it. While the card has fewer than
// that it may be this number that was wrong, and it is not sent; once it has as many, this number was not received, or
// was right, or a right one has restored the counter since.
//
// Owner: the program; outlives the sessions that use it. Thread: one. One process a file.
class RefusedNumbers {
  public:
    static constexpr std::size_t k_most = 4096;  // of all cards; the oldest go first
    static constexpr std::size_t k_key_size = 32;

    // In memory only.
    explicit RefusedNumbers(std::span<const std::uint8_t, k_key_size> key);
    // Kept in a file (mode 0600): what was there is known again. A file that is damaged, or was written under another
    // key, is renamed to "<path>.damaged" and a new one is begun: see started_afresh(). BadConfig when the file cannot
    // be read, or a new one cannot be written.
    static Result<RefusedNumbers> open(std::string path, std::span<const std::uint8_t, k_key_size> key);

    // Refused for good: the card has said so.
    bool refused(std::string_view card, const NumberB& number) const;
    // Refused while the card has `tries_now` tries left: an answer was lost, and the counter is lower than before.
    bool doubtful(std::string_view card, const NumberB& number, int tries_now) const;

    // Each of these is on the disk when it returns, unless failure() says otherwise; what is in memory holds anyway.
    void remember_wrong(std::string_view card, const NumberB& number);
    void remember_lost(std::string_view card, const NumberB& number, int tries_before);  // 1 to 15
    // A card has one right number: every other whose answer was lost was wrong.
    void remember_right(std::string_view card, const NumberB& number);

    std::size_t size() const { return m_records.size(); }
    bool started_afresh() const { return m_started_afresh; }
    // Why the last change is not on the disk; nullopt when it is.
    const std::optional<Error>& failure() const { return m_failure; }

  private:
    struct Record {
        std::array<std::uint8_t, 16> card{};
        std::array<std::uint8_t, 15> number{};
        std::uint8_t tries_before = 0;  // 0: refused
        bool same(const Record& other) const { return card == other.card && number == other.number; }
    };
    static constexpr std::size_t k_record_size = 32;

    Record record_of(std::string_view card, const NumberB& number) const;
    const Record* find(const Record& record) const;
    void put(Record record);
    Bytes encoded() const;
    bool decode(std::span<const std::uint8_t> file);
    Result<void> load();
    void save();

    SecretBytes m_key;
    std::string m_path;             // empty: in memory only
    std::vector<Record> m_records;  // oldest first
    bool m_started_afresh = false;
    std::optional<Error> m_failure;
};

}  // namespace uketsuke::card
