#include "net/internal/place_file.h"

#include <fcntl.h>
#include <linux/fs.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "net/internal/unique_fd.h"

namespace uketsuke::net::internal {
namespace {

// What another clinic program may read; the folder's own rights decide who reaches it.
constexpr mode_t file_mode = 0640;

Result<void> write_all(int fd, std::string_view bytes, const std::string& what) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return tl::unexpected(folder_error(errno, what));
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

// Not every file system can refuse an existing name within the rename; there the check comes a moment before.
int rename_without_overwriting(const std::string& from, const std::string& to) {
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
    if (errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP) return errno;
    if (is_taken(to)) return EEXIST;
    return ::rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

Result<Placed> compare(const std::filesystem::path& file, std::string_view bytes) {
    const auto there = read_plain_file(file, bytes.size());
    if (there && *there == bytes) return Placed::AlreadyThere;
    return fail(Fault::Conflict, file.string() + ": another file has this name");
}

}  // namespace

Error folder_error(int system_error, const std::string& what) {
    const std::string where = what + ": " + std::strerror(system_error);
    switch (system_error) {
        case ENOSPC:
        case EDQUOT:
            return {Fault::StorageFull, where};
        case EACCES:
        case EPERM:
        case EROFS:
            return {Fault::StorageReadOnly, where};
        case ENOENT:
        case ENOTDIR:
        case ENODEV:
        case ENXIO:
        case EIO:
        case ESTALE:
        case EHOSTDOWN:
        case EHOSTUNREACH:
        case ENETUNREACH:
        case ENOTCONN:
        case ECONNREFUSED:
        case ECONNRESET:
        case ETIMEDOUT:
            return {Fault::FolderAway, where};
    }
    return {Fault::StorageFailed, where};
}

bool is_taken(const std::filesystem::path& file) {
    struct stat info {};
    return ::lstat(file.c_str(), &info) == 0;
}

Result<std::string> read_plain_file(const std::filesystem::path& file, std::size_t limit) {
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd.ok()) {
        const int error = errno;
        if (error == ENOENT || error == ELOOP) return fail(Fault::NotFound, file.string() + ": not a plain file");
        return tl::unexpected(folder_error(error, file.string()));
    }
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return tl::unexpected(folder_error(errno, file.string()));
    if (!S_ISREG(info.st_mode)) return fail(Fault::NotFound, file.string() + ": not a plain file");
    const auto too_big = [&] {
        return fail(Fault::AnswerTooBig, file.string() + ": more than " + std::to_string(limit) + " bytes");
    };
    if (static_cast<std::uint64_t>(info.st_size) > limit) return too_big();
    std::string bytes;
    std::array<char, 16'384> chunk{};
    for (;;) {
        const ssize_t n = ::read(fd.get(), chunk.data(), chunk.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return tl::unexpected(folder_error(errno, file.string()));
        if (n == 0) return bytes;
        bytes.append(chunk.data(), static_cast<std::size_t>(n));
        if (bytes.size() > limit) return too_big();
    }
}

Result<Placed> place_file(const std::filesystem::path& folder, const std::string& name, std::string_view bytes) {
    const std::string target = (folder / name).string();
    if (is_taken(target)) return compare(target, bytes);
    // A part that a crash left is ours and half: it goes. The reader looks for names that end in .xml.
    const std::string part = target + ".part";
    ::unlink(part.c_str());
    UniqueFd fd(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, file_mode));
    if (!fd.ok()) return tl::unexpected(folder_error(errno, part));
    auto written = write_all(fd.get(), bytes, part);
    if (written && ::fsync(fd.get()) != 0) written = tl::unexpected(folder_error(errno, part));
    fd = UniqueFd();
    const int error = written ? rename_without_overwriting(part, target) : 0;
    if (!written || error != 0) ::unlink(part.c_str());
    if (!written) return tl::unexpected(written.error());
    if (error == EEXIST) return compare(target, bytes);
    if (error != 0) return tl::unexpected(folder_error(error, target));
    // Servers that know no sync of a folder say so; the name is then as durable as they make it.
    const UniqueFd directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.ok()) [[maybe_unused]]
        const int ignored = ::fsync(directory.get());
    return Placed::New;
}

}  // namespace uketsuke::net::internal
