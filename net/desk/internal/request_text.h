#pragma once
// What a stranger's request says, read strictly: anything unusual is refused rather than interpreted. Pure.

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace uketsuke::net::internal {

struct Target {
    std::string path;  ///< decoded UTF-8, begins with '/', no empty, "." or ".." part
    std::map<std::string, std::string> query;
};

/// The target of a request line as it came. nullopt: longer than 2048 bytes, not beginning with '/', a wrong escape, a
/// control character or backslash (escaped or not), an escaped slash, "//", ".", "..", what is no UTF-8, more than 16
/// query members or one of them twice.
std::optional<Target> target_of(std::string_view raw);

/// The name in a Host header without its port, lower case, brackets kept: "[::1]". nullopt: not a host.
std::optional<std::string> host_name_of(std::string_view header);

/// The value of the cookie of that name; nullopt when it is absent or there more than once.
std::optional<std::string> cookie_of(std::string_view header, std::string_view name);

/// "application/json", perhaps with charset=utf-8.
bool is_json_type(std::string_view content_type);

/// One JSON value, at most 16 levels deep, in UTF-8 without a zero byte.
bool is_bounded_json(std::string_view body);

/// A file name that no browser or shell takes for anything else: other characters become '-'.
std::string safe_download_name(std::string_view name);

}  // namespace uketsuke::net::internal
