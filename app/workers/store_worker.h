// The store thread: rows to the disk, and the staff code (whose check is slow on purpose). Apart from the net thread,
// so that a service that does not answer never delays an acceptance.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/core/effect.h"
#include "app/workers/bounded_queue.h"
#include "app/workers/care_keeper.h"
#include "app/workers/event_queue.h"
#include "app/workers/session_vault.h"
#include "net/declaration.h"
#include "net/outbox.h"

namespace uketsuke::workers {

struct StoreWorkerOptions {
    std::string staff_code_hash;  // Argon2id; empty: nobody shares one
    // Whose own code it is; nullopt: nobody's. Asked when the shared one does not match; may be empty. Slow on purpose.
    // Store thread.
    std::function<std::optional<core::StaffId>(std::string_view code)> who_has_code;
    // How many wrong codes a tablet's key still bears; asked after one. May be empty. Store thread.
    std::function<int()> tries_left;
    // Whether what staff do can be recorded: where it cannot, no code is right. May be empty. Store thread.
    std::function<bool()> can_record;
    std::function<net::WallTime()> now;  // any thread
    std::function<void()> committed;     // a row was added: the net thread has work. Store thread.
    std::string institution_code;        // asks the service about a self-declaration
    std::string institution;             // as it stands on the form
    // Prints a form that is stored; empty: there is no printer. Store thread.
    std::function<void(core::DeclarationId, const net::RequestId&)> print;
    std::optional<CareOptions> care;  // nullopt: a counter
};

// run() is the store thread's whole life; everything else may be called from any thread.
class StoreWorker {
  public:
    StoreWorker(net::Outbox& outbox, SessionVault& vault, EventQueue& events, NoticeSink notice,
                StoreWorkerOptions options);

    void run();
    void stop() { m_commands.close(); }

    void commit(core::effect::Commit request) { m_commands.push(std::move(request)); }
    void check(core::effect::CheckStaffCode request) { m_commands.push(std::move(request)); }
    void store(core::effect::StoreDeclaration request) { m_commands.push(std::move(request)); }
    // A re-inquiry that was given up leaves nothing of its patient.
    void wipe(core::SessionId session) { m_commands.push(core::effect::Wipe{session}); }
    // ListCare, Reinquire, RenewConsents or WithdrawConsents; anything else is left alone: false.
    bool about_care(core::Effect& effect);

  private:
    using Command = std::variant<core::effect::Commit, core::effect::CheckStaffCode, core::effect::StoreDeclaration,
                                 core::effect::ListCare, core::effect::Reinquire, core::effect::RenewConsents,
                                 core::effect::WithdrawConsents, core::effect::Wipe>;
    net::Result<void> enqueue(const core::effect::Commit& request, const net::SignedRequest& signed_request);
    void care_now(const Command& command);
    void reinquire_now(const core::effect::Reinquire& wish);
    void care_saved(core::CareId patient, const net::Result<void>& saved);
    core::event::StaffCodeAnswered check_now(std::string_view code) const;
    void commit_now(const core::effect::Commit& request);
    void store_now(const core::effect::StoreDeclaration& request);
    net::Result<void> keep(net::Declaration& form, const std::optional<net::RequestId>& row);
    std::optional<net::RequestId> row_of(const core::effect::StoreDeclaration& request) const;
    std::vector<std::uint8_t> page_of(const net::Declaration& form) const;
    net::Result<void> keep_alone(const net::Declaration& form, std::vector<std::uint8_t> bytes);

    net::Outbox& m_outbox;
    SessionVault& m_vault;
    EventQueue& m_events;
    NoticeSink m_notice;
    StoreWorkerOptions m_options;
    std::optional<CareKeeper> m_care;
    BoundedQueue<Command> m_commands{32};
    std::optional<std::pair<core::DeclarationId, net::RequestId>> m_last_form;  // store thread only
};

}  // namespace uketsuke::workers
