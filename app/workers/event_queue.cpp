#include "app/workers/event_queue.h"

#include <variant>

namespace uketsuke::workers {

void EventQueue::mute(bool on) {
    m_muted = on;
    while (m_events.try_pop()) {
    }
}

void EventQueue::post(core::Event event) {
    if (m_muted) return;
    if (std::holds_alternative<core::event::FaceGuided>(event)) {
        m_events.try_push(std::move(event));
    } else {
        m_events.push(std::move(event));
    }
    wake();
}

void EventQueue::set_wake(std::function<void()> wake) {
    const std::lock_guard lock(m_mutex);
    m_wake = std::move(wake);
}

void EventQueue::wake() {
    const std::lock_guard lock(m_mutex);
    if (m_wake) m_wake();
}

}  // namespace uketsuke::workers
