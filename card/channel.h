// One open connection to one card: raw command APDU in, raw response APDU (data, SW1, SW2) out.
#pragma once

#include <cstdint>
#include <span>

#include "card/error.h"

namespace uketsuke::card {

// Owner: whoever connected; destroying it ends the session and resets the card, so that nothing verified survives.
// Thread: one at a time. A channel never answers from another card than the one it was opened on: after the card has
// left, every transmit fails with Fault::CardGone, also when another card lies there by then.
class Channel {
  public:
    Channel() = default;
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    virtual ~Channel() = default;

    // command: 4 to 65,544 bytes, ISO 7816-4 case 1 to 4, short or extended. The answer has at least two bytes.
    // CardGone, CardSilent, NoReader or NoService mean that the answer is lost: the card may or may not have acted.
    virtual Result<Bytes> transmit(std::span<const std::uint8_t> command) = 0;
};

}  // namespace uketsuke::card
