// A kiosk that is updated keeps its queue: files of version 1, whose rows held payload and answer themselves, of
// version 2, which knew no marks and told nobody, of version 3, which kept no declarations, and of version 4, which
// kept no patients.

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

constexpr const char* version_2 =
    "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL;"
    "CREATE TABLE requests(seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, "
    "ask INTEGER NOT NULL DEFAULT 0, firm INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, "
    "queued_at INTEGER NOT NULL, next_at INTEGER NOT NULL, unreadable INTEGER NOT NULL DEFAULT 0, "
    "to_file INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '');"
    "CREATE TABLE payloads(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, queued_at INTEGER NOT NULL, "
    "payload BLOB NOT NULL);"
    "CREATE TABLE answers(seq INTEGER PRIMARY KEY, answer BLOB NOT NULL);"
    "CREATE TABLE answered_files(name BLOB PRIMARY KEY, contents BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE facts(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX requests_waiting ON requests(next_at, seq) WHERE state IN (0, 2);"
    "CREATE INDEX requests_to_file ON requests(seq) WHERE to_file = 1;"
    "PRAGMA user_version=2;";

constexpr const char* from_2_to_3 =
    "ALTER TABLE requests ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE requests ADD COLUMN to_notify INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE requests ADD COLUMN notify_at INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE requests ADD COLUMN notify_attempts INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE requests ADD COLUMN version INTEGER NOT NULL DEFAULT 0;"
    "CREATE INDEX requests_to_notify ON requests(notify_at, seq) WHERE to_notify = 1;"
    "PRAGMA user_version=3;";

constexpr const char* from_3_to_4 =
    "CREATE TABLE declarations(seq INTEGER PRIMARY KEY, id TEXT NOT NULL, declared_at INTEGER NOT NULL, "
    "kind INTEGER NOT NULL, form BLOB NOT NULL);"
    "PRAGMA user_version=4;";

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

void insert_row(sqlite3* database, const char* sql, const SealingKey& key, const Row& row, std::int64_t at) {
    sqlite3_stmt* insert = nullptr;
    ASSERT_EQ(sqlite3_prepare_v2(database, sql, -1, &insert, nullptr), SQLITE_OK) << sqlite3_errmsg(database);
    const std::string id = row.request.id.text();
    const bool answers_only = sqlite3_bind_parameter_count(insert) == 1;
    if (answers_only) {
        bind_bytes(insert, 1, seal(key, row.answer, id + " answer"));
    } else {
        sqlite3_bind_text(insert, 1, id.c_str(), -1, SQLITE_TRANSIENT);
        sqlite3_bind_int64(insert, 2, static_cast<int>(row.state));
        sqlite3_bind_int64(insert, 3, row.ask ? 1 : 0);
        sqlite3_bind_int64(insert, 4, at);
        bind_bytes(insert, 5, seal(key, encode(row.request), id));
        if (!row.answer.empty()) bind_bytes(insert, 6, seal(key, row.answer, id + " answer"));
    }
    EXPECT_EQ(sqlite3_step(insert), SQLITE_DONE) << sqlite3_errmsg(database);
    sqlite3_finalize(insert);
}

void write_version(int version, const std::filesystem::path& path, const SealingKey& key,
                   const std::vector<Row>& rows) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
    run(database, version == 1 ? version_1 : version_2);
    if (version >= 3) run(database, from_2_to_3);
    if (version >= 4) run(database, from_3_to_4);
    std::int64_t at = t0.time_since_epoch().count();
    for (const Row& row : rows) {
        if (version == 1) {
            insert_row(database,
                       "INSERT INTO requests(id, state, ask, queued_at, next_at, reason, payload, answer) "
                       "VALUES(?1, ?2, ?3, ?4, ?4, 'as it was', ?5, ?6)",
                       key, row, at);
        } else {
            insert_row(database,
                       "INSERT INTO requests(id, state, ask, queued_at, next_at, reason) "
                       "VALUES(?1, ?2, ?3, ?4, ?4, 'as it was')",
                       key, row, at);
            insert_row(database,
                       "INSERT INTO payloads(seq, id, queued_at, payload) "
                       "SELECT last_insert_rowid(), ?1, ?4, ?5 WHERE ?2 >= 0 AND ?3 >= 0",
                       key, row, at);
            if (!row.answer.empty()) {
                insert_row(database, "INSERT INTO answers(seq, answer) SELECT max(seq), ?1 FROM requests", key, row,
                           at);
            }
        }
        ++at;
    }
    sqlite3_stmt* insert = nullptr;
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

struct EarlierOutbox : ::testing::TestWithParam<int> {
    void write(const std::filesystem::path& path) const { write_version(GetParam(), path, key, rows); }
    SealingKey key = SealingKey::random();
    std::vector<Row> rows = one_of_each_state();
};

