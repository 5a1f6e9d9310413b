// What the last frame put on the window, for tests, for tools that press a button by its meaning, and for a reader of
// the screen. In window pixels.
#pragma once

#include <optional>
#include <string>

#include "app/core/intent.h"
#include "app/ui/geometry.h"
#include "app/ui/theme.h"

namespace uketsuke::ui {

struct Drawn {
    enum class Kind { Text, Button };
    Kind kind{};
    Rect rect;    // the ink's box, or the touchable box
    Rect within;  // what it must stay inside of: its button, or the screen
    std::string label;
    Colour ink;
    Colour ground;
    bool large = false;  // large text in the sense of WCAG 2: from 24 px, or bold from 18.66 px, at 96 dpi
    bool main = false;   // a main choice of this screen
    std::optional<core::Intent> intent;  // of a button
};

}  // namespace uketsuke::ui
