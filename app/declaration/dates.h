// Days as they stand on a Japanese form. Pure. Private to app/declaration.
#pragma once

#include <string>
#include <string_view>

namespace uketsuke::declaration {

// "昭和25年4月1日（1950年）" of "19500401"; before 明治 the Gregorian year alone; empty when it is no date.
std::string day_in_words(std::string_view date);

}  // namespace uketsuke::declaration
