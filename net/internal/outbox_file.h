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

/// Moves a damaged file (with its -wal and -shm) to the first free "<path>.damaged-N".
Result<std::filesystem::path> set_aside(const std::filesystem::path& path);
/// Carries over every row of the damaged copy that can still be read and unsealed. Never writes to the copy.
std::int64_t rescue_rows(const std::filesystem::path& copy, const Database& fresh, const SealingKey& key);

/// PRAGMA integrity_check's lines when they are not "ok".
Result<std::vector<std::string>> damaged_pages(const Database& database, bool quick);

}  // namespace uketsuke::net::internal
