#include "app/workers/store_worker.h"

#include <utility>

#include "app/config/staff_code.h"
#include "app/declaration/page.h"
#include "app/workers/declaration_wire.h"

namespace uketsuke::workers {

StoreWorker::StoreWorker(net::Outbox& outbox, SessionVault& vault, EventQueue& events, NoticeSink notice,
                         StoreWorkerOptions options)
    : m_outbox(outbox), m_vault(vault), m_events(events), m_notice(std::move(notice)), m_options(std::move(options)) {
    if (m_options.care) m_care.emplace(m_outbox, m_notice, *m_options.care);
}

void StoreWorker::run() {
    while (auto command = m_commands.pop()) {
        if (const auto* request = std::get_if<core::effect::Commit>(&*command)) {
            commit_now(*request);
        } else if (const auto* check = std::get_if<core::effect::CheckStaffCode>(&*command)) {
            m_events.post(check_now(check->code.view()));
        } else if (const auto* form = std::get_if<core::effect::StoreDeclaration>(&*command)) {
            store_now(*form);
        } else if (m_care) {
            care_now(*command);
        }
    }
}

bool StoreWorker::about_care(core::Effect& effect) {
    return std::visit(
        [this](auto& wish) {
            using Wish = std::decay_t<decltype(wish)>;
            constexpr bool care = std::is_same_v<Wish, core::effect::ListCare> ||
                                  std::is_same_v<Wish, core::effect::Reinquire> ||
                                  std::is_same_v<Wish, core::effect::RenewConsents> ||
                                  std::is_same_v<Wish, core::effect::WithdrawConsents>;
            if constexpr (care) m_commands.push(std::move(wish));
            return care;
        },
        effect);
}

void StoreWorker::care_now(const Command& command) {
    if (std::holds_alternative<core::effect::ListCare>(command)) {
        m_events.post(core::event::CareListed{m_care->list()});
    } else if (const auto* again = std::get_if<core::effect::Reinquire>(&command)) {
        reinquire_now(*again);
    } else if (const auto* renewal = std::get_if<core::effect::RenewConsents>(&command)) {
        care_saved(renewal->patient, m_care->renew(*renewal));
    } else if (const auto* over = std::get_if<core::effect::Wipe>(&command)) {
        m_care->forget(over->session);
    } else if (const auto* withdrawal = std::get_if<core::effect::WithdrawConsents>(&command)) {
        care_saved(withdrawal->patient, m_care->withdraw(*withdrawal));
    }
}

void StoreWorker::reinquire_now(const core::effect::Reinquire& wish) {
    auto request = m_care->reinquiry(wish);
    if (!request) {
        m_notice(NoticeLevel::Warning, request.error().where);
        m_events.post(core::event::CommitFailed{wish.session});
        return;
    }
    const core::RequestId id{request->id.text()};
    m_vault.put(wish.session, std::move(*request));
    m_events.post(core::event::Signed{wish.session, id});
}

void StoreWorker::care_saved(core::CareId patient, const net::Result<void>& saved) {
    if (!saved) {
        m_notice(NoticeLevel::Error, "consents could not be saved: " + saved.error().where);
        m_events.post(core::event::CareNotSaved{});
        return;
    }
    m_events.post(core::event::CareSaved{patient});
    m_options.committed();
}

// At home a request and what it means for the patient reach the disk together.
net::Result<void> StoreWorker::enqueue(const core::effect::Commit& request, const net::SignedRequest& signed_request) {
    if (m_care && request.visit) return m_care->keep_visit(signed_request, *request.visit);
    if (m_care && net::without_card(signed_request.method)) {
        return m_care->keep_reinquiry(request.session, signed_request);
    }
    return m_outbox.enqueue(signed_request, m_options.now());
}

core::event::StaffCodeAnswered StoreWorker::check_now(std::string_view code) const {
    if (m_options.can_record && !m_options.can_record()) {
        m_notice(NoticeLevel::Error, "a staff code was not taken: what staff do cannot be recorded");
        return {};
    }
    if (!m_options.staff_code_hash.empty() && config::staff_code_matches(m_options.staff_code_hash, code))
        return {true};
    const auto who = m_options.who_has_code ? m_options.who_has_code(code) : std::nullopt;
    std::optional<int> left;
    if (!who && m_options.tries_left) left = m_options.tries_left();
    return {who.has_value(), who.value_or(core::StaffId{}), left};
}

void StoreWorker::commit_now(const core::effect::Commit& request) {
    auto signed_request = m_vault.take(request.session);
    if (!signed_request) {
        m_events.post(core::event::CommitFailed{request.session});
        return;
    }
    const auto stored = enqueue(request, *signed_request);
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
