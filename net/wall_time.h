#pragma once
// Wall-clock moments of the room and their OQS spelling (Japan Standard Time, UTC+9, no summer time).
// Pure; time always comes in as an argument, nothing here reads a clock.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace uketsuke::net {

using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

std::string jst_date(std::chrono::sys_seconds at);       ///< "yyyyMMdd"
std::string jst_date_time(std::chrono::sys_seconds at);  ///< "yyyyMMddHHmmss"
/// Reads "yyyyMMddHHmmss"; empty when it is not one or names no real day.
std::optional<std::chrono::sys_seconds> parse_jst_date_time(std::string_view text);

}  // namespace uketsuke::net
