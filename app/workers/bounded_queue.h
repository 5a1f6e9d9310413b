// A bounded first-in first-out queue between threads. Any number of writers, any number of readers.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace uketsuke::workers {

template <class T>
class BoundedQueue {
  public:
    explicit BoundedQueue(std::size_t capacity) : m_capacity(capacity) {}

    // Waits while the queue is full. False once it was closed.
    bool push(T value) {
        std::unique_lock lock(m_mutex);
        m_room.wait(lock, [&] { return m_closed || m_values.size() < m_capacity; });
        if (m_closed) return false;
        m_values.push_back(std::move(value));
        m_filled.notify_one();
        return true;
    }

    // False when full or closed: for values that the next one makes worthless.
    bool try_push(T value) {
        const std::lock_guard lock(m_mutex);
        if (m_closed || m_values.size() >= m_capacity) return false;
        m_values.push_back(std::move(value));
        m_filled.notify_one();
        return true;
    }

    std::size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_values.size();
    }

    std::optional<T> try_pop() {
        const std::lock_guard lock(m_mutex);
        return take();
    }

    // nullopt at the timeout, and at once when closed and empty.
    std::optional<T> pop_for(std::chrono::milliseconds timeout) {
        std::unique_lock lock(m_mutex);
        m_filled.wait_for(lock, timeout, [&] { return m_closed || !m_values.empty(); });
        return take();
    }

    // Waits without an end; nullopt only when closed and empty.
    std::optional<T> pop() {
        std::unique_lock lock(m_mutex);
        m_filled.wait(lock, [&] { return m_closed || !m_values.empty(); });
        return take();
    }

    void close() {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_filled.notify_all();
        m_room.notify_all();
    }

  private:
    std::optional<T> take() {
        if (m_values.empty()) return std::nullopt;
        std::optional<T> value(std::move(m_values.front()));
        m_values.pop_front();
        m_room.notify_one();
        return value;
    }

    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    std::condition_variable m_room;
    std::deque<T> m_values;
    bool m_closed = false;
};

}  // namespace uketsuke::workers
