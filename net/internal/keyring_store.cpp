#include "net/internal/keyring_store.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "net/internal/place_file.h"
#include "net/internal/replace_file.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net::internal {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Result<UniqueFd> open_to_write(const std::filesystem::path& path) {
    UniqueFd fd(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    struct stat info {};
    if (!fd.ok() || ::fstat(fd.get(), &info) != 0) return tl::unexpected(folder_error(errno, path.string()));
    if (!S_ISREG(info.st_mode)) return fail(Fault::StorageFailed, path.string() + ": not a plain file");
    return fd;
}

Result<void> write_at(int fd, std::size_t at, std::span<const std::uint8_t> bytes, const std::string& name) {
    while (!bytes.empty()) {
        const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return tl::unexpected(folder_error(written < 0 ? errno : ENOSPC, name));
        at += static_cast<std::size_t>(written);
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    if (::fsync(fd) != 0) return tl::unexpected(folder_error(errno, name));
    return {};
}

// The file keeps its size, so that the noise lies where the wraps were.
Result<void> overwrite_body(int fd, const std::string& name) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) return tl::unexpected(folder_error(errno, name));
    const auto size = std::min<std::uint64_t>(static_cast<std::uint64_t>(info.st_size), longest_keyring_file);
    if (size <= keyring_head_size) return {};
    std::vector<std::uint8_t> noise(static_cast<std::size_t>(size) - keyring_head_size);
    randombytes_buf(noise.data(), noise.size());
    return write_at(fd, keyring_head_size, noise, name);
}

// A full disk has room for no second file, and the queue that would empty it opens with a code only: where nothing but
// the count changes, the head is written where it lies. It lies in one sector.
bool differs_in_head_alone(const std::filesystem::path& path, std::string_view bytes) {
    const auto there = read_plain_file(path, longest_keyring_file);
    return there && there->size() == bytes.size() && bytes.size() >= keyring_head_size &&
           there->substr(keyring_head_size) == bytes.substr(keyring_head_size);
}

Result<void> discard_draft(const std::filesystem::path& path) {
    const std::filesystem::path draft = draft_of(path);
    if (!is_taken(draft)) return {};
    if (const auto fd = open_to_write(draft)) {
        if (auto gone = overwrite_body(fd->get(), draft.string()); !gone) return gone;
    }
    if (::unlink(draft.c_str()) != 0) return tl::unexpected(folder_error(errno, draft.string()));
    return {};
}

}  // namespace

Result<KeyringFile> read_keyring(const std::filesystem::path& path, const SealingKey& key) {
    const auto bytes = read_plain_file(path, longest_keyring_file);
    if (!bytes && bytes.error().fault == Fault::AnswerTooBig) return fail(Fault::BadPayload, bytes.error().where);
    if (!bytes) return tl::unexpected(bytes.error());
    auto file = decode_keyring(bytes_of(*bytes), key);
    if (!file) file.error().where = path.string() + ": " + file.error().where;
    return file;
}

Result<void> write_keyring(const std::filesystem::path& path, const KeyringFile& file, const SealingKey& key) {
    if (auto gone = discard_draft(path); !gone) return gone;
    const auto before = is_taken(path) ? open_to_write(path) : Result<UniqueFd>(UniqueFd());
    if (!before) return tl::unexpected(before.error());
    const std::string bytes = encode_keyring(file, key);
    if (auto written = replace_file(path, bytes, before->get()); !written) {
        const bool full = written.error().fault == Fault::StorageFull;
        if (!full || !before->ok() || !differs_in_head_alone(path, bytes)) return written;
        return write_at(before->get(), 0, bytes_of(std::string_view(bytes).substr(0, keyring_head_size)),
                        path.string());
    }
    // A wrap that was removed, or that is destroyed later, must not go on lying in what the file system calls free.
    return before->ok() ? overwrite_body(before->get(), path.string()) : Result<void>{};
}

Result<void> destroy_keyring(const std::filesystem::path& path, const KeyringFile& file, const SealingKey& key) {
    KeyringFile gone = file;
    gone.destroyed = true;
    gone.wraps.clear();
    gone.book.clear();
    const auto fd = open_to_write(path);
    if (!fd) return tl::unexpected(fd.error());
    // Both in place: a new file in its stead would leave the old one's blocks on the disk.
    if (auto told = write_at(fd->get(), 0, bytes_of(encode_keyring(gone, key)), path.string()); !told) return told;
    if (auto over = overwrite_body(fd->get(), path.string()); !over) return over;
    return discard_draft(path);
}

}  // namespace uketsuke::net::internal
