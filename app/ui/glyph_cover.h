// Which characters the installed fonts can draw, whatever the atlas holds: what a name may be made of.
#pragma once

#include <functional>

namespace uketsuke::ui {

// Any thread; the fonts are read at the first call, which takes a moment. Empty when no font is installed: then nothing
// can be said.
std::function<bool(char32_t)> glyph_cover();

}  // namespace uketsuke::ui
