// A card whose every answer is given, and which watches what it is sent.
//
// The script: one byte of options, then records. A record is its length in one byte and that many bytes; length FF:
// the length follows in two bytes, big endian; length 00: the answer is lost. A record cut short is taken as it is.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "card/apdu.h"
#include "card/channel.h"
#include "tests/fuzz/targets.h"

namespace uketsuke::fuzz {

// The next record; advances `at`. Empty at the end and for a lost answer.
card::Bytes next_record(Input script, std::size_t& at);
void append_record(card::Bytes& script, Input record);

struct ReplayOptions {                                                                          // the first byte
    enum class Run : std::uint8_t { Session, Lock, Survey, SurveyAndLock } run = Run::Session;  // bits 0, 1
    bool extended_reads = false;                                                                // bit 2
    // What comes after the last record: the answer is lost, the last answer for ever, or the script again and again.
    enum class End : std::uint8_t { Lost, LastAnswer, Again } end = End::Lost;  // bits 3, 4
    static ReplayOptions from(std::uint8_t byte);
};

// Promises it holds a caller to, for any answers at all:
// * nothing is sent after a lost answer, and a session ends within card::k_most_exchanges;
// * only SELECT, READ BINARY, READ RECORD, VERIFY, GET RESPONSE and COMPUTE SIGNATURE are sent;
// * the My Number, its picture and 照合番号A are not even selected;
// * VERIFY with data goes to a PIN or 照合番号B only, with the right length, and never unless the card was asked for
//   that counter since the last one and said that tries are left.
class ReplayChannel : public card::Channel {
  public:
    ReplayChannel(Input script, ReplayOptions options) : m_script(script), m_options(options) {}
    card::Result<card::Bytes> transmit(std::span<const std::uint8_t> command) override;

    // What the card said last about this counter; nullopt: not asked since the last VERIFY with data.
    std::optional<int> tries_told(std::string_view reference) const;
    bool lost() const { return m_lost; }

  private:
    struct Place {
        card::Bytes aid;
        std::uint16_t file = 0;
        auto operator<=>(const Place&) const = default;
    };
    card::Bytes next_answer();
    void look_at(std::span<const std::uint8_t> command);
    void take(std::uint16_t status_word);

    Input m_script;
    ReplayOptions m_options;
    std::size_t m_at = 0;
    std::size_t m_exchanges = 0;
    card::Bytes m_last;
    bool m_lost = false;
    Place m_selected;       // as far as the card has confirmed it
    card::Bytes m_command;  // waiting for its final status word
    std::map<Place, int> m_tries;
};

}  // namespace uketsuke::fuzz
