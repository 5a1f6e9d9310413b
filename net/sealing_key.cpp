#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "net/internal/unique_fd.h"
#include "net/sealing.h"

namespace uketsuke::net {
namespace {

std::string at(const std::filesystem::path& file, const std::string& what) {
    return "key file " + file.string() + ": " + what;
}

Result<void> write_new_key(const std::filesystem::path& file) {
    std::array<std::uint8_t, 8> salt{};
    randombytes_buf(salt.data(), salt.size());
    std::uint64_t number = 0;
    std::memcpy(&number, salt.data(), salt.size());
    const std::filesystem::path draft = file.string() + "." + std::to_string(number) + ".new";

    const internal::UniqueFd fd(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!fd.ok()) return fail(Fault::BadKey, at(file, std::string("cannot be made: ") + std::strerror(errno)));
    std::array<std::uint8_t, SealingKey::size> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    const bool written =
        ::write(fd.get(), bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) && ::fsync(fd.get()) == 0;
    sodium_memzero(bytes.data(), bytes.size());
    // link() refuses an existing name: two kiosks that start together agree on one key.
    const bool linked = written && (::link(draft.c_str(), file.c_str()) == 0 || errno == EEXIST);
    const int error = errno;
    ::unlink(draft.c_str());
    if (!linked) return fail(Fault::BadKey, at(file, std::string("cannot be made: ") + std::strerror(error)));
    const std::filesystem::path folder = file.has_parent_path() ? file.parent_path() : ".";
    const internal::UniqueFd folder_fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!folder_fd.ok() || ::fsync(folder_fd.get()) != 0) {
        return fail(Fault::BadKey, at(file, std::string("its folder cannot be synced: ") + std::strerror(errno)));
    }
    return {};
}

}  // namespace

struct SealingKey::Memory {
    std::uint8_t* bytes = nullptr;
    Memory() {
        if (sodium_init() < 0) std::abort();
        bytes = static_cast<std::uint8_t*>(sodium_malloc(SealingKey::size));
        if (bytes == nullptr) std::abort();
    }
    ~Memory() { sodium_free(bytes); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
};

SealingKey::SealingKey(std::shared_ptr<Memory> memory) : m_memory(std::move(memory)) {}

SealingKey SealingKey::share() const {
    return SealingKey(m_memory);
}

std::span<const std::uint8_t, SealingKey::size> SealingKey::bytes() const {
    return std::span<const std::uint8_t, size>(m_memory->bytes, size);
}

SealingKey SealingKey::random() {
    auto memory = std::make_shared<Memory>();
    randombytes_buf(memory->bytes, size);
    return SealingKey(std::move(memory));
}

SealingKey SealingKey::from_bytes(std::span<const std::uint8_t, size> bytes) {
    auto memory = std::make_shared<Memory>();
    std::memcpy(memory->bytes, bytes.data(), size);
    return SealingKey(std::move(memory));
}

SealingKey SealingKey::derive(std::string_view purpose) const {
    auto memory = std::make_shared<Memory>();
    crypto_generichash_blake2b(memory->bytes, size, reinterpret_cast<const unsigned char*>(purpose.data()),
                               purpose.size(), m_memory->bytes, size);
    return SealingKey(std::move(memory));
}

Result<SealingKey> SealingKey::read_file(const std::filesystem::path& file, unsigned forbidden_mode, bool check_owner) {
    const internal::UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!fd.ok()) return fail(Fault::BadKey, at(file, std::strerror(errno)));
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) return fail(Fault::BadKey, at(file, std::strerror(errno)));
    if (!S_ISREG(info.st_mode)) return fail(Fault::BadKey, at(file, "not a plain file"));
    if (check_owner && info.st_uid != ::geteuid()) return fail(Fault::BadKey, at(file, "belongs to another user"));
    if ((info.st_mode & forbidden_mode) != 0) {
        return fail(Fault::BadKey, at(file, "other users can read or change it; it needs mode 0600 (chmod 600)"));
    }
    if (info.st_size != static_cast<off_t>(size)) {
        return fail(Fault::BadKey, at(file, "holds " + std::to_string(info.st_size) + " bytes instead of 32"));
    }
    auto memory = std::make_shared<Memory>();
    if (::read(fd.get(), memory->bytes, size) != static_cast<ssize_t>(size)) {
        return fail(Fault::BadKey, at(file, "cannot be read whole"));
    }
    sodium_mprotect_readonly(memory->bytes);
    return SealingKey(std::move(memory));
}

Result<SealingKey> SealingKey::load(const std::filesystem::path& file, KeyCreation creation) {
    if (sodium_init() < 0) return fail(Fault::Internal, "libsodium does not start");
    struct stat info {};
    if (creation == KeyCreation::IfAbsent && ::lstat(file.c_str(), &info) != 0 && errno == ENOENT) {
        if (const auto made = write_new_key(file); !made) return tl::unexpected(made.error());
    }
    return read_file(file, 0077, true);
}

Result<SealingKey> SealingKey::from_credential(const std::string& name) {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr) return fail(Fault::BadKey, "credential " + name + ": no CREDENTIALS_DIRECTORY");
    if (name.empty() || name.find('/') != std::string::npos) {
        return fail(Fault::BadKey, "credential: its name is empty or holds a slash");
    }
    // The service manager may own the file and grant it through an ACL, which shows as group permission.
    return read_file(std::filesystem::path(folder) / name, 0027, false);
}

Result<SealingKey> SealingKey::load_any(const std::string& credential, const std::filesystem::path& file,
                                        KeyCreation creation) {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    struct stat info {};
    if (folder != nullptr && !credential.empty() &&
        ::stat((std::filesystem::path(folder) / credential).c_str(), &info) == 0) {
        return from_credential(credential);
    }
    return load(file, creation);
}

}  // namespace uketsuke::net
