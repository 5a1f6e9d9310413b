#include "net/internal/keyring_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "net/internal/byte_parts.h"
#include "net/internal/place_file.h"
#include "net/internal/replace_file.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net::internal {
namespace {

using Bytes = std::vector<std::uint8_t>;
using Digest = std::array<std::uint8_t, 32>;

constexpr std::string_view magic = "UKTKEYR1";
constexpr std::size_t head_size = keyring_head_size;

std::string_view text_of(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Digest digest_of(const SealingKey& key, std::string_view purpose, std::span<const std::uint8_t> bytes) {
    const SealingKey mine = key.derive(purpose);
    Digest digest{};
    crypto_generichash_blake2b(digest.data(), digest.size(), bytes.data(), bytes.size(), mine.bytes().data(),
                               SealingKey::size);
    return digest;
}

Digest head_digest(const SealingKey& key, std::span<const std::uint8_t> head) {
    return digest_of(key, "keyring head", head);
}

Digest body_digest(const SealingKey& key, std::span<const std::uint8_t> body) {
    return digest_of(key, "keyring body", body);
}

bool same(std::span<const std::uint8_t> a, const Digest& b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), b.size()) == 0;
}

Bytes body_of(const KeyringFile& file) {
    Bytes body;
    for (const KeyringWrap& wrap : file.wraps) {
        body.insert(body.end(), wrap.id.begin(), wrap.id.end());
        body.insert(body.end(), wrap.sealed.begin(), wrap.sealed.end());
    }
    body.insert(body.end(), file.book.begin(), file.book.end());
    return body;
}

Bytes head_of(const KeyringFile& file, const SealingKey& key, std::span<const std::uint8_t> body) {
    Bytes head(magic.begin(), magic.end());
    put_number(head, file.destroyed ? 1 : 0, 1);
    head.insert(head.end(), file.device.begin(), file.device.end());
    head.insert(head.end(), file.salt.begin(), file.salt.end());
    put_number(head, file.memory, 8);
    put_number(head, file.passes, 1);
    put_number(head, file.wrong_codes, 2);
    put_number(head, file.wraps.size(), 1);
    const Digest over_body = body_digest(key, body);
    head.insert(head.end(), over_body.begin(), over_body.end());
    const Digest over_head = head_digest(key, head);
    head.insert(head.end(), over_head.begin(), over_head.end());
    return head;
}

bool take(PartReader& reader, std::span<std::uint8_t> out) {
    std::span<const std::uint8_t> part;
    if (!reader.take(out.size(), part)) return false;
    std::copy(part.begin(), part.end(), out.begin());
    return true;
}

bool take_body(PartReader& reader, std::size_t wraps, KeyringFile& file) {
    file.wraps.resize(wraps);
    for (KeyringWrap& wrap : file.wraps) {
        if (!take(reader, wrap.id) || !take(reader, wrap.sealed)) return false;
    }
    std::span<const std::uint8_t> book;
    if (!reader.take(keyring_book_size(wraps), book)) return false;
    file.book.assign(book.begin(), book.end());
    return reader.done();
}

bool take_head(std::span<const std::uint8_t> bytes, const SealingKey& key, KeyringFile& file, std::size_t& wraps,
               std::span<const std::uint8_t>& over_body) {
    PartReader reader(bytes);
    std::span<const std::uint8_t> start;
    std::span<const std::uint8_t> over_head;
    std::uint8_t state = 0;
    const bool read = reader.take(magic.size(), start) && reader.take_number(1, state) && take(reader, file.device) &&
                      take(reader, file.salt) && reader.take_number(8, file.memory) &&
                      reader.take_number(1, file.passes) && reader.take_number(2, file.wrong_codes) &&
                      reader.take_number(1, wraps) && reader.take(sizeof(Digest), over_body) &&
                      reader.take(sizeof(Digest), over_head);
    file.destroyed = state == 1;
    return read && text_of(start) == magic && state <= 1 &&
           same(over_head, head_digest(key, bytes.first(head_size - sizeof(Digest))));
}

bool is_bearable(const KeyringFile& file) {
    return file.memory >= least_keyring_memory && file.memory <= most_keyring_memory && file.passes >= 1 &&
           file.passes <= most_keyring_passes;
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
    if (size <= head_size) return {};
    Bytes noise(static_cast<std::size_t>(size) - head_size);
    randombytes_buf(noise.data(), noise.size());
    return write_at(fd, head_size, noise, name);
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

std::string encode_keyring(const KeyringFile& file, const SealingKey& key) {
    const Bytes body = body_of(file);
    return std::string(text_of(head_of(file, key, body))).append(text_of(body));
}

Result<KeyringFile> decode_keyring(std::span<const std::uint8_t> bytes, const SealingKey& key) {
    const auto damaged = [](const char* what) { return fail(Fault::BadPayload, std::string("keyring: ") + what); };
    if (bytes.size() < head_size || bytes.size() > longest_keyring_file)
        return damaged("its length is none it can have");
    KeyringFile file;
    std::size_t wraps = 0;
    std::span<const std::uint8_t> over_body;
    if (!take_head(bytes, key, file, wraps, over_body)) return damaged("altered, or of another device's key");
    if (!is_bearable(file)) return damaged("it asks for more or less work than a tablet does");
    if (file.destroyed) return file;
    const auto body = bytes.subspan(head_size);
    PartReader reader(body);
    if (wraps == 0 || wraps > most_keyring_wraps || !same(over_body, body_digest(key, body)) ||
        !take_body(reader, wraps, file)) {
        return damaged("altered or cut");
    }
    return file;
}

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
    if (auto written = replace_file(path, encode_keyring(file, key), before->get()); !written) return written;
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
    if (auto told = write_at(fd->get(), 0, head_of(gone, key, {}), path.string()); !told) return told;
    if (auto over = overwrite_body(fd->get(), path.string()); !over) return over;
    return discard_draft(path);
}

}  // namespace uketsuke::net::internal
