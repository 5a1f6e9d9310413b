// UTF-8, one code point after the other.
#pragma once

#include <optional>
#include <string_view>

namespace uketsuke::core {

// Takes one code point off the front of what is not empty; nullopt: the bytes are no UTF-8, and none is taken.
std::optional<char32_t> take_code_point(std::string_view& bytes);

// Does something to the text instead of being seen: a control character, or one that turns the direction of writing.
bool is_control(char32_t point);

}  // namespace uketsuke::core
