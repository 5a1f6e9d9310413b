#pragma once
// The file of a keyring on its disk: read, replaced, destroyed. One thread at a time; callers hold the lock.

#include <filesystem>

#include "net/error.h"
#include "net/internal/keyring_file.h"
#include "net/sealing.h"

namespace uketsuke::net::internal {

/// NotFound, BadPayload, StorageFailed.
Result<KeyringFile> read_keyring(const std::filesystem::path& path, const SealingKey& key);
/// Whole or not at all; the body of the file before it, and of one that a crash left half written, is overwritten.
Result<void> write_keyring(const std::filesystem::path& path, const KeyringFile& file, const SealingKey& key);
/// Where the file lies: first that it is destroyed, then noise over its body; a call that was cut off is repeated.
Result<void> destroy_keyring(const std::filesystem::path& path, const KeyringFile& file, const SealingKey& key);

}  // namespace uketsuke::net::internal
