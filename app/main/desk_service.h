// The staff's side of the kiosk, put together: the audit log, what is recorded in it, and the page when one is
// configured.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "app/config/config.h"
#include "app/desk/desk.h"
#include "app/main/clock.h"
#include "app/main/devices.h"
#include "app/main/kiosk.h"
#include "app/main/threads.h"
#include "app/workers/workers.h"
#include "net/desk/desk_server.h"
#include "net/desk/staff_accounts.h"

namespace uketsuke::app {

// What it works with; outlives it.
struct DeskServiceParts {
    const config::Config& config;  // during open() only
    const Clock& clock;
    net::Outbox& outbox;
    net::AuditLog& audit;
    std::function<net::Result<net::AuditCheck>()> verify_audit;
    std::function<net::Result<void>(const std::function<bool(const net::AuditEntry&)>&)> read_audit;
    workers::EventQueue& events;
    workers::NoticeSink notice;
};

// The ui thread's, but what its threads run.
class DeskService {
  public:
    // A page that cannot be served is told to `notice`: patients are received all the same.
    static std::unique_ptr<DeskService> open(const DeskServiceParts& parts);
    ~DeskService();
    DeskService(const DeskService&) = delete;
    DeskService& operator=(const DeskService&) = delete;

    // The workers come later, since they need what staff's accounts know.
    void attach(workers::Workers& workers);
    void watch(Kiosk& kiosk);
    void start(Threads& threads);  // "audit", and "desk" when there is a page
    void stop();

    // Whether what staff do can be recorded now. Any thread.
    bool can_record() const { return !m_recorder.failing(); }
    // Whose code at the kiosk it is. The store thread.
    std::optional<core::StaffId> who_has_code(std::string_view code);
    // Whoever signed in to a tour. Any thread.
    core::StaffId id_of(const std::string& name) { return m_names.id_of(name); }
    // For the service: who visited, and it cannot tell who that is. Any thread.
    std::string digest_of(core::StaffId who) const { return m_log.digest(m_names.name_of(who)); }
    // "https://127.0.0.1:8443/"; empty: there is no page.
    std::string url() const;
    std::string fingerprint() const;
    // Once, after the very first start: the account that was made.
    std::optional<net::StaffAccounts::Made> take_made();
    void timed(const net::CallTiming& timing);  // any thread

  private:
    explicit DeskService(const DeskServiceParts& parts);
    tl::expected<void, std::string> open_page(const DeskServiceParts& parts);
    void record_start(const DeskServiceParts& parts);
    void restore_stop(Kiosk& kiosk);
    void keep_stop(const core::State& state);
    void look_at_accounts();
    void news(const net::DeskNews& news);
    void changed();

    const Clock& m_clock;
    net::Outbox& m_outbox;
    workers::EventQueue& m_events;
    workers::NoticeSink m_notice;
    desk::StaffNames m_names;
    desk::Metrics m_metrics;
    net::AuditLog& m_log;
    desk::Recorder m_recorder;
    desk::KioskWatch m_watch;
    std::filesystem::path m_stop_file;  // there while staff receive nobody, so that a restart does not begin to
    std::unique_ptr<net::StaffAccounts> m_accounts;
    std::vector<std::pair<net::Account, std::uint64_t>> m_known_accounts;  // audit thread; with their generation
    int m_refusals = 0;  // desk thread: sign-ins that were refused since m_refusals_since
    core::WallTime m_refusals_since{};
    std::unique_ptr<desk::Desk> m_desk;
    std::unique_ptr<net::DeskServer> m_server;  // null: there is no page
    workers::Workers* m_workers = nullptr;
};

}  // namespace uketsuke::app
