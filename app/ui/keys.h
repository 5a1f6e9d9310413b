// Physical keys: a number pad for the pages that take digits, Escape for stopping, four keys that reach everything.
// Private to app/ui.
#pragma once

#include <optional>

#include "app/core/intent.h"
#include "app/core/view.h"
#include "app/ui/guide.h"
#include "app/ui/input_imgui.h"

namespace uketsuke::ui {

// What the key asks for on this page by itself, if anything. Space asks for nothing anywhere.
std::optional<core::Intent> intent_of(const Key& key, const core::View& view);
// The same key as one of the four that walk over the screen.
std::optional<GuideKey> guide_key(const Key& key);

}  // namespace uketsuke::ui
