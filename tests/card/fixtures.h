// What the card tests share: an invented person, a photo, scripted and faulty channels.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "card/channel.h"
#include "card/persona.h"
#include "card/virtual_card.h"

namespace uketsuke::card::testing {

// "00A4 040C" → bytes; spaces are skipped.
Bytes hex(std::string_view text);
std::string to_hex(std::span<const std::uint8_t> bytes);

// A JP2 header of 240 × 320 grey pixels, followed by `filler` bytes in place of a codestream.
Bytes test_photo(std::size_t filler = 6000);

// Someone with PIN 1234 and everything in order.
Persona test_persona();
std::string persona_path(const std::string& id);

// 2026-11-21 00:00:00 UTC.
std::chrono::sys_seconds test_now();

std::shared_ptr<VirtualCard> make_card(Persona persona = test_persona(), std::size_t photo_filler = 6000);

// Answers from a list and keeps what was sent. An empty answer in the list is a lost one (CardGone).
class ScriptedChannel : public Channel {
  public:
    explicit ScriptedChannel(std::deque<std::string> answers) : m_answers(std::move(answers)) {}
    Result<Bytes> transmit(std::span<const std::uint8_t> command) override;
    std::vector<std::string> sent;

  private:
    std::deque<std::string> m_answers;
};

// A card without a reader. `tamper` may change an answer or lose it, by the number of the exchange from 0.
class CardChannel : public Channel {
  public:
    using Tamper = std::function<Result<Bytes>(std::size_t index, std::span<const std::uint8_t> command, Bytes answer)>;
    explicit CardChannel(VirtualCard& card, Tamper tamper = {}) : m_card(card), m_tamper(std::move(tamper)) {}
    Result<Bytes> transmit(std::span<const std::uint8_t> command) override;
    std::vector<Bytes> sent;
    // How many of them carried a PIN or a number.
    std::size_t secrets_sent() const;

  private:
    VirtualCard& m_card;
    Tamper m_tamper;
};

}  // namespace uketsuke::card::testing
