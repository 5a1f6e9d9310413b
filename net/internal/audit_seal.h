#pragma once
// Lines of an audit log as they stand in its file: plain, or sealed and then in base64. Pure; any thread.

#include <optional>
#include <string>
#include <string_view>

#include "net/internal/audit_line.h"
#include "net/sealing.h"

namespace uketsuke::net::internal {

/// The key that lines of logs under `key` are sealed with.
SealingKey audit_line_key(const SealingKey& key);

/// `line` and the answer with their end of line.
std::string seal_audit_line(const SealingKey& line_key, std::string_view line);

/// Whether it is sealed, by whomever. Without the end of line.
bool is_sealed_audit_line(std::string_view text);
/// What was sealed, without its end of line; empty when it was altered, or is of another key.
std::optional<std::string> open_audit_line(const SealingKey& line_key, std::string_view text);

/// read_audit_line() of a plain or a sealed line. Sealed: and there is no key; Altered also when the seal does not
/// hold.
std::optional<AuditLine> read_stored_audit_line(std::string_view text, const SealingKey* line_key,
                                                AuditLineFault& fault);

}  // namespace uketsuke::net::internal
