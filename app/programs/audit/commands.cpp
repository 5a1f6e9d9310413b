#include "app/programs/audit/commands.h"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <memory>
#include <optional>

#include "net/audit_log.h"

namespace uketsuke::audit {
namespace {

constexpr int k_trouble = 1;
constexpr int k_usage = 2;

int trouble(const std::string& what) {
    fmt::print(stderr, "uketsuke-audit: {}\n", what);
    return k_trouble;
}

std::string utc(net::WallTime at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", seconds, (at - seconds).count());
}

struct Closer {
    void operator()(std::FILE* file) const {
        if (file != stdout) std::fclose(file);
    }
};
using File = std::unique_ptr<std::FILE, Closer>;

// Never through a link, never over a file that is there: it may be evidence.
File open_output(const std::string& name) {
    if (name == "-") return File(stdout);
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    return fd < 0 ? nullptr : File(::fdopen(fd, "w"));
}

net::Result<bool> knows(const Arguments& a) {
    bool found = false;
    const auto read = net::read_audit_log(a.log, [&](const net::AuditEntry& entry) {
        found = entry.hash.starts_with(a.head);
        return !found;
    });
    if (!read) return tl::unexpected(read.error());
    return found;
}

}  // namespace

std::string csv_cell(const std::string& text) {
    std::string cell = "\"";
    if (!text.empty() && std::strchr("=+-@\t\r", text.front()) != nullptr) cell += '\'';
    for (const char c : text) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return cell + '"';
}

int verify(const Arguments& a) {
    const bool is_hash = a.head.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!a.head.empty() && (!is_hash || a.head.size() < 16 || a.head.size() > 64)) {
        trouble("--head takes 16 to 64 digits of an entry's hash");
        return k_usage;
    }
    std::optional<net::SealingKey> key;
    if (!a.key.empty()) {
        auto loaded = net::SealingKey::load(a.key, net::KeyCreation::Never);
        if (!loaded) return trouble(loaded.error().where);
        key = std::move(*loaded);
    }
    const auto check = net::verify_audit_log(a.log, key);
    if (!check) return trouble(check.error().where);
    for (const net::AuditProblem& problem : check->problems) {
        const std::string where = problem.line == 0 ? std::string("file") : fmt::format("line {}", problem.line);
        fmt::print("{}: {}: {}\n", where, net::name_of(problem.finding), problem.says);
    }
    bool intact = check->intact();
    if (!a.head.empty()) {
        const auto known = knows(a);
        if (!known) return trouble(known.error().where);
        if (!*known) fmt::print("file: no entry has the hash {}: what was noted then is gone\n", a.head);
        intact = intact && *known;
    }
    fmt::print("{} entries, {}{}\nhead {}\n", check->entries, intact ? "intact" : "NOT intact",
               key ? "" : " (the head was not checked: no --key)", check->head.empty() ? "none" : check->head);
    return intact ? 0 : k_trouble;
}

int export_rows(const Arguments& a) {
    const File out = open_output(a.out);
    if (!out) return trouble(a.out + ": " + std::strerror(errno));
    fmt::print(out.get(), "number,at,who,what,why,on,more,hash\r\n");
    std::uint64_t rows = 0;
    const auto read = net::read_audit_log(a.log, [&](const net::AuditEntry& entry) {
        const net::AuditAct& act = entry.act;
        fmt::print(out.get(), "{},{},{},{},{},{},{},{}\r\n", entry.number, utc(entry.at), csv_cell(act.who),
                   csv_cell(act.what), csv_cell(act.why), csv_cell(act.on), csv_cell(act.more), entry.hash);
        ++rows;
        return std::ferror(out.get()) == 0;
    });
    if (!read) return trouble(read.error().where);
    if (std::fflush(out.get()) != 0 || std::ferror(out.get()) != 0)
        return trouble(a.out + ": it was not written whole");
    if (a.out != "-") fmt::print("{} entries\n", rows);
    return 0;
}

int list(const Arguments& a) {
    std::deque<net::AuditEntry> newest;
    const auto read = net::read_audit_log(a.log, [&](const net::AuditEntry& entry) {
        newest.push_back(entry);
        if (newest.size() > a.lines) newest.pop_front();
        return true;
    });
    if (!read) return trouble(read.error().where);
    for (const net::AuditEntry& entry : newest) {
        const net::AuditAct& act = entry.act;
        fmt::print("{:6}  {}  {}  {}", entry.number, utc(entry.at), act.who, act.what);
        for (const std::string* text : {&act.why, &act.on, &act.more}) {
            if (!text->empty()) fmt::print("  {}", *text);
        }
        fmt::print("\n");
    }
    return 0;
}

}  // namespace uketsuke::audit
