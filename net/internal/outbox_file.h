#pragma once
// The outbox's file: lock, opening, schema, key check, and what happens to a damaged one.

#include <filesystem>
#include <memory>
#include <optional>

#include "net/internal/sqlite.h"
#include "net/internal/unique_fd.h"
#include "net/outbox.h"

namespace uketsuke::net::internal {

/// Takes "<path>.lock" for this process, without waiting. StorageBusy names the holder.
Result<UniqueFd> lock_outbox(const std::filesystem::path& path);

/// An open, checked connection with its settings made and its schema in place.
Result<std::unique_ptr<Database>> open_checked(const std::filesystem::path& path, const OutboxOptions& options);

/// Keys: stores the check value in a new file, compares it in an old one. BadKey when it was another key.
Result<void> check_key(const Database& database, const std::filesystem::path& path, const SealingKey& key,
                       bool may_write);
Result<void> store_key_check(const Database& database, const SealingKey& key);

/// The key of the digests of answered files: random, sealed under the outbox's key, so that they outlive that one.
/// Load makes a fresh one, not yet stored, where the file has none.
Result<SealingKey> load_file_key(const Database& database, const SealingKey& key);
Result<void> store_file_key(const Database& database, const SealingKey& key, const SealingKey& file_key);

/// Puts a fresh file in the place of a damaged one: it gets every row that can still be read and unsealed, and only
/// then the old one becomes "<path>.damaged-N" (with its -wal and -shm), as it was. After a failure the old one is in
/// its place; after a crash in between, finish_replacement() ends it.
Result<DamageReport> replace_damaged(const std::filesystem::path& path, const OutboxOptions& options,
                                     const SealingKey& key);
void finish_replacement(const std::filesystem::path& path);

/// PRAGMA integrity_check's lines when they are not "ok".
Result<std::vector<std::string>> damaged_pages(const Database& database, bool quick);

}  // namespace uketsuke::net::internal
