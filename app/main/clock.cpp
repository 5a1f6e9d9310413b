#include "app/main/clock.h"

namespace uketsuke::app {

core::Millis Clock::now() const {
    return std::chrono::duration_cast<core::Millis>(std::chrono::steady_clock::now() - m_start) + core::Millis{m_ahead};
}

core::WallTime Clock::wall() const {
    return std::chrono::floor<std::chrono::seconds>(wall_ms());
}

net::WallTime Clock::wall_ms() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + core::Millis{m_ahead};
}

}  // namespace uketsuke::app
