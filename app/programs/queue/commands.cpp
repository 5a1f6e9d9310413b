#include "app/programs/queue/commands.h"

#include <fmt/core.h>

#include <optional>

#include "app/programs/queue/common.h"
#include "net/audit_log.h"
#include "net/declaration.h"
#include "net/key_rotation.h"
#include "net/oqs_xml.h"

namespace uketsuke::queue {
namespace {

net::WallTime now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string text_of(const std::vector<std::uint8_t>& bytes) {
    return {bytes.begin(), bytes.end()};
}

std::string answer_of(const net::ConsentTriple& consent) {
    if (consent.flag.empty()) return "not asked";
    if (consent.flag != "1") return "no";
    return "yes (till " + consent.available_till + ")";
}

// What the patient confirmed, read from the very bytes that the card signed.
void print_consents(const std::string& document) {
    const auto request = net::read_request(document);
    if (!request) {
        fmt::print("consents: the document cannot be read ({})\n", request.error().where);
        return;
    }
    fmt::print("confirmed at {} JST\n", request->confirmed_at);
    fmt::print("consents: operations {}; diagnoses {}; medication {}; health checkup {}\n",
               answer_of(request->operation), answer_of(request->diagnosis), answer_of(request->pharmacists),
               answer_of(request->health_checkup));
    fmt::print("limit amount {}; registration {}\n",
               request->limit_application_flag == "1" ? "provided" : "not provided",
               request->registration_wish == "1" ? "wished" : "not wished");
}

// That it is there and whole; what it says is for the desk, and for export.
void print_declaration(const net::Outbox& outbox, const net::RequestId& id) {
    auto bytes = outbox.declaration(id);
    auto form = bytes ? net::decode_declaration(*bytes) : net::Result<net::Declaration>(tl::unexpected(bytes.error()));
    if (bytes) net::wipe(*bytes);
    if (!form) {
        fmt::print("a declaration is kept, and cannot be read ({})\n", form.error().where);
        return;
    }
    fmt::print("a declaration is kept: made at {} JST, page of {} bytes, {}\n", net::jst_date_time(form->made_at),
               form->page.size(), form->signature.empty() ? "not signed" : "signed");
    net::wipe(*form);
}

}  // namespace

int list(const Arguments& a) {
    const Opened outbox = open(a, net::OutboxAccess::Inspection);
    if (!outbox) return trouble(outbox.error());
    constexpr std::int64_t most = 1000;
    const auto rows = (*outbox)->list(most);
    const auto counts = (*outbox)->counts();
    if (!rows) return trouble(rows.error());
    if (!counts) return trouble(counts.error());
    for (const net::RequestSummary& row : *rows) {
        const std::string marks = marks_of(row);
        fmt::print("{}  {:11}  {:3}  {}  {}  {}{}{}{}{}\n", row.id.text(), net::name_of(row.state), row.attempts,
                   utc(row.queued_at), utc(row.next_at), row.reason, row.has_declaration ? " (declaration)" : "",
                   row.to_file ? " (to file)" : "", row.to_notify ? " (to notify)" : "",
                   marks.empty() ? marks : " [" + marks + "]");
    }
    const std::int64_t all = counts->waiting() + counts->delivered + counts->needs_staff;
    if (all > most) fmt::print("... the oldest {} of {}; export gives all\n", most, all);
    fmt::print("due {}, in flight {}, processing {}, delivered {}, needs staff {}, to file {}, to notify {}\n",
               counts->due, counts->in_flight, counts->processing, counts->delivered, counts->needs_staff,
               counts->to_file, counts->to_notify);
    return 0;
}

int show(const Arguments& a) {
    const auto id = id_of(a);
    if (!id) return trouble(id.error());
    const Opened outbox = open(a, net::OutboxAccess::Inspection);
    if (!outbox) return trouble(outbox.error());
    auto detail = (*outbox)->show(*id);
    if (!detail) return trouble(detail.error());
    std::string document = text_of(detail->request.body);
    fmt::print("{}\nmethod {}\n", json_of(detail->summary).dump(2), net::name_of(detail->request.method));
    if (detail->summary.has_declaration) print_declaration(**outbox, *id);
    if (detail->request.method != net::Method::Declaration) print_consents(document);
    std::string answer = text_of(detail->answer);
    fmt::print("\n{}\n\n{}\n", document.empty() ? "(nothing to ask the service)" : document,
               answer.empty() ? "(no answer yet)" : answer);
    net::wipe(document);
    net::wipe(answer);
    net::wipe(detail->request);
    net::wipe(detail->answer);
    return 0;
}

int retry(const Arguments& a) {
    const auto id = id_of(a);
    if (!id) return trouble(id.error());
    const Opened outbox = open(a, net::OutboxAccess::Maintenance);
    if (!outbox) return trouble(outbox.error());
    const auto done = (*outbox)->retry(*id, now());
    if (!done) return trouble(done.error());
    if (const auto recorded = record(a, "request retried", a.id, ""); !recorded) return trouble(recorded.error());
    fmt::print("{} is due now\n", a.id);
    return 0;
}

int verify(const Arguments& a) {
    const Opened outbox = open(a, net::OutboxAccess::Inspection);
    if (!outbox) return trouble(outbox.error());
    const auto check = (*outbox)->verify();
    if (!check) return trouble(check.error());
    for (const std::string& problem : check->problems) fmt::print("{}\n", problem);
    const bool good = check->problems.empty();
    fmt::print("{} requests, {}{}\n", check->rows, good ? "all in order" : "trouble found",
               a.key.empty() ? " (seals not checked: no --key)" : "");
    return good ? 0 : 1;
}

int rotate_key(const Arguments& a) {
    if (a.key.empty()) return trouble({net::Fault::BadKey, "rotate-key needs --key, the key as it is now"});
    std::optional<net::SealingKey> old_key;
    const std::string audit = audit_of(a);
    if (!audit.empty()) {
        auto loaded = net::SealingKey::load(a.key, net::KeyCreation::Never);
        if (!loaded) return trouble(loaded.error());
        old_key = std::move(*loaded);
    }
    const auto rotation =
        a.new_key.empty() ? net::rotate_key(a.database, a.key) : net::rotate_key_to(a.database, a.key, a.new_key);
    if (!rotation) return trouble(rotation.error());
    if (old_key) {
        auto new_key = net::SealingKey::load(a.new_key.empty() ? a.key : a.new_key, net::KeyCreation::Never);
        if (!new_key) return trouble(new_key.error());
        if (auto sealed = net::rekey_audit_log(audit, *old_key, *new_key); !sealed) return trouble(sealed.error());
    }
    fmt::print("{} requests {} sealed under {}\n", rotation->rows,
               rotation->was_done_before ? "were already" : "are now",
               a.new_key.empty() ? a.key + ", which is a new key" : a.new_key);
    if (rotation->old_bytes_remain) {
        fmt::print("another program has the outbox open: old sealed bytes stay in its -wal file until it is closed\n");
    }
    return 0;
}

}  // namespace uketsuke::queue
