#include "app/config/suggest.h"

#include <algorithm>
#include <cstddef>

namespace uketsuke::config {
namespace {

// Slips between two words, a swap of neighbours being one (optimal string alignment).
std::size_t slips(std::string_view one, std::string_view other) {
    const std::size_t width = other.size() + 1;
    std::vector<std::size_t> cost((one.size() + 1) * width);
    const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return cost[i * width + j]; };
    for (std::size_t i = 0; i <= one.size(); ++i) at(i, 0) = i;
    for (std::size_t j = 0; j <= other.size(); ++j) at(0, j) = j;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const std::size_t changed = at(i - 1, j - 1) + (one[i - 1] == other[j - 1] ? 0 : 1);
            at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, changed});
            if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1]) {
                at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
            }
        }
    }
    return at(one.size(), other.size());
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view typed, const std::vector<std::string_view>& words) {
    constexpr std::size_t k_longest_word = 64;  // the table grows with the square
    if (typed.size() > k_longest_word) return std::nullopt;
    std::optional<std::string_view> best;
    std::size_t least = 0;
    for (const std::string_view word : words) {
        const std::size_t distance = slips(typed, word);
        const std::size_t allowed = std::max<std::size_t>(1, std::max(typed.size(), word.size()) / 3);
        if (distance > allowed || (best && distance >= least)) continue;
        best = word;
        least = distance;
    }
    return best;
}

}  // namespace uketsuke::config
