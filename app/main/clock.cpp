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

std::chrono::seconds Clock::learn(std::chrono::seconds ahead_of_service) {
    constexpr std::chrono::seconds k_tolerated{30};
    if (std::chrono::abs(ahead_of_service) >= k_tolerated) m_correction += core::Millis{ahead_of_service}.count();
    return std::chrono::duration_cast<std::chrono::seconds>(core::Millis{m_correction});
}

}  // namespace uketsuke::app
