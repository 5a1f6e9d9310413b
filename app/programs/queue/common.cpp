#include "app/programs/queue/common.h"

#include <fmt/chrono.h>
#include <fmt/core.h>
#include <pwd.h>
#include <unistd.h>

#include "net/audit_log.h"

namespace uketsuke::queue {

int trouble(const net::Error& error) {
    fmt::print(stderr, "uketsuke-queue: {}\n", error.where);
    return 1;
}

Opened open(const Arguments& a, net::OutboxAccess access) {
    net::OutboxOptions options;
    options.access = access;
    if (a.key.empty()) return net::Outbox::open_without_key(a.database, options);
    auto key = net::SealingKey::load(a.key, net::KeyCreation::Never);
    if (!key) return tl::unexpected(key.error());
    return net::Outbox::open(a.database, std::move(*key), options);
}

net::Result<net::RequestId> id_of(const Arguments& a) {
    const auto id = net::RequestId::parse(a.id);
    if (!id) return net::fail(net::Fault::BadOptions, "not a request id: " + a.id);
    return *id;
}

std::string marks_of(const net::RequestSummary& row) {
    std::string words;
    for (std::size_t i = 0; i < net::mark_count; ++i) {
        const auto mark = static_cast<net::Mark>(i);
        if (row.has(mark)) words += std::string(words.empty() ? "" : ", ") + net::name_of(mark);
    }
    return words;
}

std::string audit_of(const Arguments& a) {
    if (!a.audit.empty()) return a.audit;
    const auto beside = std::filesystem::path(a.database).parent_path() / "audit.log";
    std::error_code error;
    return std::filesystem::exists(beside, error) ? beside.string() : std::string();
}

net::Result<void> record(const Arguments& a, const std::string& what, const std::string& on, const std::string& more) {
    const std::string audit = audit_of(a);
    if (audit.empty()) return {};
    if (a.key.empty()) return net::fail(net::Fault::BadKey, audit + " records this, and its head is sealed: --key");
    auto key = net::SealingKey::load(a.key, net::KeyCreation::Never);
    if (!key) return tl::unexpected(key.error());
    const auto log = net::AuditLog::open(audit, std::move(*key));
    if (!log) return tl::unexpected(log.error());
    const passwd* user = ::getpwuid(::getuid());
    const std::string who = "tool:" + (user != nullptr ? std::string(user->pw_name) : std::to_string(::getuid()));
    return (*log)->append({who, what, "", on, more});
}

std::string utc(net::WallTime at) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", std::chrono::floor<std::chrono::seconds>(at));
}

Json json_of(const net::RequestSummary& row) {
    return {{"id", row.id.text()},
            {"state", net::name_of(row.state)},
            {"attempts", row.attempts},
            {"queued_at", utc(row.queued_at)},
            {"next_at", utc(row.next_at)},
            {"to_file", row.to_file},
            {"to_notify", row.to_notify},
            {"marks", marks_of(row)},
            {"declaration", row.has_declaration},
            {"reason", row.reason}};
}

}  // namespace uketsuke::queue
