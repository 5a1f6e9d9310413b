// Puts a virtual card behind a real PC/SC service through vsmartcard's virtual reader (vpcd).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "card/error.h"
#include "card/virtual_card.h"

namespace uketsuke::card {

// Connects to vpcd (TCP; it speaks first: length of two bytes, big endian, then data; lengths 1 are power off, power
// on, reset and "ATR, please") and answers until `stop` is set or vpcd closes. Blocks the calling thread; looks at
// `stop` at least every 50 ms. Closing the connection takes the card away. Something without a chip is present for the
// service and cannot be powered on (SCARD_W_UNPOWERED_CARD at SCardConnect).
// NoService when nothing listens within `patience`, Transport when the connection breaks. The ordinary end is a value.
Result<void> serve_vpcd(VirtualCard& card, const std::string& host, std::uint16_t port, const std::atomic<bool>& stop,
                        std::chrono::milliseconds patience = std::chrono::milliseconds(2000));

}  // namespace uketsuke::card
