#include "net/internal/outbox_schema.h"

namespace uketsuke::net::internal {
namespace {

// The steps of a drain rewrite a row of `requests` and nothing large: payload and answer stand in tables of their own.
// `payloads` knows enough to be sent again alone, should the page of its row be lost. Rows that wait to be claimed
// (due, processing) have an index of their own, so that claim() does not slow down with the delivered ones; a row in
// flight has left it, and its next_at is the lease's end.
constexpr const char* tables = R"sql(
CREATE TABLE requests(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, ask INTEGER NOT NULL DEFAULT 0,
  firm INTEGER NOT NULL DEFAULT 0, attempts INTEGER NOT NULL DEFAULT 0, queued_at INTEGER NOT NULL,
  next_at INTEGER NOT NULL, unreadable INTEGER NOT NULL DEFAULT 0, to_file INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT '', marks INTEGER NOT NULL DEFAULT 0, to_notify INTEGER NOT NULL DEFAULT 0,
  notify_at INTEGER NOT NULL DEFAULT 0, notify_attempts INTEGER NOT NULL DEFAULT 0,
  version INTEGER NOT NULL DEFAULT 0, kind INTEGER NOT NULL DEFAULT 0, patient INTEGER NOT NULL DEFAULT 0);
CREATE TABLE payloads(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, queued_at INTEGER NOT NULL, payload BLOB NOT NULL);
CREATE TABLE answers(seq INTEGER PRIMARY KEY, answer BLOB NOT NULL);
CREATE TABLE answered_files(name BLOB PRIMARY KEY, contents BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char* facts = "CREATE TABLE facts(name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;";

// Where nobody is told, the index is empty and costs a drain nothing.
constexpr const char* notify_index = "CREATE INDEX requests_to_notify ON requests(notify_at, seq) WHERE to_notify = 1;";

constexpr const char* indexes = R"sql(
CREATE INDEX requests_waiting ON requests(next_at, seq) WHERE state IN (0, 2);
CREATE INDEX requests_to_file ON requests(seq) WHERE to_file = 1;
)sql";

// Self-declarations, with the reception that they were made for (kind: FormKind). A form is some hundred kilobytes and
// stands last, so that what is asked of every row reads none of it; like a payload it knows whose it is.
constexpr const char* declarations = R"sql(
CREATE TABLE declarations(
  seq INTEGER PRIMARY KEY, id TEXT NOT NULL, declared_at INTEGER NOT NULL, kind INTEGER NOT NULL, form BLOB NOT NULL);
)sql";

// The columns stand where a fresh file has them. Rows are not rewritten: SQLite gives what they lack its default.
constexpr const char* add_notify_columns = R"sql(
ALTER TABLE requests ADD COLUMN marks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN to_notify INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN notify_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN notify_attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
)sql";

// Patients in continuing care: nothing of them can be read but how many there are, and which requests are about the
// same one (requests.patient). Requests of a kind of their own (RequestKind) say in clear what they are, since the
// order depends on it. At a counter both indexes are empty and cost a drain nothing.
constexpr const char* care = R"sql(
CREATE TABLE care(number INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
CREATE INDEX requests_first ON requests(next_at, seq) WHERE kind = 2 AND state IN (0, 2);
CREATE INDEX requests_of_patients ON requests(patient, seq) WHERE patient <> 0 AND state < 2;
)sql";

constexpr const char* add_care_columns = R"sql(
ALTER TABLE requests ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE requests ADD COLUMN patient INTEGER NOT NULL DEFAULT 0;
)sql";

constexpr const char* move_rows = R"sql(
INSERT INTO requests(seq, id, state, ask, firm, attempts, queued_at, next_at, reason)
  SELECT seq, id, state, ask, firm, attempts, queued_at, next_at, reason FROM requests_1 ORDER BY seq;
INSERT INTO payloads SELECT seq, id, queued_at, payload FROM requests_1 ORDER BY seq;
INSERT INTO answers SELECT seq, answer FROM requests_1 WHERE answer IS NOT NULL ORDER BY seq;
DROP TABLE requests_1;
)sql";

Result<void> all_or_nothing(const Database& database, const std::string& sql) {
    auto done =
        database.run("BEGIN IMMEDIATE;" + sql + "PRAGMA user_version=" + std::to_string(schema_version) + ";COMMIT;");
    if (!done) database.undo();
    return done;
}

}  // namespace

Result<void> make_schema(const Database& database) {
    return all_or_nothing(database, std::string(tables) + declarations + facts + indexes + notify_index + care);
}

Result<void> migrate_from_1(const Database& database) {
    auto done = all_or_nothing(
        database, std::string("DROP INDEX requests_waiting; ALTER TABLE requests RENAME TO requests_1;") + tables +
                      declarations + move_rows + indexes + notify_index + care);
    // Space that cannot be given back now is used again by the rows to come.
    if (done) [[maybe_unused]]
        const auto shrunk = database.run("PRAGMA incremental_vacuum");
    return done;
}

Result<void> migrate_from_2(const Database& database) {
    return all_or_nothing(database,
                          std::string(add_notify_columns) + add_care_columns + declarations + notify_index + care);
}

Result<void> migrate_from_3(const Database& database) {
    return all_or_nothing(database, std::string(declarations) + add_care_columns + care);
}

Result<void> migrate_from_4(const Database& database) {
    return all_or_nothing(database, std::string(add_care_columns) + care);
}

}  // namespace uketsuke::net::internal
