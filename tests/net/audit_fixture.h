#pragma once
// An audit log in a folder of its own, with a clock that tests set.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "net/audit_log.h"
#include "tests/net/support.h"

namespace uketsuke::net::testing {

struct AuditFixture : ::testing::Test {
    // In memory: thousands of writes, and what is killed here is a process, never the machine.
    ScratchFolder folder{std::filesystem::exists("/dev/shm") ? "/dev/shm" : ""};
    std::filesystem::path path = folder / "audit.log";
    std::filesystem::path head = folder / "audit.log.head";
    SealingKey key = SealingKey::random();
    AuditMoment now{start_time(), "boot-1", std::chrono::seconds(1'000)};

    AuditOptions manual() {
        AuditOptions options;
        options.now = [this] { return now; };
        return options;
    }
    std::unique_ptr<AuditLog> open() { return must(AuditLog::open(path, key.share(), manual())); }
    void pass(std::chrono::milliseconds time) {
        now.wall += time;
        now.up += time;
    }
    void fill(int entries) {
        const auto log = open();
        for (int i = 0; i < entries; ++i) {
            must(log->append({"sato", "visual-check armed", "pin-forgotten", "r" + std::to_string(i), ""}));
            pass(std::chrono::minutes(1));
        }
    }
    AuditCheck verify(bool with_key = true) const {
        return must(verify_audit_log(path, with_key ? std::optional(key.share()) : std::nullopt));
    }
    std::vector<AuditFinding> findings(bool with_key = true) const {
        std::vector<AuditFinding> found;
        for (const AuditProblem& problem : verify(with_key).problems) found.push_back(problem.finding);
        return found;
    }
    std::vector<std::string> lines() const {
        std::vector<std::string> all;
        const std::string bytes = read_file(path);
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t end = bytes.find('\n', at) + 1;
            all.push_back(bytes.substr(at, end - at));
            at = end;
        }
        return all;
    }
    void write_lines(const std::vector<std::string>& all) const {
        std::string bytes;
        for (const std::string& line : all) bytes += line;
        write_file(path, bytes);
    }
};

}  // namespace uketsuke::net::testing
