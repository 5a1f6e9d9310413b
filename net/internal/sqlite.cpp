#include "net/internal/sqlite.h"

#include <cerrno>

namespace uketsuke::net::internal {
namespace {

Fault fault_of(int code, int system_error) {
    const bool no_space = system_error == ENOSPC || system_error == EDQUOT;
    const bool no_write = system_error == EACCES || system_error == EROFS || system_error == EPERM;
    switch (code & 0xff) {
        case SQLITE_FULL:
            return Fault::StorageFull;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Fault::StorageDamaged;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Fault::StorageBusy;
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return Fault::StorageReadOnly;
        case SQLITE_CANTOPEN:
            return no_write ? Fault::StorageReadOnly : Fault::StorageFailed;
        case SQLITE_IOERR:
            return no_space ? Fault::StorageFull : (no_write ? Fault::StorageReadOnly : Fault::StorageFailed);
    }
    return Fault::StorageFailed;
}

}  // namespace

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& path, int flags, std::string_view what) {
    sqlite3* handle = nullptr;
    const int rc = sqlite3_open_v2(path.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
    std::unique_ptr<Database> database(new Database(handle, std::string(what) + " " + path.string()));
    if (handle == nullptr) return fail(Fault::Internal, database->m_name + ": out of memory");
    if (rc != SQLITE_OK) return tl::unexpected(database->error(rc));
    return database;
}

Error Database::error(int code) const {
    const Fault fault = fault_of(code, sqlite3_system_errno(m_handle.get()));
    // errmsg of a constraint may quote the schema, never a value.
    return Error{fault, m_name + ": " + sqlite3_errmsg(m_handle.get())};
}

Result<void> Database::run(const std::string& sql) const {
    const int rc = sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) return tl::unexpected(error(rc));
    return {};
}

void Database::undo() const {
    if (sqlite3_get_autocommit(m_handle.get()) == 0) [[maybe_unused]]
        const auto undone = run("ROLLBACK");
}

Result<Statement> Database::prepare(std::string_view sql) const {
    sqlite3_stmt* raw = nullptr;
    const int rc = sqlite3_prepare_v3(m_handle.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    Statement statement;
    statement.m_statement.reset(raw);
    statement.m_database = this;
    if (rc != SQLITE_OK) return tl::unexpected(error(rc));
    return statement;
}

Result<std::string> Database::value(const std::string& sql) const {
    auto statement = prepare(sql);
    if (!statement) return tl::unexpected(statement.error());
    const auto found = statement->row();
    if (!found) return tl::unexpected(found.error());
    return *found ? statement->text(0) : std::string();
}

Statement& Statement::bind(int index, std::int64_t value) {
    sqlite3_bind_int64(m_statement.get(), index, value);
    return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
    sqlite3_bind_text64(m_statement.get(), index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return *this;
}

Statement& Statement::bind(int index, std::span<const std::uint8_t> bytes) {
    // A null pointer would bind NULL; an empty blob is meant.
    static constexpr std::uint8_t nothing = 0;
    const std::uint8_t* data = bytes.empty() ? &nothing : bytes.data();
    sqlite3_bind_blob64(m_statement.get(), index, data, bytes.size(), SQLITE_STATIC);
    return *this;
}

Statement& Statement::bind_null(int index) {
    sqlite3_bind_null(m_statement.get(), index);
    return *this;
}

Result<bool> Statement::row() {
    const int rc = sqlite3_step(m_statement.get());
    if (rc == SQLITE_ROW) return true;
    if (rc == SQLITE_DONE) {
        reset();
        return false;
    }
    const Error error = m_database->error(rc);
    reset();
    return tl::unexpected(error);
}

Result<void> Statement::run() {
    for (;;) {
        const auto more = row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return {};
    }
}

void Statement::reset() {
    sqlite3_reset(m_statement.get());
    sqlite3_clear_bindings(m_statement.get());
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::string Statement::text(int column) const {
    const auto* data = sqlite3_column_text(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return data == nullptr ? std::string()
                           : std::string(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size));
}

std::span<const std::uint8_t> Statement::bytes(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(m_statement.get(), column));
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace uketsuke::net::internal
