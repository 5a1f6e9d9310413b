// Writes what staff did into the audit log, on a thread of its own: a disk that is slow keeps no patient waiting.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>

#include "app/core/passed.h"
#include "app/desk/staff_names.h"
#include "app/workers/bounded_queue.h"
#include "app/workers/event_queue.h"
#include "net/audit_log.h"

namespace uketsuke::desk {

class Recorder {
  public:
    // `verify` reads the whole log and says what it found; `checked` is told when it did, on this thread.
    Recorder(net::AuditLog& log, const StaffNames& names, workers::NoticeSink notice,
             std::function<net::Result<net::AuditCheck>()> verify, std::function<void()> checked);

    // What a step of the core means for the record. The ui thread.
    void passed(const core::Passed& passed);
    // Written soon. Any thread.
    void record(net::AuditAct act) { m_acts.push(std::move(act)); }
    // On disk when it returns; false: it could not be written. Any thread but the ui thread.
    bool record_now(const net::AuditAct& act);

    // The record cannot be written: what must be recorded must not be done. Any thread.
    bool failing() const { return m_failing; }
    net::AuditLog& log() { return m_log; }

    // Looks through the whole log once more, when something was added since; the answer comes with last_check().
    void ask_check() { m_check_wanted = true; }
    net::AuditCheck last_check() const;  // as it was when it was last looked through: at the start at the latest

    void run();  // until stop(), with whatever still waits
    void stop();

  private:
    void check();

    net::AuditLog& m_log;
    const StaffNames& m_names;
    workers::NoticeSink m_notice;
    workers::BoundedQueue<net::AuditAct> m_acts{256};
    std::function<net::Result<net::AuditCheck>()> m_verify;
    std::function<void()> m_checked;
    std::atomic<bool> m_failing{false};
    std::atomic<bool> m_check_wanted{true};
    std::atomic<bool> m_stopping{false};
    mutable std::mutex m_mutex;
    net::AuditCheck m_check;
};

// What of a step is recorded; empty for most. Pure.
std::vector<net::AuditAct> acts_of(const core::Passed& passed, const StaffNames& names);

}  // namespace uketsuke::desk
