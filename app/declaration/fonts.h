// The faces that the form is set in: a closed list, so that machines with the same packages print the same form.
// Private to app/declaration.
#pragma once

#include <pango/pangocairo.h>

namespace uketsuke::declaration {

// BIZ UDGothic, and Noto Sans CJK JP for what it lacks; nullptr when neither is installed. Made once and kept, since
// reading their tables takes a tenth of a second; whoever uses it takes turns.
PangoFontMap* form_fonts();

inline constexpr const char* k_families = "BIZ UDGothic, Noto Sans CJK JP";

}  // namespace uketsuke::declaration
