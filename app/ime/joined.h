// Parts of a text in their likely ways, put together: the likely texts.
#pragma once

#include <string_view>
#include <vector>

#include "app/core/secret_text.h"

namespace uketsuke::ime {

// Ways of a part: best first.
using Ways = std::vector<core::SecretText>;

// One way of each part, divided, by the sum of their ranks; at most `most`. Empty when a part has none.
Ways best_joined(const std::vector<Ways>& parts, std::string_view divider, std::size_t most);

}  // namespace uketsuke::ime
