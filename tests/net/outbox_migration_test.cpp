// A kiosk that is updated keeps its queue: files of version 1, whose rows held payload and answer themselves.

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <cstring>

#include "net/sealing.h"
#include "tests/net/fault_vfs.h"
#include "tests/net/support.h"

namespace uketsuke::net {
namespace {

using namespace std::chrono_literals;
using testing::FaultLength;
using testing::FaultVfs;
using testing::IoFault;
using testing::memory_folder;
using testing::must;
using testing::read_file;
using testing::ScratchFolder;
using testing::signed_request;
using testing::start_time;
using testing::write_file;

const WallTime t0 = start_time();

constexpr const char* version_1 =
    "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL;"
    "CREATE TABLE requests(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, "
    "ask INTEGER NOT NULL DEFAULT 0, firm INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, "
    "queued_at INTEGER NOT NULL, next_at INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '', payload BLOB NOT NULL, "
    "answer BLOB);"
    "CREATE INDEX requests_waiting ON requests(next_at, seq) WHERE state < 3;"
    "CREATE TABLE facts(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
    "PRAGMA user_version=1;";

struct Row {
    SignedRequest request;
    RequestState state = RequestState::Due;
    bool ask = false;
    std::vector<std::uint8_t> answer;
};

const std::vector<std::uint8_t> answer_bytes(2000, 'a');

std::vector<Row> one_of_each_state() {
    return {{signed_request(), RequestState::Delivered, false, answer_bytes},
            {signed_request(), RequestState::NeedsStaff, false, answer_bytes},
            {signed_request(), RequestState::Processing, true, {}},
            {signed_request(), RequestState::InFlight, false, {}},
            {signed_request(), RequestState::Due, false, {}}};
}

void run(sqlite3* database, const char* sql) {
    ASSERT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
}

void bind_bytes(sqlite3_stmt* statement, int at, const std::vector<std::uint8_t>& bytes) {
    sqlite3_bind_blob(statement, at, bytes.data(), static_cast<int>(bytes.size()), SQLITE_TRANSIENT);
}

void write_version_1(const std::filesystem::path& path, const SealingKey& key, const std::vector<Row>& rows) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    run(database, version_1);
    sqlite3_stmt* insert = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(database,
                                 "INSERT INTO requests(id, state, ask, queued_at, next_at, reason, payload, answer) "
                                 "VALUES(?1, ?2, ?3, ?4, ?4, 'as it was', ?5, ?6)",
                                 -1, &insert, nullptr),
              SQLITE_OK);
    std::int64_t at = t0.time_since_epoch().count();
    for (const Row& row : rows) {
        const std::string id = row.request.id.text();
        sqlite3_bind_text(insert, 1, id.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_int64(insert, 2, static_cast<int>(row.state));
        sqlite3_bind_int64(insert, 3, row.ask ? 1 : 0);
        sqlite3_bind_int64(insert, 4, at++);
        bind_bytes(insert, 5, seal(key, encode(row.request), id));
        if (row.answer.empty()) {
            sqlite3_bind_null(insert, 6);
        } else {
            bind_bytes(insert, 6, seal(key, row.answer, id + " answer"));
        }
        ASSERT_EQ(sqlite3_step(insert), SQLITE_DONE) << sqlite3_errmsg(database);
        sqlite3_reset(insert);
    }
    sqlite3_finalize(insert);
    ASSERT_EQ(sqlite3_prepare_v2(database, "INSERT INTO facts VALUES('key check', ?1)", -1, &insert, nullptr),
              SQLITE_OK);
    bind_bytes(insert, 1, seal(key, std::vector<std::uint8_t>{'u', 'k', 'e', 't', 's', 'u', 'k', 'e'}, "key check"));
    ASSERT_EQ(sqlite3_step(insert), SQLITE_DONE) << sqlite3_errmsg(database);
    sqlite3_finalize(insert);
    sqlite3_close(database);
}

void expect_all_there(const Outbox& box, const std::vector<Row>& rows) {
    EXPECT_FALSE(box.damage());
    EXPECT_THAT(must(box.verify()).problems, ::testing::IsEmpty());
    ASSERT_EQ(must(box.list()).size(), rows.size());
    for (const Row& row : rows) {
        const RequestDetail detail = must(box.show(row.request.id));
        EXPECT_EQ(detail.request, row.request);
        EXPECT_EQ(detail.answer, row.answer);
        EXPECT_EQ(detail.summary.reason, "as it was");
        // What was in flight is due again, as at every start.
        EXPECT_EQ(detail.summary.state, row.state == RequestState::InFlight ? RequestState::Due : row.state);
    }
}

struct OutboxOfVersion1 : ::testing::Test {
    SealingKey key = SealingKey::random();
    std::vector<Row> rows = one_of_each_state();
};

TEST_F(OutboxOfVersion1, IsBroughtUpToDateWithEveryRowAnswerAndState) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    write_version_1(path, key, rows);
    for (int start = 0; start < 2; ++start) expect_all_there(*must(Outbox::open(path, key.share())), rows);
    const auto box = must(Outbox::open(path, key.share()));
    EXPECT_EQ(must(box->counts()).to_file, 0) << "what was delivered before is not filed now";
    const auto claim = must(box->claim(t0 + 1h, 60s));
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->request.id, rows[2].request.id) << "the oldest that waits";
    EXPECT_TRUE(claim->ask);
}

