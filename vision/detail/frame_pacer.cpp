#include "vision/detail/frame_pacer.h"

#include <algorithm>

namespace uketsuke::vision::detail {

FramePacer::FramePacer(double frames_per_second)
    : m_period(std::chrono::duration_cast<Clock::duration>(
          std::chrono::duration<double>(1 / std::clamp(frames_per_second, 0.1, 240.0)))) {}

FramePacer::Woken FramePacer::wait(std::chrono::milliseconds timeout) {
    std::unique_lock lock(m_mutex);
    const auto now = Clock::now();
    const auto until = std::min(m_due, now + timeout);
    if (m_woken.wait_until(lock, until, [this] { return m_closed; })) return Woken::Closed;
    const auto after = Clock::now();
    if (after < m_due) return Woken::TimedOut;
    // A late reader gets the next frame a period from now, not a burst of those it missed.
    m_due = std::max(m_due + m_period, after);
    if (m_due - after > m_period) m_due = after + m_period;
    return Woken::Due;
}

void FramePacer::close() {
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
    }
    m_woken.notify_all();
}

bool FramePacer::closed() {
    const std::lock_guard lock(m_mutex);
    return m_closed;
}

}  // namespace uketsuke::vision::detail
