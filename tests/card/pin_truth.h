// What a virtual card's counters really are, asked past every channel: what a report about a card is held against.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "tests/card/fixtures.h"

namespace uketsuke::card::testing {

// SELECT of application and reference, in the order of k_lockable_pins.
inline constexpr std::array<std::string_view, 3> k_selects{
    "00A4040C0AD392F000260100000001 00A4020C020018",
    "00A4040C0AD3921000310001010408 00A4020C020011",
    "00A4040C0AD3921000310001010401 00A4020C02001C",
};

// nullopt: it has no such PIN. Leaves the reference selected.
inline std::optional<int> truth(VirtualCard& card, std::string_view selects) {
    const std::size_t space = selects.find(' ');
    for (const auto part : {selects.substr(0, space), selects.substr(space)}) {
        if (to_hex(card.answer(hex(part))) != "9000") return std::nullopt;
    }
    return card.answer(hex("00200080"))[1] & 0x0F;
}

inline std::array<std::optional<int>, 3> truth(VirtualCard& card) {
    return {truth(card, k_selects[0]), truth(card, k_selects[1]), truth(card, k_selects[2])};
}

inline int signature_password_tries(VirtualCard& card) {
    return *truth(card, "00A4040C0AD392F000260100000001 00A4020C02001B");
}

}  // namespace uketsuke::card::testing
