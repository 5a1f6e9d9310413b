#include "net/backoff.h"

#include <algorithm>

namespace uketsuke::net {

std::chrono::milliseconds backoff_delay(int attempt, double random, std::optional<std::chrono::seconds> retry_after) {
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    // A NaN fails both comparisons of clamp and would poison the sum.
    const double unit = random >= 0.0 && random < 1.0 ? random : (random >= 1.0 ? 1.0 : 0.0);
    const int doublings = std::clamp(attempt, 1, 8);
    const std::chrono::seconds step = doublings == 8 ? longest_backoff : std::chrono::seconds(1LL << doublings);
    const auto spread = [](milliseconds whole, double factor) {
        return milliseconds(static_cast<milliseconds::rep>(static_cast<double>(whole.count()) * factor));
    };
    milliseconds delay = spread(step, 0.5 + unit / 2.0);
    if (retry_after) {
        const std::chrono::seconds wish = std::clamp(*retry_after, std::chrono::seconds(0), longest_retry_after);
        delay = std::max(delay, spread(wish, 1.0 + unit / 10.0));
    }
    return delay;
}

}  // namespace uketsuke::net
