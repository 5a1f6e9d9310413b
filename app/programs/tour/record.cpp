#include <fmt/chrono.h>
#include <fmt/core.h>

#include <deque>

#include "app/programs/tour/commands.h"
#include "app/programs/tour/common.h"

namespace uketsuke::tour {
namespace {

void print(const net::AuditEntry& entry) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(entry.at);
    fmt::print("{:6}  {:%Y-%m-%dT%H:%M:%S}Z  {}  {}", entry.number, seconds, entry.act.who, entry.act.what);
    for (const std::string* text : {&entry.act.why, &entry.act.on, &entry.act.more}) {
        if (!text->empty()) fmt::print("  {}", *text);
    }
    fmt::print("\n");
}

}  // namespace

int record(const Arguments& a) {
    const auto session = Session::begin(a.config);
    if (!session) return trouble(session.error());
    const std::filesystem::path path = session->tablet.audit();
    const auto check = net::verify_audit_log(path, session->opened.key.share());
    if (!check) return trouble(check.error());
    std::deque<net::AuditEntry> newest;
    const auto keep = [&](const net::AuditEntry& entry) {
        newest.push_back(entry);
        if (newest.size() > a.lines) newest.pop_front();
        return true;
    };
    if (auto read = net::read_audit_log(path, keep, session->opened.key.share()); !read) return trouble(read.error());
    for (const net::AuditEntry& entry : newest) print(entry);
    for (const net::AuditProblem& problem : check->problems) {
        const std::string where = problem.line == 0 ? std::string("file") : fmt::format("line {}", problem.line);
        fmt::print("{}: {}: {}\n", where, net::name_of(problem.finding), problem.says);
    }
    fmt::print("{} entries, {}\n", check->entries, check->intact() ? "intact" : "NOT intact");
    return check->intact() ? 0 : 1;
}

}  // namespace uketsuke::tour
