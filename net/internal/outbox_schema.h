#pragma once
// The tables of the outbox's file, and how a file of an earlier version gets them.

#include <string_view>

#include "net/internal/sqlite.h"

namespace uketsuke::net::internal {

/// PRAGMA user_version of the files this program writes. Version 1 kept payload and answer in the row itself; version 2
/// knew no marks and told nobody; version 3 kept no forms; version 4 no patients.
inline constexpr int schema_version = 5;

/// In an empty file, all or nothing.
Result<void> make_schema(const Database& database);
/// From version 1, all or nothing and on the disk when it returns; after a failure or a crash it is version 1 as
/// before. Needs room for the file a second time.
Result<void> migrate_from_1(const Database& database);
/// From versions 2 to 4, likewise, in place.
Result<void> migrate_from_2(const Database& database);
Result<void> migrate_from_3(const Database& database);
Result<void> migrate_from_4(const Database& database);

}  // namespace uketsuke::net::internal
