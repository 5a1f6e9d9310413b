#include "net/internal/replace_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "net/internal/place_file.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::chrono::milliseconds look_again{2};

}  // namespace

std::filesystem::path draft_of(const std::filesystem::path& file) {
    return file.string() + ".new";
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

Result<void> replace_file(const std::filesystem::path& file, std::string_view bytes, int owner_like) {
    const std::string target = file.string();
    const std::string draft = draft_of(file).string();
    ::unlink(draft.c_str());
    UniqueFd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.ok()) return tl::unexpected(folder_error(errno, draft));
    // A tool that the system's administrator runs must not take the file away from the kiosk's user.
    struct stat owner {};
    if (::geteuid() == 0 && owner_like >= 0 && ::fstat(owner_like, &owner) == 0) [[maybe_unused]]
        const int ignored = ::fchown(fd.get(), owner.st_uid, owner.st_gid);
    auto done = write_whole(fd.get(), bytes, draft);
    if (done && ::fsync(fd.get()) != 0) done = tl::unexpected(folder_error(errno, draft));
    fd = UniqueFd();
    if (done && ::rename(draft.c_str(), target.c_str()) != 0) done = tl::unexpected(folder_error(errno, target));
    if (!done) {
        ::unlink(draft.c_str());
        return done;
    }
    return sync_folder_of(file);
}

Result<Turn> Turn::take(int fd, const std::string& name, std::chrono::milliseconds longest) {
    const auto until = std::chrono::steady_clock::now() + longest;
    while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) return tl::unexpected(folder_error(errno, name));
        if (std::chrono::steady_clock::now() >= until) {
            return fail(Fault::StorageBusy, name + ": another program holds it");
        }
        std::this_thread::sleep_for(look_again);
    }
    return Turn(fd);
}

Turn::~Turn() {
    if (m_fd >= 0) ::flock(m_fd, LOCK_UN);
}

}  // namespace uketsuke::net::internal
