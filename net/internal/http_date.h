#pragma once
// The date of an HTTP header (RFC 9110, 5.6.7: IMF-fixdate), and how long it asks to wait. Pure.

#include <chrono>
#include <optional>
#include <string_view>

namespace uketsuke::net::internal {

/// "Sun, 06 Nov 1994 08:49:37 GMT" and nothing else: the two obsolete forms, a day that does not exist and a wrong
/// weekday are empty. A leap second is the second before it.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

/// Of a Retry-After header: seconds, or a date, which is measured from the answer's own `date`: our clock may be wrong.
/// At most an hour; empty when it says neither.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, std::string_view date);

}  // namespace uketsuke::net::internal
