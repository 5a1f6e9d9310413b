#pragma once
// SQLite as values: a connection and prepared statements whose failures are net::Error with the file's name in front.
// One thread at a time. Statements must go before their connection.

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"

namespace uketsuke::net::internal {

class Database;

/// A prepared statement. After run() or the last row() it is reset and ready for the next use.
class Statement {
  public:
    Statement() = default;

    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view text);                ///< copied
    Statement& bind(int index, std::span<const std::uint8_t> bytes);  ///< must outlive the step
    Statement& bind_null(int index);

    /// True: a row is there. False: done, and the statement was reset. An error resets it too.
    Result<bool> row();
    /// Runs to the end, ignoring rows.
    Result<void> run();
    void reset();

    std::int64_t integer(int column) const;
    bool is_null(int column) const;
    std::string text(int column) const;
    std::span<const std::uint8_t> bytes(int column) const;  ///< valid until the next row() or reset()

  private:
    friend class Database;
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
    const Database* m_database = nullptr;
};

class Database {
  public:
    /// `flags` as for sqlite3_open_v2. Not movable once statements exist, hence on the heap.
    static Result<std::unique_ptr<Database>> open(const std::filesystem::path& path, int flags,
                                                  std::string_view what = "outbox");

    Result<void> run(const std::string& sql) const;
    Result<Statement> prepare(std::string_view sql) const;
    /// The first column of the first row as text ("" when there is none).
    Result<std::string> value(const std::string& sql) const;
    std::int64_t changes() const { return sqlite3_changes64(m_handle.get()); }
    std::int64_t total_changes() const { return sqlite3_total_changes64(m_handle.get()); }
    std::int64_t last_row() const { return sqlite3_last_insert_rowid(m_handle.get()); }
    /// Ends an open transaction without keeping it; nothing when SQLite has ended it by itself.
    void undo() const;

    /// The last failure of this connection as an error.
    Error error(int code) const;
    sqlite3* handle() const { return m_handle.get(); }

  private:
    struct Closer {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    Database(sqlite3* handle, std::string name) : m_handle(handle), m_name(std::move(name)) {}
    std::unique_ptr<sqlite3, Closer> m_handle;
    std::string m_name;
};

}  // namespace uketsuke::net::internal
