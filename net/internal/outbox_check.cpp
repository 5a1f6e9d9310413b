#include <array>
#include <set>

#include "net/internal/outbox_file.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::string_view check_name = "key check";
constexpr std::array<std::uint8_t, 8> check_plain{'u', 'k', 'e', 't', 's', 'u', 'k', 'e'};
constexpr std::array<const char*, 3> suffixes{"", "-wal", "-shm"};

bool carry_over(Statement& from, Statement& into, const SealingKey& key, std::set<std::string>& seen) {
    const std::string id = from.text(0);
    if (!RequestId::parse(id) || seen.contains(id)) return false;
    auto plain = unseal(key, from.bytes(7), id);
    if (!plain) return false;
    wipe(*plain);
    into.bind(1, id);
    for (int column = 1; column <= 5; ++column) into.bind(column + 1, from.integer(column));
    into.bind(7, from.text(6)).bind(8, from.bytes(7));
    const auto answer = from.bytes(8);
    if (answer.empty()) {
        into.bind_null(9);
    } else {
        into.bind(9, answer);
    }
    if (!into.run()) return false;
    seen.insert(id);
    return true;
}

}  // namespace

Result<void> store_key_check(const Database& database, const SealingKey& key) {
    const std::vector<std::uint8_t> sealed = seal(key, check_plain, check_name);
    auto insert = database.prepare("INSERT OR REPLACE INTO facts(name, value) VALUES(?1, ?2)");
    if (!insert) return tl::unexpected(insert.error());
    return insert->bind(1, check_name).bind(2, sealed).run();
}

Result<void> check_key(const Database& database, const std::filesystem::path& path, const SealingKey& key,
                       bool may_write) {
    auto select = database.prepare("SELECT value FROM facts WHERE name = ?1");
    if (!select) return tl::unexpected(select.error());
    const auto found = select->bind(1, check_name).row();
    if (!found) return tl::unexpected(found.error());
    if (!*found) return may_write ? store_key_check(database, key) : Result<void>{};
    if (!unseal(key, select->bytes(0), check_name)) {
        return fail(Fault::BadKey, "outbox " + path.string() + ": it was sealed with another key");
    }
    return {};
}

Result<std::filesystem::path> set_aside(const std::filesystem::path& path) {
    std::filesystem::path copy;
    std::error_code error;
    for (int n = 1; copy.empty() || std::filesystem::exists(copy, error); ++n) {
        copy = path.string() + ".damaged-" + std::to_string(n);
    }
    for (const char* suffix : suffixes) {
        const std::filesystem::path from = path.string() + suffix;
        if (*suffix != '\0' && !std::filesystem::exists(from, error)) continue;
        std::filesystem::rename(from, copy.string() + suffix, error);
        if (error) {
            return fail(Fault::StorageFailed,
                        "outbox " + path.string() + ": damaged, and no copy of it can be kept: " + error.message());
        }
    }
    return copy;
}

std::int64_t rescue_rows(const std::filesystem::path& copy, const Database& fresh, const SealingKey& key) {
    // SQLite may write while it reads (recovering a WAL), so it gets a copy of the copy.
    const std::string work = copy.string() + ".reading";
    std::error_code error;
    for (const char* suffix : {"", "-wal"}) {
        std::filesystem::copy_file(copy.string() + suffix, work + suffix,
                                   std::filesystem::copy_options::overwrite_existing, error);
    }
    std::set<std::string> seen;
    if (const auto damaged = Database::open(work, SQLITE_OPEN_READWRITE, "damaged outbox")) {
        auto into = fresh.prepare(
            "INSERT OR IGNORE INTO requests(id, state, ask, attempts, queued_at, next_at, reason, payload, answer) "
            "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        // From both ends: a broken page in the middle hides what lies behind it.
        for (const char* order : {"ASC", "DESC"}) {
            auto from = (*damaged)->prepare(
                std::string("SELECT id, state, ask, attempts, queued_at, next_at, reason, payload, answer "
                            "FROM requests NOT INDEXED ORDER BY seq ") +
                order);
            if (!into || !from) break;
            while (from->row().value_or(false)) carry_over(*from, *into, key, seen);
        }
    }
    for (const char* suffix : suffixes) std::filesystem::remove(work + suffix, error);
    return static_cast<std::int64_t>(seen.size());
}

}  // namespace uketsuke::net::internal
