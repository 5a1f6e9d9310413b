// Command and answer as a virtual card sees them. Private to the card room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "card/error.h"

namespace uketsuke::card {

struct VirtualCommand {
    std::uint8_t cla = 0, ins = 0, p1 = 0, p2 = 0;
    std::span<const std::uint8_t> data{};  // points into the parsed bytes
    std::optional<std::size_t> le{};       // 1 to 65,536
};

// The seven cases of ISO 7816-4, short and extended. nullopt for everything else, of any length.
std::optional<VirtualCommand> parse_command(std::span<const std::uint8_t> command);

// SW1 SW2, after `data` where there is any.
Bytes status_answer(unsigned word);
Bytes data_answer(std::span<const std::uint8_t> data, unsigned word = 0x9000);

}  // namespace uketsuke::card
