#include "app/workers/store_worker.h"

#include <utility>

#include "app/config/staff_code.h"
#include "app/declaration/page.h"
#include "app/workers/declaration_wire.h"

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
        } else if (const auto* form = std::get_if<core::effect::StoreDeclaration>(&*command)) {
            store_now(*form);
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

// A form without its page is still what the patient said: the desk has it to read.
std::vector<std::uint8_t> StoreWorker::page_of(const net::Declaration& form) const {
    auto page = declaration::page_of(form, {m_options.institution});
    if (!page) {
        m_notice(NoticeLevel::Error, "a self-declaration has no page: " + page.error());
        return {};
    }
    if (page->unknown_characters > 0)
        m_notice(NoticeLevel::Warning, "a self-declaration holds characters that no font has");
    return std::move(page->pdf);
}

net::Result<void> StoreWorker::keep_alone(const net::Declaration& form, std::vector<std::uint8_t> bytes) {
    auto question = net::query_text(form, m_options.institution_code);
    if (!question) {
        net::wipe(bytes);
        return tl::unexpected(question.error());
    }
    net::SignedRequest row;
    row.id = form.id;
    row.method = net::Method::Declaration;
    row.holder_birthdate = form.birth_date;
    row.declaration = std::move(bytes);
    if (*question) {
        row.body.assign((*question)->begin(), (*question)->end());
        net::wipe(**question);
    }
    const auto stored = m_outbox.enqueue(row, m_options.now());
    net::wipe(row);
    return stored;
}

net::Result<void> StoreWorker::keep(net::Declaration& form, const std::optional<net::RequestId>& row) {
    form.id = row.value_or(net::make_request_id());
    net::wipe(form.page);
    form.page = page_of(form);
    auto bytes = net::encode(form);
    if (!bytes) return tl::unexpected(bytes.error());
    if (!row) return keep_alone(form, std::move(*bytes));
    const auto stored = m_outbox.declare(*row, *bytes, m_options.now());
    net::wipe(*bytes);
    return stored;
}

// Where it belongs: to its reception, or to the row of an earlier try that came to the disk after all.
std::optional<net::RequestId> StoreWorker::row_of(const core::effect::StoreDeclaration& request) const {
    if (m_last_form && m_last_form->first == request.declaration) return m_last_form->second;
    return request.reception ? net::RequestId::parse(request.reception->text) : std::nullopt;
}

void StoreWorker::store_now(const core::effect::StoreDeclaration& request) {
    net::Declaration form = to_wire(request.form, request.at);
    const auto row = row_of(request);
    auto stored = keep(form, row);
    // Its reception may have been answered and cleared away meanwhile: the form stands for itself.
    if (!stored && row && stored.error().fault == net::Fault::NotFound) stored = keep(form, std::nullopt);
    const net::RequestId id = form.id;
    net::wipe(form);
    if (!stored) {
        m_notice(NoticeLevel::Error, "a self-declaration could not be saved: " + stored.error().where);
        m_events.post(core::event::DeclarationNotStored{request.declaration});
        return;
    }
    m_last_form.emplace(request.declaration, id);
    m_events.post(core::event::DeclarationStored{request.declaration, core::RequestId{id.text()},
                                                 static_cast<bool>(m_options.print)});
    if (m_options.print) m_options.print(request.declaration, id);
    m_options.committed();
}

}  // namespace uketsuke::workers
