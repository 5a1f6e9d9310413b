// Breaking a text into lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace uketsuke::ui {

using Measure = std::function<float(std::string_view)>;

// Breaks at '\n' always, at ' ' (dropped) and '|' (never drawn) where needed. As few lines as fit into `width`, and
// those about equally long. A piece that is wider than `width` by itself stays whole; tests look for that.
std::vector<std::string> break_lines(std::string_view text, float width, const Measure& measure);

}  // namespace uketsuke::ui
