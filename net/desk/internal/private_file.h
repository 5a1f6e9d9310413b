#pragma once
// A small file that only its owner may read: replaced as a whole, and changed by one program at a time. Any thread.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "net/error.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net::internal {

/// Which bytes stand there, as far as the file system tells without reading them.
struct FileStamp {
    ino_t inode = 0;
    off_t size = -1;
    std::int64_t modified_ns = 0;
    std::int64_t changed_ns = 0;
    bool operator==(const FileStamp&) const = default;
};
std::optional<FileStamp> stamp_of(const std::filesystem::path& file);

struct PrivateText {
    std::string text;
    FileStamp stamp;
};

/// NotFound; BadOptions: not a plain file, one that group or others may touch, or more than `limit` bytes.
Result<PrivateText> read_private_file(const std::filesystem::path& file, std::size_t limit);

/// Mode 0600; written beside it, synced, renamed, and the folder synced. StorageFull, StorageReadOnly, StorageFailed.
Result<void> replace_private_file(const std::filesystem::path& file, std::string_view text);

/// Held by one program (and one object) at a time, through "<file>.lock". StorageBusy after `patience`.
Result<UniqueFd> lock_beside(const std::filesystem::path& file,
                             std::chrono::milliseconds patience = std::chrono::milliseconds{2'000});

}  // namespace uketsuke::net::internal
