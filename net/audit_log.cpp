#include "net/audit_log.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <deque>
#include <fstream>
#include <mutex>

#include "net/internal/audit_head.h"
#include "net/internal/audit_line.h"
#include "net/internal/audit_seal.h"
#include "net/internal/hex.h"
#include "net/internal/place_file.h"
#include "net/internal/replace_file.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net {
namespace {

using internal::AuditHead;
using internal::AuditLine;
using internal::UniqueFd;

constexpr std::chrono::milliseconds longest_turn{2'000};

std::uint64_t size_of(int fd) {
    struct stat info {};
    return ::fstat(fd, &info) == 0 ? static_cast<std::uint64_t>(info.st_size) : 0;
}

}  // namespace

AuditMoment audit_moment_now() {
    AuditMoment moment;
    moment.wall = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    timespec up{};
    ::clock_gettime(CLOCK_BOOTTIME, &up);
    moment.up = std::chrono::milliseconds(std::int64_t{up.tv_sec} * 1'000 + up.tv_nsec / 1'000'000);
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::getline(file, moment.boot);
    return moment;
}

struct AuditLog::Parts {
    std::filesystem::path path;
    SealingKey key;
    SealingKey head_key;
    SealingKey line_key;
    SealingKey digest_key;
    AuditOptions options;
    UniqueFd lock;

    mutable std::mutex mutex;
    // What was read of the file so far; another file in its place is read from its beginning.
    dev_t device = 0;
    ino_t inode = 0;
    std::uint64_t read_up_to = 0;
    std::uint64_t number = 0;                      ///< of the last readable entry
    std::string last = internal::no_audit_hash;    ///< its hash
    std::string second = internal::no_audit_hash;  ///< of the one before
    bool half = false;                             ///< the file ends in a line without its end

    Parts(const std::filesystem::path& file, SealingKey given, AuditOptions chosen)
        : path(file),
          key(std::move(given)),
          head_key(internal::audit_head_key(key)),
          line_key(internal::audit_line_key(key)),
          digest_key(key.derive("audit log digest")),
          options(std::move(chosen)) {
        if (!options.now) options.now = audit_moment_now;
    }

    std::string name() const { return "audit log " + path.string(); }

    void took(const AuditLine& line) {
        number = line.entry.number;
        second = std::exchange(last, line.entry.hash);
    }

    Result<UniqueFd> open_file() {
        UniqueFd fd(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!fd.ok()) return tl::unexpected(internal::folder_error(errno, name()));
        struct stat info {};
        if (::fstat(fd.get(), &info) != 0 || !S_ISREG(info.st_mode)) {
            return fail(Fault::StorageFailed, name() + ": not a plain file");
        }
        const auto size = static_cast<std::uint64_t>(info.st_size);
        if (info.st_dev != device || info.st_ino != inode || size < read_up_to) {
            device = info.st_dev;
            inode = info.st_ino;
            read_up_to = number = 0;
            last = second = internal::no_audit_hash;
        }
        return fd;
    }

    /// What others appended since.
    Result<void> catch_up(int fd) {
        half = false;
        return internal::each_audit_line(fd, read_up_to, name(),
                                         [&](std::string_view text, std::uint64_t next, bool whole) {
                                             half = !whole;
                                             if (!whole) return false;
                                             internal::AuditLineFault fault{};
                                             const auto line = internal::read_stored_audit_line(text, &line_key, fault);
                                             if (line) took(*line);
                                             read_up_to = next;
                                             return true;
                                         });
    }

    /// Whether the head says what the file says; a line ahead of it is the one that it announced.
    bool agrees(const Result<AuditHead>& head) const {
        if (!head) return false;
        if (head->entries == number && head->hash == last) return true;
        return head->entries + 1 == number && head->hash == second && head->next == last;
    }

    Result<void> write_head(int fd, std::uint64_t entries, const std::string& hash, const std::string& next) const {
        return internal::write_audit_head(path, head_key, {entries, hash, next}, fd);
    }

    /// Moves the half line at the end of the file to "<path>.torn".
    Result<std::uint64_t> set_torn_aside(int fd) {
        const std::uint64_t size = size_of(fd) - read_up_to;
        std::string bytes(static_cast<std::size_t>(std::min<std::uint64_t>(size, internal::longest_audit_line)), '\0');
        const ssize_t got = ::pread(fd, bytes.data(), bytes.size(), static_cast<off_t>(read_up_to));
        bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        bytes += '\n';
        const std::string torn = path.string() + ".torn";
        const UniqueFd aside(::open(torn.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!aside.ok()) return tl::unexpected(internal::folder_error(errno, torn));
        if (auto kept = internal::write_whole(aside.get(), bytes, torn); !kept) return tl::unexpected(kept.error());
        if (::fsync(aside.get()) != 0 || ::ftruncate(fd, static_cast<off_t>(read_up_to)) != 0) {
            return tl::unexpected(internal::folder_error(errno, name()));
        }
        half = false;
        return size;
    }

    Result<void> write_line(int fd, const AuditAct& act, bool sound) {
        const AuditMoment now = options.now();
        AuditLine line;
        line.entry = {number + 1, now.wall, act, {}};
        line.boot = now.boot;
        line.up_ms = now.up.count();
        line.before = last;
        std::string text = internal::write_audit_line(line);
        if (options.sealed) text = internal::seal_audit_line(line_key, text);
        const std::uint64_t size = size_of(fd);
        // After a line that cannot be repaired a new one begins all the same.
        if (half) text.insert(text.begin(), '\n');
        if (size + text.size() > options.longest_file) {
            return fail(Fault::StorageFull, name() + ": it is as long as it may be; put it away and begin anew");
        }
        if (sound) {
            if (auto told = write_head(fd, number, last, line.entry.hash); !told) return told;
        }
        auto done = internal::write_whole(fd, text, name());
        if (done && ::fdatasync(fd) != 0) done = tl::unexpected(internal::folder_error(errno, name()));
        if (!done) {
            [[maybe_unused]] const int undone = ::ftruncate(fd, static_cast<off_t>(size));
            return done;
        }
        took(line);
        read_up_to = size + text.size();
        half = false;
        // The line is on the disk and the head has announced it: nothing is lost when this comes to nothing.
        if (sound) [[maybe_unused]]
            const auto ignored = write_head(fd, number, last, internal::no_audit_hash);
        return {};
    }

    /// Under the lock. `act`: nullptr to repair only.
    Result<void> append(const AuditAct* act) {
        auto fd = open_file();
        if (!fd) return tl::unexpected(fd.error());
        if (auto read = catch_up(fd->get()); !read) return read;
        auto head = internal::read_audit_head(path, head_key);
        const bool fresh = !head && head.error().fault == Fault::NotFound && size_of(fd->get()) == 0;
        if (fresh) {
            // The file's name first: a head without a file would say that something is gone.
            if (auto named = internal::sync_folder_of(path); !named) return named;
            if (auto made = write_head(fd->get(), 0, last, internal::no_audit_hash); !made) return made;
            head = AuditHead{0, last, internal::no_audit_hash};
        }
        // A head that disagrees stays as it is: a fitting one would hide what happened.
        const bool sound = agrees(head);
        if (half && sound) {
            const auto size = set_torn_aside(fd->get());
            if (!size) return tl::unexpected(size.error());
            const AuditAct torn{"kiosk", "torn line set aside", "", path.filename().string() + ".torn",
                                std::to_string(*size) + " bytes"};
            if (auto noted = write_line(fd->get(), torn, sound); !noted) return noted;
        }
        return act == nullptr ? Result<void>{} : write_line(fd->get(), *act, sound);
    }

    Result<void> append_in_turn(const AuditAct* act) {
        const std::lock_guard guard(mutex);
        const auto mine = internal::Turn::take(lock.get(), name(), longest_turn);
        return mine ? append(act) : tl::unexpected(mine.error());
    }
};

AuditLog::AuditLog(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
AuditLog::~AuditLog() = default;

Result<std::unique_ptr<AuditLog>> AuditLog::open(const std::filesystem::path& path, SealingKey key,
                                                 AuditOptions options) {
    auto parts = std::make_unique<Parts>(path, std::move(key), std::move(options));
    const std::string lock = path.string() + ".lock";
    parts->lock = UniqueFd(::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!parts->lock.ok()) return tl::unexpected(internal::folder_error(errno, lock));
    if (auto ready = parts->append_in_turn(nullptr); !ready) return tl::unexpected(ready.error());
    return std::unique_ptr<AuditLog>(new AuditLog(std::move(parts)));
}

Result<void> AuditLog::append(const AuditAct& act) {
    return m_parts->append_in_turn(&act);
}

Result<std::vector<AuditEntry>> AuditLog::latest(std::size_t at_most) const {
    std::deque<AuditEntry> newest;
    const auto keep = [&](const AuditEntry& entry) {
        newest.push_front(entry);
        if (newest.size() > at_most) newest.pop_back();
        return true;
    };
    const auto read = read_audit_log(m_parts->path, keep, m_parts->key.share());
    if (!read) return tl::unexpected(read.error());
    return std::vector<AuditEntry>(newest.begin(), newest.end());
}

std::string AuditLog::head() const {
    const std::lock_guard guard(m_parts->mutex);
    return m_parts->number == 0 ? std::string() : m_parts->last;
}

std::uint64_t AuditLog::entries() const {
    const std::lock_guard guard(m_parts->mutex);
    return m_parts->number;
}

std::string AuditLog::digest(std::string_view value) const {
    std::array<std::uint8_t, 16> digest{};
    crypto_generichash_blake2b(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(value.data()),
                               value.size(), m_parts->digest_key.bytes().data(), SealingKey::size);
    return internal::to_hex(std::span(digest).first(8));
}

}  // namespace uketsuke::net
