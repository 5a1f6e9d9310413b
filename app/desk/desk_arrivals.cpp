// What the page asks about receptions that are in the queue.
#include <fmt/format.h>

#include <utility>

#include "app/declaration/page.h"
#include "app/desk/declaration.h"
#include "app/desk/desk.h"
#include "app/desk/replies.h"

namespace uketsuke::desk {
namespace {

constexpr std::size_t k_longest_why = 200;
constexpr std::size_t k_most_entries = 500;

net::DeskReply refuse(const net::Error& error) {
    if (error.fault == net::Fault::NotFound) return desk::refuse(404, "not-here");
    if (error.fault == net::Fault::Conflict) return desk::refuse(409, "not-now");
    return desk::refuse(503, "storage");
}

net::DeskReply sheet(const net::DeskCall& call, std::vector<std::uint8_t>&& pdf) {
    net::DeskReply reply;
    reply.status = 200;
    reply.type = "application/pdf";
    reply.body.assign(pdf.begin(), pdf.end());
    if (call.query.count("save") != 0) reply.download = "declaration.pdf";
    net::wipe(pdf);
    return reply;
}

std::string audit_time(net::WallTime at) {
    return iso_time(std::chrono::floor<std::chrono::seconds>(at));
}

}  // namespace

std::optional<net::DeskReply> Desk::arrival_call(const net::DeskCall& call) {
    const auto parts = parts_of(call.path);
    if (parts.size() == 2 && parts[0] == "declarations" && parts[1] == "blank" && call.method == "GET") {
        return blank_declaration(call);
    }
    if (parts.size() < 2 || parts[0] != "arrivals") return std::nullopt;
    const auto id = net::RequestId::parse(parts[1]);
    if (!id) return desk::refuse(404, "not-here");
    if (parts.size() == 2) return call.method == "GET" ? std::optional(person(call, *id)) : std::nullopt;
    const std::string_view what = parts[2];
    if (parts.size() != 3) return std::nullopt;
    if (what == "declaration" && call.method == "GET") return declaration(call, *id);
    if (call.method != "POST") return std::nullopt;
    if (what == "seen") return mark(call, *id, net::Mark::Seen);
    if (what == "declaration") return mark(call, *id, net::Mark::Declared);
    if (what == "reconciled") return mark(call, *id, net::Mark::Reconciled);
    if (what == "retry") return retry(call, *id);
    if (what == "set-aside") {
        const auto body = object_of(call.body, {"why"});
        auto why = body ? text_in(*body, "why", k_longest_why) : std::nullopt;
        if (!why || why->empty()) return desk::refuse(400, "not-understood");
        return mark(call, *id, net::Mark::SetAside, std::move(*why));
    }
    return std::nullopt;
}

net::DeskReply Desk::person(const net::DeskCall& call, const net::RequestId& id) {
    const auto person = m_arrivals.person(id);
    if (!person) return desk::refuse(404, "not-here");
    // Whose record was looked at must be known afterwards.
    if (!record(call, "arrival opened", id.text())) return desk::refuse(503, "no-record");
    const net::QualificationResult& known = person->result;
    return with({{"name", known.name},
                 {"kana", known.name_kana},
                 {"birth_date", known.birthdate},
                 {"sex", known.sex1},
                 {"age", person->age ? nlohmann::json(*person->age) : nlohmann::json(nullptr)},
                 {"insurer_number", known.insurer_number},
                 {"insurer_name", known.insurer_name},
                 {"symbol", known.insured_card_symbol},
                 {"number", known.insured_identification_number},
                 {"branch", known.insured_branch_number},
                 {"ratio", known.insured_partial_contribution_ratio},
                 {"valid_from", known.qualification_date},
                 {"valid_to", known.disqualification_date}});
}

net::DeskReply Desk::blank_declaration(const net::DeskCall& call) {
    auto page = declaration::page_of({}, {m_options.institution});
    return page ? sheet(call, std::move(page->pdf)) : desk::refuse(503, "no-page");
}

net::DeskReply Desk::declaration(const net::DeskCall& call, const net::RequestId& id) {
    const auto known = m_arrivals.person(id);
    if (!known) return desk::refuse(404, "not-here");
    auto kept = kept_form(m_parts.outbox, id);
    if (!kept && kept.error().fault != net::Fault::NotFound) return refuse(kept.error());
    if (!record(call, "self-declaration opened", id.text())) {
        if (kept) net::wipe(*kept);
        return desk::refuse(503, "no-record");
    }
    const bool filled_in = kept.has_value();
    net::Declaration form = filled_in ? std::move(*kept) : form_of(*known, id, m_options.now());
    std::vector<std::uint8_t> pdf = std::move(form.page);
    if (pdf.empty()) {
        auto page = declaration::page_of(form, {m_options.institution});
        if (page) pdf = std::move(page->pdf);
    }
    net::wipe(form);
    if (pdf.empty()) return desk::refuse(503, "no-page");
    // Somebody has it before them: the list need not call for anybody.
    if (filled_in && m_parts.outbox.mark(id, net::Mark::Seen, true, m_options.now())) m_options.board_changed();
    return sheet(call, std::move(pdf));
}

net::DeskReply Desk::mark(const net::DeskCall& call, const net::RequestId& id, net::Mark mark, std::string why) {
    if (m_parts.recorder.failing()) return desk::refuse(503, "no-record");
    const auto marked = m_parts.outbox.mark(id, mark, true, m_options.now());
    if (!marked) return refuse(marked.error());
    m_options.board_changed();
    const std::string what = fmt::format("arrival {}", net::name_of(mark));
    return record(call, what.c_str(), id.text(), std::move(why)) ? net::DeskReply{} : desk::refuse(503, "no-record");
}

net::DeskReply Desk::retry(const net::DeskCall& call, const net::RequestId& id) {
    if (m_parts.recorder.failing()) return desk::refuse(503, "no-record");
    const auto due = m_parts.outbox.retry(id, m_options.now());
    if (!due) return refuse(due.error());
    m_options.queue_changed();
    m_options.board_changed();
    return record(call, "request retried", id.text()) ? net::DeskReply{} : desk::refuse(503, "no-record");
}

std::optional<net::DeskReply> Desk::manager_call(const net::DeskCall& call) {
    const auto parts = parts_of(call.path);
    const bool here = parts.size() == 1 && call.method == "GET" && (parts[0] == "audit" || parts[0] == "export");
    if (!here) return std::nullopt;
    if (call.who.role != net::Role::Manager) return desk::refuse(403, "managers-only");
    return parts[0] == "audit" ? audit(call) : export_arrivals(call);
}

net::DeskReply Desk::audit(const net::DeskCall& call) {
    const auto asked = call.query.find("n");
    const auto number = asked == call.query.end() ? std::optional<std::uint64_t>(100) : number_in(asked->second);
    if (!number) return desk::refuse(400, "not-understood");
    net::AuditLog& log = m_parts.recorder.log();
    const auto entries = log.latest(std::min<std::uint64_t>(*number, k_most_entries));
    if (!entries) return desk::refuse(503, "storage");
    nlohmann::json all = nlohmann::json::array();
    for (const auto& entry : *entries) {
        all.push_back(nlohmann::json{{"n", entry.number},
                                     {"at", audit_time(entry.at)},
                                     {"who", entry.act.who},
                                     {"what", entry.act.what},
                                     {"why", entry.act.why},
                                     {"on", entry.act.on},
                                     {"more", entry.act.more}});
    }
    m_parts.recorder.ask_look();
    const auto look = m_parts.recorder.last_look();
    nlohmann::json problems = nlohmann::json::array();
    for (const auto& problem : look.check.problems) {
        problems.push_back(nlohmann::json{{"finding", net::name_of(problem.finding)}, {"line", problem.line}});
    }
    return with({{"entries", std::move(all)},
                 {"head", log.head()},
                 {"count", log.entries()},
                 {"checked", look.check.entries},
                 {"verified", look.fresh},
                 {"problems", std::move(problems)}});
}

net::DeskReply Desk::export_arrivals(const net::DeskCall& call) {
    const auto arrivals = m_arrivals.today();
    if (!record(call, "arrivals exported", "", "", fmt::format("{} rows", arrivals.size()))) {
        return desk::refuse(503, "no-record");
    }
    // Every value is one of ours: nothing in it begins a formula or needs quotes.
    std::string csv = "id,time,method,state,meaning,declaration\r\n";
    for (const auto& arrival : arrivals) {
        const net::RequestSummary& row = arrival.summary;
        const char* declaration = "";
        if (row.has(net::Mark::Declared)) declaration = "made";
        if (row.has(net::Mark::Reconciled)) declaration = "reconciled";
        csv +=
            fmt::format("{},{},{},{},{},{}\r\n", row.id.text(), audit_time(row.queued_at), net::name_of(arrival.method),
                        name_of(arrival.state), arrival.meaning ? net::name_of(*arrival.meaning) : "", declaration);
    }
    net::DeskReply reply;
    reply.status = 200;
    reply.type = "text/csv; charset=utf-8";
    reply.body = std::move(csv);
    reply.download = "arrivals.csv";
    return reply;
}

}  // namespace uketsuke::desk