TEST_P(EarlierOutbox, IsBroughtUpToDateWithEveryRowAnswerAndState) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    write(path);
    for (int start = 0; start < 2; ++start) expect_all_there(*must(Outbox::open(path, key.share())), rows);
    const auto box = must(Outbox::open(path, key.share()));
    EXPECT_EQ(must(box->counts()).to_file, 0) << "what was delivered before is not filed now";
    EXPECT_EQ(must(box->counts()).to_notify, 0) << "nor told of";
    EXPECT_FALSE(must(box->next_notify_time()));
    const auto claim = must(box->claim(t0 + 1h, 60s));
    ASSERT_TRUE(claim);
    EXPECT_EQ(claim->request.id, rows[2].request.id) << "the oldest that waits";
    EXPECT_TRUE(claim->ask);
}

TEST_P(EarlierOutbox, IsLeftToTheKioskByTools) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    write(path);
    OutboxOptions options;
    options.access = OutboxAccess::Maintenance;
    const auto opened = Outbox::open(path, key.share(), options);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().where, ::testing::HasSubstr("when the kiosk starts"));
}

TEST_P(EarlierOutbox, IsWholeAfterAFaultAtAnyCallOfTheUpdate) {
    for (const IoFault kind : {IoFault::Error, IoFault::Full}) {
        bool reached = true;
        for (std::int64_t n = 0; reached; ++n) {
            const ScratchFolder folder = memory_folder();
            const std::filesystem::path path = folder / "outbox.db";
            write(path);
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

TEST_P(EarlierOutbox, IsWholeAfterThePowerWentDuringTheUpdate) {
    std::mt19937_64 chance(20'251'121);
    bool reached = true;
    for (std::int64_t n = 0; reached; ++n) {
        const ScratchFolder before = memory_folder();
        const ScratchFolder after = memory_folder();
        {
            FaultVfs vfs;
            vfs.hold_unsynced_writes();
            write(before / "outbox.db");
            vfs.cut_power_at(vfs.changes() + n);
            Outbox::open(before / "outbox.db", key.share()).map([](auto) {});
            reached = vfs.power_is_cut();
            vfs.leave_after_cut(after.path(), chance);
        }
        expect_all_there(*must(Outbox::open(after / "outbox.db", key.share())), rows);
        if (HasFailure()) FAIL() << "at change " << n;
    }
}

TEST_P(EarlierOutbox, GivesItsReadableRowsToAFreshFileWhenItIsDamaged) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    for (int i = 0; i < 40; ++i) rows.push_back({signed_request(), RequestState::Due, false, {}});
    write(path);
    std::string bytes = read_file(path);
    std::memset(bytes.data() + bytes.size() / 2 / 4096 * 4096, 0xA5, 4096);
    write_file(path, bytes);
    const auto box = must(Outbox::open(path, key.share()));
    ASSERT_TRUE(box->damage());
    EXPECT_GE(box->damage()->rescued, 40);
    EXPECT_EQ(must(box->show(rows[0].request.id)).answer, answer_bytes);
    EXPECT_TRUE(must(box->verify()).problems.empty());
}

TEST_P(EarlierOutbox, KeepsMarksAndTellsOfNewArrivalsOnceItIsBroughtUpToDate) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    write(path);
    OutboxOptions options;
    options.notify = true;
    const auto box = must(Outbox::open(path, key.share(), options));
    must(box->mark(rows[0].request.id, Mark::Reconciled, true, t0));
    EXPECT_TRUE(must(box->list()).at(0).has(Mark::Reconciled));
    const SignedRequest arrival = signed_request();
    must(box->enqueue(arrival, t0));
    EXPECT_EQ(must(box->next_to_notify(t0))->summary.id, arrival.id);
}

TEST_P(EarlierOutbox, KeepsFormsOnceItIsBroughtUpToDate) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    write(path);
    const std::vector<std::uint8_t> form(5000, 'f');
    must(must(Outbox::open(path, key.share()))->declare(rows[0].request.id, form, t0));
    const auto box = must(Outbox::open(path, key.share()));
    EXPECT_EQ(must(box->declaration(rows[0].request.id)), form);
    EXPECT_TRUE(must(box->list()).at(0).has_declaration);
    EXPECT_FALSE(must(box->list()).at(1).has_declaration);
}

TEST_P(EarlierOutbox, KeepsPatientsOnceItIsBroughtUpToDate) {
    const ScratchFolder folder;
    const std::filesystem::path path = folder / "outbox.db";
    write(path);
    CarePatient patient;
    patient.certificate_sha256 = "abc";
    const SignedRequest visit = signed_request();
    must(must(Outbox::open(path, key.share()))->enqueue(visit, patient, t0));
    const auto box = must(Outbox::open(path, key.share()));
    EXPECT_EQ(must(box->care()).at(0).latest, visit.id);
    EXPECT_FALSE(must(box->list()).at(0).received_nobody);
}

INSTANTIATE_TEST_SUITE_P(OfVersion, EarlierOutbox, ::testing::Values(1, 2, 3, 4));

}  // namespace
}  // namespace uketsuke::net
