#include "app/workers/print_worker.h"

#include <utility>

#include "net/declaration.h"

namespace uketsuke::workers {
PrintWorker::PrintWorker(net::Outbox& outbox, EventQueue& events, NoticeSink notice, PrintWorkerOptions options)
    : m_outbox(outbox), m_events(events), m_notice(std::move(notice)), m_options(std::move(options)) {
    m_options.printer.stop = [this] { return m_stopping.load(); };
    if (!m_options.page) m_options.page = [this](const net::RequestId& request) { return kept_page(request); };
    if (!m_options.take_away && !m_options.print) m_options.take_away = &declaration::take_away_left;
    if (!m_options.print) m_options.print = &declaration::print;
}

void PrintWorker::run() {
    while (const auto command = next()) {
        if (m_stopping) return;
        m_events.post(core::event::DeclarationPrinted{command->declaration, print_now(command->request)});
    }
}

// CUPS may come up after the kiosk: what was left there waits for it, too.
std::optional<PrintWorker::Command> PrintWorker::next() {
    while (m_options.take_away && has_printer() && !m_stopping) {
        if (m_options.take_away(m_options.printer)) {
            m_options.take_away = nullptr;
            break;
        }
        if (auto command = m_commands.pop_for(m_options.take_away_every)) return command;
    }
    return m_commands.pop();
}

void PrintWorker::stop() {
    m_stopping = true;
    m_commands.close();
}

void PrintWorker::print(core::DeclarationId declaration, const net::RequestId& request) {
    if (has_printer() && m_commands.try_push({declaration, request})) return;
    m_events.post(core::event::DeclarationPrinted{declaration, false});
}

bool PrintWorker::print_now(const net::RequestId& request) {
    const std::string which = "request " + request.text() + ": the self-declaration ";
    auto page = m_options.page(request);
    if (!page) {
        m_notice(NoticeLevel::Error, which + "cannot be printed: " + page.error());
        return false;
    }
    declaration::PrinterOptions printer = m_options.printer;
    printer.id = request.text();
    const declaration::Printed printed = m_options.print(*page, printer);
    net::wipe(*page);
    if (printed != declaration::Printed::Done) {
        m_notice(NoticeLevel::Warning, which + "did not come out of the printer (" + name_of(printed) + ")");
        return false;
    }
    const auto marked = m_outbox.mark(request, net::Mark::Printed, true, m_options.now());
    if (!marked) m_notice(NoticeLevel::Warning, which + "was printed, which cannot be kept: " + marked.error().where);
    return true;
}

tl::expected<std::vector<std::uint8_t>, std::string> PrintWorker::kept_page(const net::RequestId& request) const {
    auto kept = m_outbox.declaration(request);
    if (!kept) return tl::unexpected(kept.error().where);
    auto form = net::decode_declaration(*kept);
    net::wipe(*kept);
    if (!form) return tl::unexpected(form.error().where);
    std::vector<std::uint8_t> page = std::move(form->page);
    net::wipe(*form);
    if (page.empty()) return tl::unexpected<std::string>("no page is kept with it");
    return page;
}

}  // namespace uketsuke::workers
