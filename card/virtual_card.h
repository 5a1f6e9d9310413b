// A My Number card in software: the applications, files, PINs, counters and status words of facts §1, for any reader
// that can carry APDUs (the in-process VirtualReader, or pcscd through vpcd).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

#include "card/error.h"
#include "card/persona.h"

namespace uketsuke::card {

struct CardState;  // in the .cpp

// Owner: shared by whoever places it. Thread: one at a time; VirtualReader and serve_vpcd take care of it.
// Counters live as long as the object: taking the card away and placing it again changes none, as in life.
class VirtualCard {
  public:
    // photo_jp2: the chip's photo, as the persona's person looks. now: the day the certificates are made.
    // Fails when OpenSSL cannot make keys or a photo is larger than 28 KiB (READ BINARY reaches 32 KiB).
    static Result<std::shared_ptr<VirtualCard>> make(Persona persona, Bytes photo_jp2, std::chrono::sys_seconds now);
    ~VirtualCard();
    VirtualCard(const VirtualCard&) = delete;
    VirtualCard& operator=(const VirtualCard&) = delete;

    // One command in, one answer out (data, SW1, SW2). Foreign and malformed commands get 6A82, 6D00, 6E00 or 6700 and
    // change nothing. An empty answer is the card's silence (Flakiness). Does not sleep: whoever carries the APDU
    // waits Persona::apdu_delay.
    Bytes answer(std::span<const std::uint8_t> command);

    // Power-on or reset: no application selected, nothing verified, counters kept.
    void reset();
    Bytes atr() const;
    // True once Flakiness::gone_after is reached: whoever carries the APDUs takes the card away.
    bool wants_to_leave() const;

    const Persona& persona() const;
    // How many commands the card has had, and how many of them carried a secret (VERIFY with data): for tests.
    std::uint64_t commands() const;
    std::uint64_t secrets_received() const;
    // The user-authentication certificate (DER); empty for an other-card.
    const Bytes& certificate_der() const;

  private:
    explicit VirtualCard(std::unique_ptr<CardState> state);
    std::unique_ptr<CardState> m_state;
};

}  // namespace uketsuke::card
