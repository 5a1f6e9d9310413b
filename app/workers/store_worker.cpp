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
            m_events.post(check_now(check->code));
        }
    }
}

core::event::StaffCodeAnswered StoreWorker::check_now(const std::string& code) const {
    if (m_options.can_record && !m_options.can_record()) {
        m_notice(NoticeLevel::Error, "a staff code was not taken: what staff do cannot be recorded");
        return {};
    }
    if (!m_options.staff_code_hash.empty() && config::staff_code_matches(m_options.staff_code_hash, code))
        return {true};
    const auto who = m_options.who_has_code ? m_options.who_has_code(code) : std::nullopt;
    return {who.has_value(), who.value_or(core::StaffId{})};
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