TEST_F(OutboxOfVersion1, IsLeftToTheKioskByTools) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    write_version_1(path, key, rows);
    OutboxOptions options;
    options.access = OutboxAccess::Maintenance;
    const auto opened = Outbox::open(path, key.share(), options);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().where, ::testing::HasSubstr("when the kiosk starts"));
}

TEST_F(OutboxOfVersion1, IsWholeAfterAFaultAtAnyCallOfTheUpdate) {
    for (const IoFault kind : {IoFault::Error, IoFault::Full}) {
        bool reached = true;
        for (std::int64_t n = 0; reached; ++n) {
            const ScratchFolder folder = memory_folder();
            const std::filesystem::path path = folder / "outbox.db";
            write_version_1(path, key, rows);
            FaultVfs vfs;
            vfs.arm({n, kind, FaultLength::ForEver});
            Outbox::open(path, key.share()).map([](auto) {});
            vfs.disarm();
            reached = vfs.failed() > 0;
            expect_all_there(*must(Outbox::open(path, key.share())), rows);
            if (HasFailure()) FAIL() << "at call " << n;
        }
    }
}

TEST_F(OutboxOfVersion1, IsWholeAfterThePowerWentDuringTheUpdate) {
    std::mt19937_64 chance(20'251'121);
    bool reached = true;
    for (std::int64_t n = 0; reached; ++n) {
        const ScratchFolder before = memory_folder();
        const ScratchFolder after = memory_folder();
        {
            FaultVfs vfs;
            vfs.hold_unsynced_writes();
            write_version_1(before / "outbox.db", key, rows);
            vfs.cut_power_at(vfs.changes() + n);
            Outbox::open(before / "outbox.db", key.share()).map([](auto) {});
            reached = vfs.power_is_cut();
            vfs.leave_after_cut(after.path(), chance);
        }
        expect_all_there(*must(Outbox::open(after / "outbox.db", key.share())), rows);
        if (HasFailure()) FAIL() << "at change " << n;
    }
}

TEST_F(OutboxOfVersion1, GivesItsReadableRowsToAFreshFileWhenItIsDamaged) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    for (int i = 0; i < 40; ++i) rows.push_back({signed_request(), RequestState::Due, false, {}});
    write_version_1(path, key, rows);
    std::string bytes = read_file(path);
    std::memset(bytes.data() + bytes.size() / 2 / 4096 * 4096, 0xA5, 4096);
    write_file(path, bytes);
    const auto box = must(Outbox::open(path, key.share()));
    ASSERT_TRUE(box->damage());
    EXPECT_GE(box->damage()->rescued, 40);
    EXPECT_EQ(must(box->show(rows[0].request.id)).answer, answer_bytes);
    EXPECT_TRUE(must(box->verify()).problems.empty());
}

}  // namespace
}  // namespace uketsuke::net
