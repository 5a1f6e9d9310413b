#pragma once
// Puts whole files into a folder that another program reads, perhaps over SMB.

#include <filesystem>
#include <string>
#include <string_view>

#include "net/error.h"

namespace uketsuke::net::internal {

enum class Placed { New, AlreadyThere };

/// The file appears under `name` complete or not at all: written as "<name>.part" beside it, synced, then renamed.
/// A file that has the name already is never overwritten: AlreadyThere when its bytes are these, Conflict otherwise.
/// FolderAway, StorageFull, StorageReadOnly, StorageFailed.
Result<Placed> place_file(const std::filesystem::path& folder, const std::string& name, std::string_view bytes);

/// Whether something stands at this place; a link counts as itself.
bool is_taken(const std::filesystem::path& file);

/// The bytes of a plain file (no link is followed) of at most `limit` bytes. Errors: NotFound (gone, or not a plain
/// file), AnswerTooBig, FolderAway, StorageFailed.
Result<std::string> read_plain_file(const std::filesystem::path& file, std::size_t limit);

/// The last failed system call as an error: "what: why".
Error folder_error(int system_error, const std::string& what);

}  // namespace uketsuke::net::internal
