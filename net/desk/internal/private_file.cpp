#include "net/desk/internal/private_file.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "net/internal/place_file.h"

namespace uketsuke::net::internal {
namespace {

constexpr mode_t k_mode = 0600;

std::int64_t ns_of(const timespec& time) {
    return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

FileStamp stamp_of(const struct stat& info) {
    return {info.st_ino, info.st_size, ns_of(info.st_mtim), ns_of(info.st_ctim)};
}

// A folder that is missing is a fault of storage here, not of the receipt computer's.
Error storage_error(int system_error, const std::string& what) {
    Error error = folder_error(system_error, what);
    if (error.fault == Fault::FolderAway) error.fault = Fault::StorageFailed;
    return error;
}

bool write_all(int fd, std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(fd, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

}  // namespace

std::optional<FileStamp> stamp_of(const std::filesystem::path& file) {
    struct stat info {};
    if (::lstat(file.c_str(), &info) != 0) return std::nullopt;
    return stamp_of(info);
}

Result<PrivateText> read_private_file(const std::filesystem::path& file, std::size_t limit) {
    const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd.ok()) {
        if (errno == ENOENT) return fail(Fault::NotFound, file.string());
        if (errno == ELOOP) return fail(Fault::BadOptions, file.string() + ": is a link");
        return tl::unexpected(storage_error(errno, file.string()));
    }
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return tl::unexpected(storage_error(errno, file.string()));
    if (!S_ISREG(info.st_mode)) return fail(Fault::BadOptions, file.string() + ": not a plain file");
    if ((info.st_mode & 077) != 0) {
        return fail(Fault::BadOptions, file.string() + ": others may read or write it (chmod 600)");
    }
    if (static_cast<std::uint64_t>(info.st_size) > limit) {
        return fail(Fault::BadOptions, file.string() + ": more than " + std::to_string(limit) + " bytes");
    }
    std::string text(static_cast<std::size_t>(info.st_size), '\0');
    std::size_t have = 0;
    while (have < text.size()) {
        const ssize_t n = ::read(fd.get(), text.data() + have, text.size() - have);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return tl::unexpected(storage_error(errno, file.string()));
        if (n == 0) break;
        have += static_cast<std::size_t>(n);
    }
    text.resize(have);
    return PrivateText{std::move(text), stamp_of(info)};
}

namespace {

// Run by the administrator for the kiosk's user: the kiosk must go on reading what is written for it.
void give_to_the_folders_owner(int fd, const std::filesystem::path& file) {
    struct stat folder {};
    const auto parent = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    if (::geteuid() != 0 || ::stat(parent.c_str(), &folder) != 0) return;
    [[maybe_unused]] const int ignored = ::fchown(fd, folder.st_uid, folder.st_gid);
}

}  // namespace

Result<void> replace_private_file(const std::filesystem::path& file, std::string_view text) {
    const std::string part = file.string() + ".part";
    ::unlink(part.c_str());
    UniqueFd fd(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, k_mode));
    if (!fd.ok()) return tl::unexpected(storage_error(errno, part));
    give_to_the_folders_owner(fd.get(), file);
    int error = write_all(fd.get(), text) && ::fsync(fd.get()) == 0 ? 0 : errno;
    fd = UniqueFd();
    if (error == 0 && ::rename(part.c_str(), file.c_str()) != 0) error = errno;
    if (error != 0) {
        ::unlink(part.c_str());
        return tl::unexpected(storage_error(error, file.string()));
    }
    const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    const UniqueFd directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!directory.ok() || ::fsync(directory.get()) != 0) return tl::unexpected(storage_error(errno, folder.string()));
    return {};
}

Result<UniqueFd> lock_beside(const std::filesystem::path& file, std::chrono::milliseconds patience) {
    const std::string name = file.string() + ".lock";
    UniqueFd fd(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, k_mode));
    if (!fd.ok()) return tl::unexpected(storage_error(errno, name));
    give_to_the_folders_owner(fd.get(), file);
    const auto end = std::chrono::steady_clock::now() + patience;
    while (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return tl::unexpected(storage_error(errno, name));
        if (std::chrono::steady_clock::now() >= end) return fail(Fault::StorageBusy, name);
        ::poll(nullptr, 0, 10);
    }
    return fd;
}

}  // namespace uketsuke::net::internal
