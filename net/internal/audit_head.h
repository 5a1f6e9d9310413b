#pragma once
// The sealed head beside an audit log: how far it had come. A fixed small file, replaced by rename.
//
// An append writes the head twice: before the line, with the hash that the line will have, and after it. So after a cut
// between the two the log is one line ahead of the head, and only that one line is believed there.

#include <cstdint>
#include <filesystem>
#include <string>

#include "net/error.h"
#include "net/sealing.h"

namespace uketsuke::net::internal {

struct AuditHead {
    std::uint64_t entries = 0;
    std::string hash;  ///< of the last one, 64 hexadecimal digits
    std::string next;  ///< of the line that may follow it already; zeros: none
    bool operator==(const AuditHead&) const = default;
};

std::filesystem::path audit_head_file(const std::filesystem::path& log);
/// The key that heads of logs under `key` are sealed with.
SealingKey audit_head_key(const SealingKey& key);

/// NotFound: there is none. BadPayload: altered, or of another key.
Result<AuditHead> read_audit_head(const std::filesystem::path& log, const SealingKey& head_key);
/// On disk when it returns, else the one before it is in its place. `owner_like`: an open file of whose user it is
/// made.
Result<void> write_audit_head(const std::filesystem::path& log, const SealingKey& head_key, const AuditHead& head,
                              int owner_like);

}  // namespace uketsuke::net::internal
