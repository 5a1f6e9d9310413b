#pragma once
// One line of the audit log: how an entry is written, and how it is read again. Pure; any thread.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "net/audit_log.h"

namespace uketsuke::net::internal {

/// Bytes of a line with its end; texts are cut so that none is longer.
inline constexpr std::size_t longest_audit_line = 4096;

struct AuditLine {
    AuditEntry entry;
    std::string boot;
    std::int64_t up_ms = 0;
    std::string before;  ///< hash of the entry before, no_audit_hash for the first
};

extern const std::string no_audit_hash;  ///< 64 zeros

/// At most 200 bytes of printable UTF-8: cut at a character; control characters, separators and what turns the
/// direction of writing become spaces, bytes that are no UTF-8 become '?'.
std::string audit_text(std::string_view text);

/// With its end of line; entry.hash is set. Texts of the act go through audit_text().
std::string write_audit_line(AuditLine& line);

enum class AuditLineFault {
    Unreadable,
    Altered,
    Sealed,  ///< and there is no key (audit_seal.h)
};
/// `text` without the end of line. An entry is believed only in the one spelling that write_audit_line() gives it.
std::optional<AuditLine> read_audit_line(std::string_view text, AuditLineFault& fault);

/// "2026-11-21T01:02:03.456Z"
std::string audit_time(WallTime at);

/// Calls `each` with every line of the open file from `from` to its end, without the line's end; `whole`: it had one,
/// and the next line starts at `next`.
/// A line that is too long comes as its first longest_audit_line bytes. `each` returns false to stop. Errors: of
/// read().
Result<void> each_audit_line(int fd, std::uint64_t from, const std::string& name,
                             const std::function<bool(std::string_view line, std::uint64_t next, bool whole)>& each);

}  // namespace uketsuke::net::internal
