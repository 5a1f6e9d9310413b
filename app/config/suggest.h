// "Did you mean …?" Internal to app/config. Pure.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace uketsuke::config {

// The word that is a slip of the keyboard away: at most a third of its letters changed, missing, extra or swapped with
// a neighbour. The nearest one; of equals the first.
std::optional<std::string_view> nearest(std::string_view typed, const std::vector<std::string_view>& words);

}  // namespace uketsuke::config
