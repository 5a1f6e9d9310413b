// The chip of a virtual card: what is selected, verified and pending, and what each command does to that. Private to
// the card room.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "card/authority.h"
#include "card/persona.h"
#include "card/virtual_command.h"
#include "card/virtual_files.h"

namespace uketsuke::card {

// Owner: the VirtualCard. Its members are public to that alone; `selected` points into `applications`.
struct CardState {
    Persona persona;
    std::shared_ptr<const Authority> authority;
    std::vector<VirtualApplication> applications;
    Bytes certificate;
    std::array<std::uint8_t, 32> terminal{};

    VirtualApplication* selected = nullptr;
    std::optional<std::uint16_t> file;
    Bytes challenge;
    Bytes pending;                                                // what GET RESPONSE brings next
    std::optional<std::array<std::uint8_t, 32>> terminal_digest;  // the one digest a terminal has opened
    std::uint64_t commands = 0;
    std::uint64_t since_reset = 0;
    std::uint64_t secrets = 0;

    // The answer to any bytes at all: data, SW1, SW2.
    Bytes answer(std::span<const std::uint8_t> command);
    // Nothing selected, nothing verified; counters stay.
    void power_on();

  private:
    void forget();
    Bytes dispatch(const VirtualCommand& command);
    Bytes select(const VirtualCommand& command);
    Bytes read_binary(const VirtualCommand& command);
    Bytes give(std::span<const std::uint8_t> rest, std::size_t asked);
    std::size_t at_once(std::size_t wanted) const;
    Bytes in_parts(std::span<const std::uint8_t> all, std::size_t now);
    Bytes get_response(const VirtualCommand& command);
    Bytes read_record(const VirtualCommand& command) const;
    Bytes verify(const VirtualCommand& command);
    Bytes compute_signature(const VirtualCommand& command);
    Bytes get_challenge(const VirtualCommand& command);
    Bytes external_authenticate(const VirtualCommand& command);
};

}  // namespace uketsuke::card
