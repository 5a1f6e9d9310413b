// A card reader: presence of a card as events, and exclusive connections.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "card/channel.h"

namespace uketsuke::card {

enum class Presence : std::uint8_t { NoService, NoReader, Empty, Card };

std::string_view name_of(Presence presence);  // "no-service", "no-reader", "empty", "card"

// Thread: wait, connect and name on one thread; cancel on any. Channels must be gone before their reader.
class Reader {
  public:
    Reader() = default;
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
    virtual ~Reader() = default;

    // Blocks until the presence differs from `known`, then returns it; returns `known` at the timeout or when
    // cancelled. A card that was changed unseen since the last Card is told as Empty first, then as Card.
    // A second card that comes beside the first, and one of the two that goes, is such a change: Empty, then Card.
    // Something without a chip is told as Card, too, where the reader notices it at all: connect() says what it is.
    // NoService and NoReader are values, not errors: waiting on finds the service and the reader when they return.
    virtual Result<Presence> wait(Presence known, std::chrono::milliseconds timeout) = 0;

    // Wakes a running wait, or the next one.
    virtual void cancel() = 0;

    // Opens the card for this process alone. The channel's destructor disconnects with a reset.
    // NoCard, NoReader, NoService: as wait() would tell. ReaderBusy: another program, or another channel, holds the
    // card. NoChip: something lies there and no chip answers (turned the wrong way, damaged, no card at all). TwoCards:
    // two cards lie there, and which one is meant cannot be known; taking one away makes the other readable.
    // CardSilent: the card is there and the reader cannot start it.
    virtual Result<std::unique_ptr<Channel>> connect() = 0;

    // The reader in use, as PC/SC spells it; empty while there is none.
    virtual std::string name() const = 0;
};

// A reader of the PC/SC service whose name contains `name_part`; empty takes the first reader with a card, else the
// first. Never fails: without a service or a reader, wait() says so and looks again.
// pcsc-lite names a slot "Maker Model XX YY": XX is the device, YY the slot in it. Two cards in slots of one device
// (one on it, one in it) are TwoCards; where `name_part` picks one slot, the other does not count. A slot with the word
// SAM in its name is for a module of the reader itself and never counts, unless `name_part` asks for it.
// Cards in two different devices are not TwoCards: the first one counts. Where a device for the staff's cards (HPKI)
// stands beside the patients' reader, `name_part` must name the patients' reader.
// Events come from SCardGetStatusChange, with the plug-and-play notification for readers that come and go.
std::unique_ptr<Reader> open_pcsc_reader(std::string_view name_part);

}  // namespace uketsuke::card
