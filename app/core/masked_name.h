// A name as the last screen may show it, where others stand behind the patient. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

#include "app/core/shown_name.h"
#include "app/core/vocabulary.h"

namespace uketsuke::core {

// "山田　太郎" → "山○ 太○": of each part (between ASCII or ideographic spaces) the first character, with what belongs
// to it (variation selector, combining marks), and a ○ for every further one, at most three, so that the length tells
// little. A part of one character stays. Empty for ill-formed UTF-8, a control character, a name of nothing but spaces,
// more than six parts, and more than ShownName::k_longest bytes. The caller wipes it.
std::string masked_name(std::string_view name);

// By the clinic's choice; empty: not shown. In full its parts are divided by one ASCII space, too.
ShownName shown_name(std::string_view name, NameDisplay display);

}  // namespace uketsuke::core
