// Events on their way from the workers to the ui thread.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>

#include "app/core/event.h"
#include "app/workers/bounded_queue.h"

namespace uketsuke::workers {

// post: any thread. take, set_wake: the ui thread.
class EventQueue {
  public:
    // Guidance is dropped when the ui thread is behind; everything else waits for room.
    void post(core::Event event);
    std::optional<core::Event> take() { return m_events.try_pop(); }
    // Waits for the next event: for running without a window.
    std::optional<core::Event> take_for(std::chrono::milliseconds timeout) { return m_events.pop_for(timeout); }
    // Called after each post, on the posting thread; empty: nothing is called.
    void set_wake(std::function<void()> wake);
    void wake();
    void close() { m_events.close(); }
    // Whoever posts is told nothing and not kept waiting, and what waits is dropped: its workers are being put away.
    void mute(bool on);

  private:
    BoundedQueue<core::Event> m_events{256};
    std::atomic<bool> m_muted{false};
    std::mutex m_mutex;
    std::function<void()> m_wake;
};

// What staff or IT should know; never holds a personal value. Any thread.
enum class NoticeLevel { Info, Warning, Error };
using NoticeSink = std::function<void(NoticeLevel, const std::string&)>;

}  // namespace uketsuke::workers
