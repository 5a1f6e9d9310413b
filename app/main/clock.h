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
    net::WallTime machine_time() const;  // the machine's own clock, whatever learn() found
    void advance(core::Millis by) { m_ahead += by.count(); }
    // Told the service's time, as it has just said it: from half a minute's difference on wall() follows the service,
    // so that what a kiosk with a wrong clock dates is right. Returns how far the machine's own clock is ahead.
    std::chrono::seconds learn(core::WallTime service_time);

  private:
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    std::atomic<core::Millis::rep> m_ahead{0};
    std::atomic<core::Millis::rep> m_correction{0};
};

}  // namespace uketsuke::app
