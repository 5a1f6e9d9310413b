// An audit log whose writers crash, take turns, or find no room.

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <random>

#include "net/internal/audit_head.h"
#include "tests/net/audit_fixture.h"

namespace uketsuke::net {
namespace {

using ::testing::ElementsAre;
using testing::fault_of;
using ::testing::IsEmpty;
using testing::must;
using testing::read_file;
using testing::write_file;
using AuditLogCrash = testing::AuditFixture;

TEST_F(AuditLogCrash, SetsALineThatACrashLeftHalfWrittenAsideAndRecordsIt) {
    fill(2);
    const std::string bytes = read_file(path);
    write_file(path, bytes + "{\"n\":3,\"at\":\"20");
    EXPECT_THAT(findings(), ElementsAre(AuditFinding::Unreadable));
    const auto log = open();
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_EQ(must(log->latest(1)).at(0).act.what, "torn line set aside");
    EXPECT_EQ(read_file(folder / "audit.log.torn"), "{\"n\":3,\"at\":\"20\n");
}

TEST_F(AuditLogCrash, VerifiesAndGoesOnAfterACrashAtAnyStepOfAnAppend) {
    fill(1);
    const std::string one_line = read_file(path);
    const SealingKey head_key = internal::audit_head_key(key);
    const internal::AuditHead before = must(internal::read_audit_head(path, head_key));
    fill(1);
    const std::string two_lines = read_file(path);
    internal::AuditHead announced = before;
    announced.next = verify().head;
    must(internal::write_audit_head(path, head_key, announced, -1));
    EXPECT_THAT(findings(), IsEmpty()) << "after the line, before its head";
    fill(1);
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_EQ(verify().entries, 3U);

    write_file(path, one_line);
    must(internal::write_audit_head(path, head_key, announced, -1));
    EXPECT_THAT(findings(), IsEmpty()) << "announced, and not written";
    write_file(path, two_lines.substr(0, one_line.size() + 20));
    fill(1);
    EXPECT_THAT(findings(), IsEmpty()) << "announced, and half written";
}

TEST_F(AuditLogCrash, KeepsOneChainWhenTwoProcessesAppend) {
    constexpr int each = 40;
    std::vector<pid_t> children;
    for (int child = 0; child < 2; ++child) {
        const pid_t pid = ::fork();
        if (pid == 0) {
            auto log = AuditLog::open(path, key.share());
            for (int i = 0; log && i < each; ++i) {
                if (!(*log)->append({"tool:" + std::to_string(child), "appended"})) ::_exit(1);
            }
            ::_exit(log ? 0 : 1);
        }
        children.push_back(pid);
    }
    for (const pid_t pid : children) {
        int status = 0;
        ASSERT_EQ(::waitpid(pid, &status, 0), pid);
        EXPECT_EQ(WEXITSTATUS(status), 0);
    }
    EXPECT_EQ(verify().entries, 2U * each);
    EXPECT_TRUE(verify().intact());
}

TEST_F(AuditLogCrash, LosesNoAcknowledgedEntryToAHundredKills) {
    std::mt19937 chance(20'251'121);
    std::uint64_t acknowledged = 0;
    for (int kill = 0; kill < 100; ++kill) {
        int said[2];
        ASSERT_EQ(::pipe(said), 0);
        const pid_t child = ::fork();
        if (child == 0) {
            auto log = AuditLog::open(path, key.share());
            for (char ok = 'y'; log && (*log)->append({"sato", "looked"}) && ::write(said[1], &ok, 1) == 1;) {
            }
            ::_exit(1);
        }
        ::close(said[1]);
        // The moment of the kill: after so many entries, and a part of the next.
        const unsigned wanted = chance() % 5;
        char byte = 0;
        for (unsigned i = 0; i < wanted && ::read(said[0], &byte, 1) == 1; ++i) ++acknowledged;
        for (std::atomic<unsigned> spin = chance() % 400'000; spin > 0; --spin) {
        }
        ::kill(child, SIGKILL);
        ASSERT_EQ(::waitpid(child, nullptr, 0), child);
        while (::read(said[0], &byte, 1) == 1) ++acknowledged;
        ::close(said[0]);
        must(AuditLog::open(path, key.share()));
        const AuditCheck check = verify();
        ASSERT_TRUE(check.intact()) << "kill " << kill << ": " << check.problems.front().says;
        ASSERT_GE(check.entries, acknowledged);
    }
    EXPECT_GT(acknowledged, 100U);
}

TEST_F(AuditLogCrash, SaysThatTheDiskIsFullAndGoesOnWhenItIsNot) {
    fill(2);
    const pid_t child = ::fork();
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const auto log = AuditLog::open(path, key.share(), manual());
        rlimit limit{};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = std::filesystem::file_size(path) + 100;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto full = log ? (*log)->append({"sato", "looked"}) : Result<void>{};
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const bool right = !full && full.error().fault == Fault::StorageFull && (*log)->append({"sato", "again"});
        ::_exit(right ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0);
    EXPECT_THAT(findings(), IsEmpty());
    EXPECT_EQ(verify().entries, 3U);
}

TEST_F(AuditLogCrash, GrowsNoFurtherThanItMay) {
    AuditOptions options = manual();
    options.longest_file = 1'000;
    const auto log = must(AuditLog::open(path, key.share(), options));
    int written = 0;
    while (log->append({"sato", "looked"})) ++written;
    EXPECT_GT(written, 1);
    EXPECT_EQ(fault_of(log->append({"sato", "looked"})), Fault::StorageFull);
    EXPECT_LE(std::filesystem::file_size(path), 1'000U);
    EXPECT_THAT(findings(), IsEmpty());
}

}  // namespace
}  // namespace uketsuke::net
