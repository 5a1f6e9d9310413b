#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "net/outbox.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::fault_of;
using ::testing::HasSubstr;
using testing::must;
using testing::read_file;
using testing::ScratchFolder;
using testing::signed_request;
using testing::start_time;
using testing::TestOutbox;
using testing::write_file;

constexpr auto lease = 60s;
const WallTime t0 = start_time();

std::vector<RequestId> fill_until_full(Outbox& outbox, Fault& fault) {
    std::vector<RequestId> stored;
    for (int i = 0; i < 5000; ++i) {
        const SignedRequest request = signed_request();
        const auto done = outbox.enqueue(request, t0);
        if (!done) {
            fault = done.error().fault;
            EXPECT_THAT(done.error().where, HasSubstr("outbox "));
            return stored;
        }
        stored.push_back(request.id);
    }
    return stored;
}

void expect_exactly(const Outbox& outbox, const std::vector<RequestId>& ids) {
    EXPECT_TRUE(must(outbox.verify()).problems.empty());
    const auto rows = must(outbox.list(10'000));
    ASSERT_EQ(rows.size(), ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_EQ(rows[i].id, ids[i]);
}

TEST(OutboxTrouble, SaysStorageFullLosesNothingAndGoesOnWhenThereIsSpaceAgain) {
    TestOutbox box;
    OutboxOptions options;
    options.page_limit = 40;
    options.retention = 0h;
    Fault fault = Fault::Internal;
    const auto stored = fill_until_full(box.open(options), fault);
    EXPECT_EQ(fault, Fault::StorageFull);
    ASSERT_GT(stored.size(), 5u);
    expect_exactly(*box.box, stored);

    for (const RequestId& id : stored) {
        must(box->claim(t0, lease));
        must(box->delivered(id, {}, t0));
    }
    EXPECT_EQ(must(box->purge(t0 + 1s)), static_cast<std::int64_t>(stored.size()));
    const SignedRequest next = signed_request();
    must(box->enqueue(next, t0));
    expect_exactly(*box.box, {next.id});
}

TEST(OutboxTrouble, SurvivesADiskThatIsReallyFull) {
    const ScratchFolder folder;
    if (::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1m") != 0) {
        GTEST_SKIP() << "needs the right to mount a 1 MiB tmpfs: " << std::strerror(errno);
    }
    std::vector<RequestId> stored;
    {
        const auto box = must(Outbox::open(folder / "outbox.db", SealingKey::random()));
        Fault fault = Fault::Internal;
        stored = fill_until_full(*box, fault);
        EXPECT_EQ(fault, Fault::StorageFull);
        EXPECT_GT(stored.size(), 5u);
        EXPECT_EQ(fault_of(box->enqueue(signed_request(), t0)), Fault::StorageFull);
        expect_exactly(*box, stored);
    }
    EXPECT_EQ(::umount(folder.path().c_str()), 0);
}

TEST(OutboxTrouble, RefusesASecondKioskAndNamesTheFileAndTheHolder) {
    TestOutbox box;
    box.open();
    const auto second = Outbox::open(box.path(), box.key.share());
    EXPECT_EQ(fault_of(second), Fault::StorageBusy);
    EXPECT_THAT(second.error().where, HasSubstr(box.path().string()));
    EXPECT_THAT(second.error().where, HasSubstr("another kiosk"));
    EXPECT_THAT(second.error().where, HasSubstr(std::to_string(::getpid())));
    box.close();
    EXPECT_TRUE(Outbox::open(box.path(), box.key.share()));
}

TEST(OutboxTrouble, LetsANewKioskInAfterTheHolderWasKilled) {
    TestOutbox box;
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const auto held = Outbox::open(box.path(), box.key.share());
        const char said = held ? 'y' : 'n';
        if (::write(ready[1], &said, 1) != 1) ::_exit(1);
        ::pause();
        ::_exit(0);
    }
    char said = 0;
    ASSERT_EQ(::read(ready[0], &said, 1), 1);
    EXPECT_EQ(said, 'y');
    EXPECT_EQ(fault_of(Outbox::open(box.path(), box.key.share())), Fault::StorageBusy);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    EXPECT_TRUE(Outbox::open(box.path(), box.key.share()));
    ::close(ready[0]);
    ::close(ready[1]);
}

TEST(OutboxTrouble, KeepsACopyOfADamagedFileOpensAFreshOneAndSaysSo) {
    TestOutbox box;
    write_file(box.path(),
               "this was a database once, and now it is a text that is longer than a header of SQLite is, "
               "so that it cannot be taken for an empty file by anybody who looks at it");
    const std::string before = read_file(box.path());
    box.open();
    ASSERT_TRUE(box->damage());
    EXPECT_EQ(read_file(box->damage()->copy), before);
    EXPECT_THAT(box->damage()->why, HasSubstr(box.path().string()));
    EXPECT_EQ(box->damage()->rescued, 0);
    must(box->enqueue(signed_request(), t0));
    box.open();
    EXPECT_FALSE(box->damage());
}

// Queued in `box`, which is closed again.
std::vector<SignedRequest> sixty_requests_in(TestOutbox& box) {
    box.open();
    std::vector<SignedRequest> requests;
    for (int i = 0; i < 60; ++i) {
        requests.push_back(signed_request());
        must(box->enqueue(requests.back(), t0));
    }
    box.close();
    return requests;
}

TEST(OutboxTrouble, CarriesOverEveryRequestOfADamagedFileThatCanStillBeRead) {
    TestOutbox box;
    const std::vector<SignedRequest> requests = sixty_requests_in(box);
    std::string bytes = read_file(box.path());
    const std::size_t pages = bytes.size() / 4096;
    ASSERT_GT(pages, 30u);
    // A cluster of the disk in the middle of the rows went bad.
    std::memset(bytes.data() + pages / 2 * 4096, 0xA5, 2 * 4096);
    write_file(box.path(), bytes);

    box.open();
    ASSERT_TRUE(box->damage());
    EXPECT_TRUE(read_file(box->damage()->copy) == bytes) << "the copy is evidence and stays as it was";
    EXPECT_GE(box->damage()->rescued, 40);
    EXPECT_EQ(must(box->counts()).due, box->damage()->rescued);
    EXPECT_TRUE(must(box->verify()).problems.empty());
    std::int64_t unchanged = 0;
    for (const SignedRequest& request : requests) {
        const auto detail = box->show(request.id);
        if (detail && detail->request == request) ++unchanged;
    }
    EXPECT_EQ(unchanged, box->damage()->rescued);
}

TEST(OutboxTrouble, SendsAgainARequestOfWhichADamagedFileKeptOnlyThePayload) {
    TestOutbox box;
    const std::vector<SignedRequest> requests = sixty_requests_in(box);
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(box.path().c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(raw, "DELETE FROM requests WHERE seq = 1", nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(raw);
    std::string bytes = read_file(box.path());
    std::memset(bytes.data() + bytes.size() / 2 / 4096 * 4096, 0xA5, 4096);
    write_file(box.path(), bytes);
    box.open();
    ASSERT_TRUE(box->damage());
    const RequestDetail detail = must(box->show(requests[0].id));
    EXPECT_EQ(detail.request, requests[0]);
    EXPECT_EQ(detail.summary.state, RequestState::Due);
}

TEST(OutboxTrouble, FinishesTheReplacementOfADamagedFileThatACrashCut) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    box.close();
    // As it stands between the two renames: the damaged file has its new name, the fresh one has not.
    std::filesystem::rename(box.path(), box.path().string() + ".fresh");
    EXPECT_EQ(must(box.open().claim(t0, lease))->request, request);
    EXPECT_FALSE(std::filesystem::exists(box.path().string() + ".fresh"));
}

TEST(OutboxTrouble, DoesNotTouchADamagedFileWhenItOnlyLooks) {
    TestOutbox box;
    write_file(box.path(), std::string(8192, 'x'));
    for (const OutboxAccess access : {OutboxAccess::Inspection, OutboxAccess::Maintenance}) {
        OutboxOptions options;
        options.access = access;
        EXPECT_EQ(fault_of(Outbox::open(box.path(), box.key.share(), options)), Fault::StorageDamaged);
    }
    EXPECT_EQ(read_file(box.path()), std::string(8192, 'x'));
    EXPECT_FALSE(std::filesystem::exists(box.path().string() + ".damaged-1"));
}

TEST(OutboxTrouble, RefusesTheWrongKeyAndLeavesTheFileAlone) {
    TestOutbox box;
    const SignedRequest request = signed_request();
    must(box.open().enqueue(request, t0));
    box.close();
    const auto wrong = Outbox::open(box.path(), SealingKey::random());
    EXPECT_EQ(fault_of(wrong), Fault::BadKey);
    EXPECT_THAT(wrong.error().where, HasSubstr("another key"));
    EXPECT_EQ(must(box.open().claim(t0, lease))->request, request);
}

TEST(OutboxTrouble, RefusesAnotherProgramsDatabaseAndALaterVersion) {
    TestOutbox box;
    sqlite3* foreign = nullptr;
    ASSERT_EQ(sqlite3_open(box.path().c_str(), &foreign), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(foreign, "CREATE TABLE theirs(a)", nullptr, nullptr, nullptr), SQLITE_OK);
    EXPECT_THAT(Outbox::open(box.path(), box.key.share()).error().where, HasSubstr("other program"));
    ASSERT_EQ(sqlite3_exec(foreign, "PRAGMA user_version=99", nullptr, nullptr, nullptr), SQLITE_OK);
    EXPECT_THAT(Outbox::open(box.path(), box.key.share()).error().where, HasSubstr("version 99"));
    sqlite3_close(foreign);
}

TEST(OutboxTrouble, SaysThatAFolderIsMissingOrReadOnly) {
    const ScratchFolder folder;
    const auto missing = Outbox::open(folder / "no" / "outbox.db", SealingKey::random());
    EXPECT_EQ(fault_of(missing), Fault::StorageFailed);
    EXPECT_THAT(missing.error().where, HasSubstr("No such file"));
    if (::geteuid() == 0) GTEST_SKIP() << "root writes into read-only folders";
    ASSERT_EQ(::chmod(folder.path().c_str(), 0500), 0);
    EXPECT_EQ(fault_of(Outbox::open(folder / "outbox.db", SealingKey::random())), Fault::StorageReadOnly);
    ::chmod(folder.path().c_str(), 0700);
}

TEST(OutboxTrouble, LeavesARowWhoseSealDoesNotHoldToStaffAndGoesOnWithTheNext) {
    TestOutbox box;
    const SignedRequest bad = signed_request();
    const SignedRequest good = signed_request();
    must(box.open().enqueue(bad, t0));
    must(box->enqueue(good, t0));
    box.close();
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(box.path().c_str(), &raw), SQLITE_OK);
    ASSERT_EQ(
        sqlite3_exec(raw, "UPDATE payloads SET payload = (SELECT payload FROM payloads WHERE seq = 2) WHERE seq = 1",
                     nullptr, nullptr, nullptr),
        SQLITE_OK);
    sqlite3_close(raw);
    EXPECT_EQ(must(box.open().verify()).problems.size(), 1u);
    const auto claim = must(box->claim(t0, lease));
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->request, good);
    EXPECT_EQ(must(box->counts()).needs_staff, 1);
    EXPECT_EQ(fault_of(box->show(bad.id)), Fault::BadPayload);
}

TEST(OutboxTrouble, WritesNothingPersonalInTheClearIntoAnyOfItsFiles) {
    TestOutbox box;
    box.open();
    std::vector<std::string> secrets{
        "QualificationConfirmSearchInfo", "1312345670", "MessageHeader", "CertificateSha256", "<Name>", "佐藤　花子"};
    const std::string answer = "<XmlMsg><Name>佐藤　花子</Name></XmlMsg>";
    const auto collect = [&](const SignedRequest& r) {
        secrets.emplace_back(r.signature.begin(), r.signature.begin() + 24);
        secrets.emplace_back(r.certificate_der.begin() + 40, r.certificate_der.begin() + 64);
        secrets.emplace_back(r.body.begin() + 100, r.body.begin() + 130);
    };
    for (int i = 0; i < 20; ++i) {
        const SignedRequest request = signed_request();
        collect(request);
        must(box->enqueue(request, t0));
        if (i % 2 == 0) continue;
        const auto claim = must(box->claim(t0, lease));
        must(box->delivered(claim->request.id,
                            std::span(reinterpret_cast<const std::uint8_t*>(answer.data()), answer.size()), t0));
    }
    int files = 0;
    const auto search = [&] {
        for (const auto& entry : std::filesystem::directory_iterator(box.folder.path())) {
            ++files;
            const std::string bytes = read_file(entry.path());
            for (const std::string& secret : secrets) {
                EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path() << " holds " << secret.substr(0, 12);
            }
            struct stat info {};
            ASSERT_EQ(::stat(entry.path().c_str(), &info), 0);
            EXPECT_EQ(info.st_mode & 0077, 0u) << entry.path();
        }
    };
    search();
    EXPECT_GE(files, 4) << "database, -wal, -shm and lock";
    box.close();
    search();
}

TEST(OutboxTrouble, LeavesNoTraceOfAPurgedRequest) {
    TestOutbox box;
    OutboxOptions options;
    options.retention = 0h;
    box.open(options);
    const SignedRequest request = signed_request();
    must(box->enqueue(request, t0));
    must(box->claim(t0, lease));
    must(box->delivered(request.id, {}, t0));
    ASSERT_NE(read_file(box.path().string() + "-wal").find(request.id.text()), std::string::npos);
    ASSERT_EQ(must(box->purge(t0 + 1s)), 1);
    for (const auto& entry : std::filesystem::directory_iterator(box.folder.path())) {
        EXPECT_EQ(read_file(entry.path()).find(request.id.text()), std::string::npos) << entry.path();
    }
}

}  // namespace
}  // namespace uketsuke::net
