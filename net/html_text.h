#pragma once
// A text as HTML shows it, in an element as in an attribute. Pure; any thread.

#include <string>
#include <string_view>

namespace uketsuke::net {

/// & < > " ' as references; other control characters than a line end as U+FFFD.
std::string escaped(std::string_view text);

}  // namespace uketsuke::net
