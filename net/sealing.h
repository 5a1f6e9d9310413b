#pragma once
// Sealing at rest: XChaCha20-Poly1305 (libsodium) under one 32-byte key a kiosk. Values; any thread.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"

namespace uketsuke::net {

enum class KeyCreation { Never, IfAbsent };

/// The key, in guarded, locked memory that is wiped when the object goes. Move-only; share() gives a second handle on
/// the same memory. An object that was moved from may only be destroyed or assigned.
class SealingKey {
  public:
    static constexpr std::size_t size = 32;

    /// A file of exactly 32 bytes, a plain file of this user, mode 0600 or stricter; BadKey says which of these fails.
    /// With IfAbsent a missing file is made with mode 0600, complete or not at all, and is on disk when this returns.
    static Result<SealingKey> load(const std::filesystem::path& file, KeyCreation creation);
    /// A systemd credential: the file `name` in $CREDENTIALS_DIRECTORY (not readable by others); never created.
    static Result<SealingKey> from_credential(const std::string& name);
    /// The credential where the service manager gives one, else the file.
    static Result<SealingKey> load_any(const std::string& credential, const std::filesystem::path& file,
                                       KeyCreation creation);
    static SealingKey random();
    /// A copy of bytes that were sealed; the caller wipes its own.
    static SealingKey from_bytes(std::span<const std::uint8_t, size> bytes);

    SealingKey share() const;
    std::span<const std::uint8_t, size> bytes() const;
    /// Another key of `size` bytes for another purpose, from which this one cannot be had: keyed BLAKE2b of `purpose`.
    /// In guarded, locked memory like this one's.
    SealingKey derive(std::string_view purpose) const;

  private:
    struct Memory;
    explicit SealingKey(std::shared_ptr<Memory> memory);
    static Result<SealingKey> read_file(const std::filesystem::path& file, unsigned forbidden_mode, bool check_owner);
    std::shared_ptr<Memory> m_memory;
};

/// Sealed form: version byte, 24-byte random nonce, cipher text with tag. `associated` is bound, not stored.
std::vector<std::uint8_t> seal(const SealingKey& key, std::span<const std::uint8_t> plain, std::string_view associated);
/// BadPayload when anything was altered, cut, sealed for another `associated`, or under another key.
Result<std::vector<std::uint8_t>> unseal(const SealingKey& key, std::span<const std::uint8_t> sealed,
                                         std::string_view associated);

/// Bytes that seal() adds.
inline constexpr std::size_t seal_overhead = 1 + 24 + 16;

/// Overwrites memory in a way that the compiler keeps.
void wipe(std::vector<std::uint8_t>& bytes);
void wipe(std::string& text);

}  // namespace uketsuke::net
