#pragma once
// Ideographs that different records write differently. Pure; any thread.

#include <string_view>

namespace uketsuke::net::internal {

/// Groups with blanks between them; the first of a group stands for all, and a character is in one group at most.
std::u32string_view ideograph_groups();
/// The character that stands for all of its group; one that is in none stands for itself.
char32_t one_ideograph(char32_t c);

}  // namespace uketsuke::net::internal
