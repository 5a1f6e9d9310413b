#include "net/internal/audit_head.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <vector>

#include "net/internal/hex.h"
#include "net/internal/place_file.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::string_view associated = "audit log head";
constexpr std::size_t hash_size = 32;
constexpr std::size_t plain_size = 8 + 2 * hash_size;

void append_hash(std::vector<std::uint8_t>& bytes, const std::string& hash) {
    const auto raw = from_hex<hash_size>(hash).value_or(std::array<std::uint8_t, hash_size>{});
    bytes.insert(bytes.end(), raw.begin(), raw.end());
}

}  // namespace

std::filesystem::path audit_head_file(const std::filesystem::path& log) {
    return log.string() + ".head";
}

SealingKey audit_head_key(const SealingKey& key) {
    return key.derive(associated);
}

Result<AuditHead> read_audit_head(const std::filesystem::path& log, const SealingKey& head_key) {
    const std::filesystem::path file = audit_head_file(log);
    const auto sealed = read_plain_file(file, plain_size + seal_overhead);
    const auto foreign = [&] {
        return fail(Fault::BadPayload, file.string() + ": its seal does not hold: altered, or of another key");
    };
    if (!sealed) return sealed.error().fault == Fault::AnswerTooBig ? foreign() : tl::unexpected(sealed.error());
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(sealed->data()), sealed->size());
    const auto plain = unseal(head_key, bytes, associated);
    if (!plain || plain->size() != plain_size) return foreign();
    AuditHead head;
    for (std::size_t i = 0; i < 8; ++i) head.entries |= std::uint64_t{(*plain)[i]} << (8 * i);
    head.hash = to_hex(std::span(*plain).subspan(8, hash_size));
    head.next = to_hex(std::span(*plain).subspan(8 + hash_size));
    return head;
}

Result<void> write_whole(int fd, std::string_view bytes, const std::string& what) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        // A limit on files is no other trouble than a full disk.
        const int error = written < 0 && errno != EFBIG ? errno : ENOSPC;
        if (written <= 0) return tl::unexpected(folder_error(error, what));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

Result<void> sync_folder_of(const std::filesystem::path& file) {
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd.ok() || ::fsync(fd.get()) != 0) return tl::unexpected(folder_error(errno, folder.string()));
    return {};
}

Result<void> write_audit_head(const std::filesystem::path& log, const SealingKey& head_key, const AuditHead& head,
                              int owner_like) {
    std::vector<std::uint8_t> plain;
    plain.reserve(plain_size);
    for (std::size_t i = 0; i < 8; ++i) plain.push_back(static_cast<std::uint8_t>(head.entries >> (8 * i)));
    append_hash(plain, head.hash);
    append_hash(plain, head.next);
    const std::vector<std::uint8_t> sealed = seal(head_key, plain, associated);
    const std::string target = audit_head_file(log).string();
    const std::string draft = target + ".new";
    ::unlink(draft.c_str());
    UniqueFd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.ok()) return tl::unexpected(folder_error(errno, draft));
    // A tool that the system's administrator runs must not take the head away from the kiosk's user.
    struct stat owner {};
    if (::geteuid() == 0 && ::fstat(owner_like, &owner) == 0) [[maybe_unused]]
        const int ignored = ::fchown(fd.get(), owner.st_uid, owner.st_gid);
    auto done = write_whole(fd.get(), {reinterpret_cast<const char*>(sealed.data()), sealed.size()}, draft);
    if (done && ::fsync(fd.get()) != 0) done = tl::unexpected(folder_error(errno, draft));
    fd = UniqueFd();
    if (done && ::rename(draft.c_str(), target.c_str()) != 0) done = tl::unexpected(folder_error(errno, target));
    if (!done) {
        ::unlink(draft.c_str());
        return done;
    }
    return sync_folder_of(log);
}

}  // namespace uketsuke::net::internal
