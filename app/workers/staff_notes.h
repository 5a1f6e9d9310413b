// What staff should know, told to the screen when it begins and when it is over, and not in between.
#pragma once

#include <array>
#include <mutex>

#include "app/workers/event_queue.h"

namespace uketsuke::workers {

// Any thread.
class StaffNotes {
  public:
    explicit StaffNotes(EventQueue& events) : m_events(events) {}

    // True when that is news.
    bool set(core::StaffNote note, bool holds) {
        {
            const std::lock_guard lock(m_mutex);
            bool& known = m_holds.at(static_cast<std::size_t>(note));
            if (known == holds) return false;
            known = holds;
        }
        m_events.post(core::event::StaffNoteChanged{note, holds});
        return true;
    }

  private:
    EventQueue& m_events;
    std::mutex m_mutex;
    std::array<bool, core::k_staff_notes> m_holds{};
};

}  // namespace uketsuke::workers
