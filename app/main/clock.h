// The kiosk's two clocks, which a scenario may push forward.
#pragma once

#include <atomic>
#include <chrono>

#include "app/core/vocabulary.h"
#include "net/wall_time.h"

namespace uketsuke::app {

// Any thread.
class Clock {
  public:
    core::Millis now() const;  // since this clock was made, never backwards
    core::WallTime wall() const;
    net::WallTime wall_ms() const;
    void advance(core::Millis by) { m_ahead += by.count(); }

  private:
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::atomic<core::Millis::rep> m_ahead{0};
};

}  // namespace uketsuke::app
