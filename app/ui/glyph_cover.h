// Which characters the installed fonts can draw: what a name and a sentence may be made of.
#pragma once

#include <functional>
#include <set>
#include <string_view>

#include "app/core/vocabulary.h"

namespace uketsuke::ui {

// Any thread; the fonts are read at the first call, which takes a moment. Empty when no font is installed: then nothing
// can be said.
std::function<bool(char32_t)> glyph_cover();

// What of `text` the faces chosen for the language cannot draw in both weights; marks ('\n', '|', and in Japanese those
// of readings) need no glyph. Reads the fonts anew whenever the language is another than at the last call; one thread
// at a time. Everything when no font is installed.
std::set<char32_t> missing_glyphs(core::Language language, std::string_view text);

}  // namespace uketsuke::ui
