#include "app/ime/tiling.h"

#include <algorithm>
#include <limits>

#include "app/core/keyboard.h"

namespace uketsuke::ime {
namespace {

constexpr std::size_t k_longest_word = 20;  // characters

struct Best {
    unsigned cost = std::numeric_limits<unsigned>::max();
    std::size_t from = 0;  // character
    bool known = false;
};

}  // namespace

std::vector<Tile> tile(std::string_view reading, const std::function<bool(std::string_view)>& is_word,
                       const TileCosts& costs) {
    std::vector<std::size_t> at{0};  // of each character, and of the end
    for (std::string_view rest = reading; !rest.empty();) {
        rest.remove_prefix(core::first_characters(rest, 1).size());
        at.push_back(reading.size() - rest.size());
    }
    const std::size_t count = at.size() - 1;
    std::vector<Best> best(count + 1);
    best[0].cost = 0;
    for (std::size_t end = 1; end <= count; ++end) {
        // From the longest on: of two ways that cost the same, the one with the longer last part.
        for (std::size_t from = 0; from < end; ++from) {
            const std::size_t length = end - from;
            const auto offer = [&](unsigned cost, bool known) {
                if (best[from].cost + cost < best[end].cost) best[end] = {best[from].cost + cost, from, known};
            };
            if (best[from].known || from == 0) {
                offer(costs.gap + costs.gap_character * static_cast<unsigned>(length), false);
            }
            if (length <= k_longest_word && is_word(reading.substr(at[from], at[end] - at[from]))) {
                offer(length <= 2 ? costs.short_word : costs.word, true);
            }
        }
    }
    std::vector<Tile> tiles;
    for (std::size_t end = count; end > 0; end = best[end].from) {
        const std::size_t from = best[end].from;
        tiles.push_back({at[from], at[end] - at[from], best[end].known});
    }
    std::reverse(tiles.begin(), tiles.end());
    return tiles;
}

}  // namespace uketsuke::ime
