// A reading as the fewest words one after the other. Pure.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace uketsuke::ime {

struct Tile {
    std::size_t from = 0;  // bytes of the reading
    std::size_t bytes = 0;
    bool known = false;  // a word; else what no word is known for
};

// What a character that belongs to no word costs beside a word.
struct TileCosts {
    unsigned word = 10;
    unsigned short_word = 25;  // of one or two characters: there are words for almost all of them
    unsigned gap = 12;
    unsigned gap_character = 9;
};

// Covers the reading whole. `is_word`: of a part of it.
std::vector<Tile> tile(std::string_view reading, const std::function<bool(std::string_view)>& is_word,
                       const TileCosts& costs = {});

}  // namespace uketsuke::ime
