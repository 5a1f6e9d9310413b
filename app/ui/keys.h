// Physical keys: a number pad for the two pages that take digits, Escape for stopping. Private to app/ui.
#pragma once

#include <optional>

#include "app/core/intent.h"
#include "app/core/view.h"
#include "app/ui/input_imgui.h"

namespace uketsuke::ui {

// What the key asks for on this page, if anything. Space and Enter ask for nothing anywhere.
std::optional<core::Intent> intent_of(const Key& key, const core::View& view);

}  // namespace uketsuke::ui
