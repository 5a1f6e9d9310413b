#pragma once
// How long to wait before a request is sent again. Pure.

#include <chrono>
#include <optional>

namespace uketsuke::net {

/// attempt (failures so far) → the whole step; the delay is step × (0.5 + random/2), so kiosks do not return together.
///   1: 2 s   2: 4 s   3: 8 s   4: 16 s   5: 32 s   6: 64 s   7: 128 s   8 and more: 300 s
/// `random` is a number in [0, 1), clamped. A Retry-After from the service is a floor for the delay (plus up to one
/// tenth of jitter), itself bounded to one hour.
std::chrono::milliseconds backoff_delay(int attempt, double random,
                                        std::optional<std::chrono::seconds> retry_after = {});

inline constexpr std::chrono::seconds longest_backoff{300};
inline constexpr std::chrono::seconds longest_retry_after{3600};

}  // namespace uketsuke::net
