#include "app/workers/store_worker.h"

#include <utility>

#include "app/config/staff_code.h"

namespace uketsuke::workers {

StoreWorker::StoreWorker(net::Outbox& outbox, SessionVault& vault, EventQueue& events, NoticeSink notice,
                         StoreWorkerOptions options)
    : m_outbox(outbox), m_vault(vault), m_events(events), m_notice(std::move(notice)), m_options(std::move(options)) {}

void StoreWorker::run() {
    while (auto command = m_commands.pop()) {
        if (const auto* request = std::get_if<core::effect::Commit>(&*command)) {
            commit_now(*request);
        } else if (const auto* check = std::get_if<core::effect::CheckStaffCode>(&*command)) {
            const bool right = !m_options.staff_code_hash.empty() &&
                               config::staff_code_matches(m_options.staff_code_hash, check->code);
            m_events.post(core::event::StaffCodeAnswered{right});
        }
    }
}

void StoreWorker::commit_now(const core::effect::Commit& request) {
    auto signed_request = m_vault.take(request.session);
    if (!signed_request) {
        m_events.post(core::event::CommitFailed{request.session});
        return;
    }
    const auto stored = m_outbox.enqueue(*signed_request, m_options.now());
    net::wipe(*signed_request);
    if (!stored) {
        m_notice(NoticeLevel::Error, "a reception could not be saved: " + stored.error().where);
        m_events.post(core::event::CommitFailed{request.session});
        return;
    }
    m_events.post(core::event::Committed{request.session, request.request});
    m_options.committed();
}

}  // namespace uketsuke::workers
