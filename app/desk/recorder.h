// Writes what staff did into the audit log, on a thread of its own: a disk that is slow keeps no patient waiting.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>

#include "app/core/passed.h"
#include "app/desk/staff_names.h"
#include "app/workers/bounded_queue.h"
#include "app/workers/event_queue.h"
#include "net/audit_log.h"

namespace uketsuke::desk {

class Recorder {
  public:
    // `verify` reads the whole log and says what it found; `looked` is told when it did, on this thread.
    Recorder(net::AuditLog& log, const StaffNames& names, workers::NoticeSink notice,
             std::function<net::Result<net::AuditCheck>()> verify, std::function<void()> looked);

    // What a step of the core means for the record. The ui thread.
    void passed(const core::Passed& passed);
    // Written soon. Any thread.
    void record(net::AuditAct act) { m_acts.push(std::move(act)); }
    // The same for what strangers cause: left out when too much waits.
    void record_if_room(net::AuditAct act) {
        if (m_acts.size() < k_room_for_strangers) m_acts.push(std::move(act));
    }
    // On disk when it returns; false: it could not be written. Any thread but the ui thread.
    bool record_now(const net::AuditAct& act);

    // It is as it was written, when it was last looked through. Any thread.
    bool intact() const;
    // The record cannot be written: what must be recorded must not be done. Any thread.
    bool failing() const { return m_failing; }
    net::AuditLog& log() { return m_log; }

    // Looks through the whole log once more; the answer comes with last_look().
    void ask_look() { m_look_wanted = true; }
    struct Look {
        bool fresh = false;  // it was looked through within the last seconds, to its end
        net::AuditCheck check;
    };
    Look last_look() const;

    // Called on the audit thread twice a second. Set before it runs.
    void set_idle(std::function<void()> idle) { m_idle = std::move(idle); }
    void run();  // until stop(), with whatever still waits
    void stop();

  private:
    void look();
    void keep(const net::AuditAct& act);

    net::AuditLog& m_log;
    const StaffNames& m_names;
    workers::NoticeSink m_notice;
    static constexpr std::size_t k_room_for_strangers = 64;

    workers::BoundedQueue<net::AuditAct> m_acts{4'096};
    std::optional<net::AuditAct> m_uncommitted;  // ui thread: a reception by visual check on its way to the disk
    std::function<net::Result<net::AuditCheck>()> m_verify;
    std::function<void()> m_looked;
    std::function<void()> m_idle;
    std::atomic<bool> m_failing{false};
    std::atomic<bool> m_look_wanted{true};
    std::atomic<bool> m_stopping{false};
    mutable std::mutex m_mutex;
    std::condition_variable m_stopped;
    std::chrono::steady_clock::time_point m_next_look{};  // audit thread
    net::AuditCheck m_check;
    std::optional<std::chrono::steady_clock::time_point> m_looked_at;  // empty: the last look failed
};

// What of a step is recorded; empty for most. Pure.
std::vector<net::AuditAct> acts_of(const core::Passed& passed, const StaffNames& names);

}  // namespace uketsuke::desk
