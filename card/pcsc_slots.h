// Which of the readers' slots is meant. Pure: knows names and states, not the service. Private to the card room.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace uketsuke::card::pcsc {

struct Slot {
    std::string name;          // "Maker Model XX YY" as pcsc-lite spells it: device XX, slot YY in it
    bool card = false;         // something lies in it
    bool mute = false;         // and no chip answers
    std::uint32_t events = 0;  // the service's count of insertions and removals in this slot
    friend bool operator==(const Slot&, const Slot&) = default;
};

struct Chosen {
    Slot slot;    // empty name: there is none
    Slot second;  // another one of the same device with a card in it; empty name: there is none
    bool two_cards() const { return !second.name.empty(); }
    friend bool operator==(const Chosen&, const Chosen&) = default;
};

// The first slot with a card, else the first, and the next of the same device that holds a card, too.
Chosen choose(std::span<const Slot> slots);

// Two slots of one device: the same name and XX. False when either name does not end in " XX YY".
bool same_device(std::string_view one, std::string_view other);

// Whether the reader called `name` counts for somebody who asked for `name_part`: it contains that, and it is no slot
// for a module of the reader itself ("SAM" as a word) unless `name_part` contains that word.
bool is_meant(std::string_view name, std::string_view name_part);

}  // namespace uketsuke::card::pcsc
