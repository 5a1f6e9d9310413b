// Breaking a text into lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace uketsuke::ui {

using Measure = std::function<float(std::string_view)>;

// Whether "｜漢字《かんじ》" (ruby.h) is a reading or a row of letters.
enum class Ruby : bool { Letters, Read };

// Breaks at '\n' always, at ' ' (dropped) and '|' (never drawn) where needed. As few lines as fit into `width`, and
// those about equally long. A piece that is wider than `width` by itself stays whole; tests look for that.
// A paragraph of ideographs or kana without '|' is broken wherever line_ends.h allows, if that gives lines that fit or,
// where it has no spaces either, fewer lines. A reading is never parted from its base, nor its base broken; in the
// lines it is written with ｜. `measure` gives the width of a line as it is returned, in the unit of `width`.
std::vector<std::string> break_lines(std::string_view text, float width, const Measure& measure,
                                     Ruby ruby = Ruby::Letters);

}  // namespace uketsuke::ui
