// Where a text without marks may be broken. Private to app/ui.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace uketsuke::ui {

// Byte offsets inside of `words` where a line may end (Unicode line breaking, UAX #14, with small kana and ー kept
// together with what they follow): never before 。、）」ーっ, never after （「. Ascending. Words without ideographs or
// kana have none: they are broken at their spaces only.
std::vector<std::size_t> line_ends(std::string_view words);

}  // namespace uketsuke::ui
