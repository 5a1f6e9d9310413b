#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace uketsuke::vision::detail {

// Lets frames out at a rate, by waiting on a condition that close() ends at once. wait() belongs to the capture thread,
// close() to any.
class FramePacer {
  public:
    using Clock = std::chrono::steady_clock;
    enum class Woken { Due, TimedOut, Closed };

    explicit FramePacer(double frames_per_second);
    Woken wait(std::chrono::milliseconds timeout);
    void close();
    bool closed();

  private:
    const Clock::duration m_period;
    Clock::time_point m_due;
    std::mutex m_mutex;
    std::condition_variable m_woken;
    bool m_closed = false;
};

}  // namespace uketsuke::vision::detail
