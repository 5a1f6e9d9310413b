#include "net/internal/outbox_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "net/internal/outbox_schema.h"

namespace uketsuke::net::internal {
namespace {

// SQLite's own limit (1000 pages) is reached after some 150 steps of a drain; with this one the pages that every step
// rewrites reach the file less often.
constexpr int checkpoint_pages = 4000;

std::string named(const std::filesystem::path& path, const std::string& what) {
    return "outbox " + path.string() + ": " + what;
}

Result<void> make_private_file(const std::filesystem::path& path) {
    // SQLite would make it with the umask's mode; -wal and -shm inherit the mode of this file.
    const UniqueFd fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (fd.ok()) return {};
    const int error = errno;
    const bool read_only = error == EACCES || error == EROFS || error == EPERM;
    const bool full = error == ENOSPC || error == EDQUOT;
    const Fault fault = full ? Fault::StorageFull : (read_only ? Fault::StorageReadOnly : Fault::StorageFailed);
    return fail(fault, named(path, std::strerror(error)));
}

}  // namespace

Result<UniqueFd> lock_outbox(const std::filesystem::path& path) {
    const std::filesystem::path lock_path = path.string() + ".lock";
    UniqueFd fd(::open(lock_path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.ok()) {
        const int error = errno;
        const bool full = error == ENOSPC || error == EDQUOT;
        const bool read_only = error == EACCES || error == EROFS || error == EPERM;
        return fail(full ? Fault::StorageFull : (read_only ? Fault::StorageReadOnly : Fault::StorageFailed),
                    named(path, "lock file: " + std::string(std::strerror(error))));
    }
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        std::array<char, 32> pid{};
        const ssize_t length = ::pread(fd.get(), pid.data(), pid.size() - 1, 0);
        std::string holder(pid.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
        if (holder.find_first_not_of("0123456789") != std::string::npos || holder.empty()) holder = "unknown";
        return fail(Fault::StorageBusy, named(path, "another kiosk holds it (process " + holder + ")"));
    }
    const std::string pid = std::to_string(::getpid());
    // Only words for the next one's message: a full disk must not keep the kiosk from opening what it has.
    if (::ftruncate(fd.get(), 0) == 0) {
        [[maybe_unused]] const ssize_t written = ::pwrite(fd.get(), pid.data(), pid.size(), 0);
    }
    return fd;
}

Result<std::vector<std::string>> damaged_pages(const Database& database, bool quick) {
    auto statement = database.prepare(quick ? "PRAGMA quick_check(20)" : "PRAGMA integrity_check(20)");
    if (!statement) return tl::unexpected(statement.error());
    std::vector<std::string> problems;
    for (;;) {
        const auto more = statement->row();
        if (!more) return tl::unexpected(more.error());
        if (!*more) return problems;
        const std::string line = statement->text(0);
        if (line != "ok") problems.push_back(line);
    }
}

Result<std::unique_ptr<Database>> open_checked(const std::filesystem::path& path, const OutboxOptions& options) {
    const bool kiosk = options.access == OutboxAccess::Kiosk;
    if (kiosk) {
        if (auto made = make_private_file(path); !made) return tl::unexpected(made.error());
    }
    const bool reads = options.access == OutboxAccess::Inspection;
    auto opened = Database::open(path, reads ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    if (!opened) return opened;
    const Database& database = **opened;
    std::string settings = "PRAGMA busy_timeout=" + std::to_string(options.busy_limit.count()) +
                           ";PRAGMA trusted_schema=OFF;PRAGMA cell_size_check=ON;PRAGMA temp_store=MEMORY;";
    if (!reads) settings += "PRAGMA secure_delete=ON;PRAGMA synchronous=FULL;PRAGMA journal_size_limit=20971520;";
    if (!reads) settings += "PRAGMA wal_autocheckpoint=" + std::to_string(checkpoint_pages) + ";";
    if (options.page_limit) settings += "PRAGMA max_page_count=" + std::to_string(*options.page_limit) + ";";
    if (auto done = database.run(settings); !done) return tl::unexpected(done.error());
    if (kiosk) {
        // Freed pages go back to the disk in purge(). On a file that has pages the pragma would write, and a file that
        // may be damaged is not written before it was looked at.
        const auto pages = database.value("PRAGMA page_count");
        if (!pages) return tl::unexpected(pages.error());
        if (*pages == "0") {
            if (auto set = database.run("PRAGMA auto_vacuum=INCREMENTAL"); !set) return tl::unexpected(set.error());
        }
        const auto mode = database.value("PRAGMA journal_mode=WAL");
        if (!mode) return tl::unexpected(mode.error());
        if (*mode != "wal") return fail(Fault::StorageFailed, named(path, "this file system cannot hold a WAL"));
    }
    const auto version = database.value("PRAGMA user_version");
    if (!version) return tl::unexpected(version.error());
    if (*version == "0" && kiosk) {
        // A foreign database has tables and no version of ours.
        const auto tables = database.value("SELECT count(*) FROM sqlite_schema");
        if (!tables) return tl::unexpected(tables.error());
        if (*tables != "0") return fail(Fault::StorageFailed, named(path, "it is some other program's database"));
        if (auto made = make_schema(database); !made) return tl::unexpected(made.error());
        return opened;
    }
    const bool earlier = *version == "1" || *version == "2" || *version == "3" || *version == "4";
    if (*version != std::to_string(schema_version) && !(earlier && kiosk)) {
        return fail(Fault::StorageFailed,
                    named(path, "version " + *version +
                                    (earlier ? " of the file is brought up to date when the kiosk starts"
                                             : " of the file is not one this program knows")));
    }
    const auto problems = damaged_pages(database, true);
    if (!problems) return tl::unexpected(problems.error());
    if (!problems->empty()) return fail(Fault::StorageDamaged, named(path, problems->front()));
    if (earlier) {
        const auto migrated = *version == "1"   ? migrate_from_1(database)
                              : *version == "2" ? migrate_from_2(database)
                              : *version == "3" ? migrate_from_3(database)
                                                : migrate_from_4(database);
        if (!migrated) return tl::unexpected(migrated.error());
    }
    return opened;
}

}  // namespace uketsuke::net::internal
