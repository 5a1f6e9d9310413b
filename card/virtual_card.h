// What may lie on a reader, in software: a My Number card with the applications, files, PINs, counters and status words
// of facts §1, an old resident card, a telephone, another IC card, or something without a chip. For any reader that can
// carry APDUs (the in-process VirtualReader, or pcscd through vpcd).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

#include "card/error.h"
#include "card/persona.h"

namespace uketsuke::card {

struct CardState;  // card/virtual_chip.h

// Owner: shared by whoever places it. Thread: one at a time; VirtualReader and serve_vpcd take care of it.
// Counters live as long as the object: taking the card away and placing it again changes none, as in life.
class VirtualCard {
  public:
    // photo_jp2: the chip's photo, as the persona's person looks; used for a My Number card alone. now: the day the
    // certificates are made.
    // Fails when OpenSSL cannot make keys or a My Number card's photo is missing or larger than 28 KiB (READ BINARY
    // reaches 32 KiB).
    static Result<std::shared_ptr<VirtualCard>> make(Persona persona, Bytes photo_jp2, std::chrono::sys_seconds now);
    ~VirtualCard();
    VirtualCard(const VirtualCard&) = delete;
    VirtualCard& operator=(const VirtualCard&) = delete;

    // One command in, one answer out (data, SW1, SW2). Takes any bytes of any length: foreign and malformed commands
    // get 6A82, 6D00, 6E00 or 6700 and change nothing. An empty answer is silence (Flakiness, or no chip). Does not
    // sleep: whoever carries the APDU waits Persona::apdu_delay.
    Bytes answer(std::span<const std::uint8_t> command);

    // Power-on or reset: no application selected, nothing verified, counters kept.
    void reset();
    Bytes atr() const;  // empty without a chip
    bool has_chip() const;
    // True once Flakiness::gone_after is reached: whoever carries the APDUs takes the card away.
    bool wants_to_leave() const;

    const Persona& persona() const;
    // How many commands the card has had, and how many of them carried a secret (VERIFY with data): for tests.
    std::uint64_t commands() const;
    std::uint64_t secrets_received() const;
    // The user-authentication certificate (DER); empty for what has none: only a My Number card and a
    // telephone do.
    const Bytes& certificate_der() const;

  private:
    explicit VirtualCard(std::unique_ptr<CardState> state);
    std::unique_ptr<CardState> m_state;
};

}  // namespace uketsuke::card
