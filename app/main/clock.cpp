#include "app/main/clock.h"

namespace uketsuke::app {

core::Millis Clock::now() const {
    return std::chrono::duration_cast<core::Millis>(std::chrono::steady_clock::now() - m_start) + core::Millis{m_ahead};
}

core::WallTime Clock::wall() const {
    return std::chrono::floor<std::chrono::seconds>(wall_ms());
}

net::WallTime Clock::wall_ms() const {
    return machine_time() - core::Millis{m_correction};
}

net::WallTime Clock::machine_time() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + core::Millis{m_ahead};
}

std::chrono::seconds Clock::learn(core::WallTime service_time) {
    constexpr std::chrono::seconds k_tolerated{30};
    const auto ahead = std::chrono::floor<std::chrono::seconds>(machine_time()) - service_time;
    const bool wrong = std::chrono::abs(ahead) >= k_tolerated;
    m_correction = wrong ? core::Millis{ahead}.count() : 0;
    return ahead;
}

}  // namespace uketsuke::app
