#pragma once
// Strict UTF-8: no overlong forms, no surrogates. Pure.

#include <optional>
#include <string>
#include <string_view>

namespace uketsuke::net::internal {

/// The characters; nullopt when the bytes are no UTF-8.
std::optional<std::u32string> code_points(std::string_view text);
/// Without what has no picture (controls), at most `most` characters; what is no UTF-8 becomes '?'.
std::string printable(std::string_view text, std::size_t most);

}  // namespace uketsuke::net::internal
