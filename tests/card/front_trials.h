// Many invented cards in many conditions, read and counted: what the reader's figures are measured with.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "card/front/drawn_front.h"
#include "card/front/number_reader.h"

namespace uketsuke::card::testing {

// A day between 1926 and 2024, an expiry year from 2026 to 2036, four digits. Every fourth card ends on another day
// than a birthday, as a foreign resident's does; every fifth bears the 「顔認証」 note.
Persona chance_persona(std::mt19937& chance);

struct Condition {
    std::string name;
    FrontLook look;    // without turns, tilt and seed: those change from card to card
    double tilt = 10;  // degrees, up to
};
const std::vector<Condition>& conditions();

struct Counts {
    int cards = 0;
    int right = 0;    // the right number and the right quarter turn, certain enough
    int unsure = 0;   // the right number, below the least confidence
    int refused = 0;  // no number
    int wrong = 0;    // a wrong number, certain enough: must not happen
    int wrong_but_unsure = 0;
    std::vector<double> cpu_ms;  // one a card: the reading alone
    std::vector<std::string> reasons;
    std::vector<std::string> misread;  // invented numbers: may be printed
};
Counts try_cards(NumberReader& reader, const Condition& condition, int cards, double least_confidence,
                 std::uint32_t seed);

}  // namespace uketsuke::card::testing
