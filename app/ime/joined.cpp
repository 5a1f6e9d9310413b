#include "app/ime/joined.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <queue>
#include <set>

namespace uketsuke::ime {
namespace {

using Ranks = std::vector<std::uint16_t>;

struct Choice {
    std::size_t cost;
    std::size_t order;  // of two that cost the same, the older
    Ranks ranks;
    bool operator>(const Choice& other) const { return cost != other.cost ? cost > other.cost : order > other.order; }
};

}  // namespace

Ways best_joined(const std::vector<Ways>& parts, std::string_view divider, std::size_t most) {
    Ways result;
    if (parts.empty() || std::any_of(parts.begin(), parts.end(), [](const Ways& ways) { return ways.empty(); })) {
        return result;
    }
    std::priority_queue<Choice, std::vector<Choice>, std::greater<>> open;
    std::set<Ranks> seen;
    std::size_t order = 0;
    Ranks first(parts.size(), 0);
    seen.insert(first);
    open.push({0, order++, std::move(first)});
    while (!open.empty() && result.size() < most) {
        const Choice choice = open.top();
        open.pop();
        core::SecretText text;
        bool fits = true;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            if (i > 0) fits = fits && text.append(divider);
            fits = fits && text.append(parts[i][choice.ranks[i]].view());
        }
        if (fits) result.push_back(std::move(text));
        // From the last part on: it was typed last and is looked at first.
        for (std::size_t i = parts.size(); i-- > 0;) {
            Ranks next = choice.ranks;
            if (++next[i] < parts[i].size() && seen.insert(next).second) {
                open.push({choice.cost + 1, order++, std::move(next)});
            }
        }
    }
    return result;
}

}  // namespace uketsuke::ime
