// Every page of the kiosk as it can be shown, with what a person must be able to ask for on it.
#pragma once

#include <string>
#include <vector>

#include "app/core/intent.h"
#include "app/core/view.h"

namespace uketsuke::ui::test {

struct Shot {
    std::string name;  // "<screen>" or "<screen>-<variant>"
    core::View view;
    std::vector<core::Intent> intents;  // besides Stop and CallStaff as the view allows, language and preferences
    bool camera = false;
};

// In the order of core::Screen; at least one a screen.
std::vector<Shot> gallery(core::Language language);
// Those of home visits alone.
std::vector<Shot> visits(core::Language language);
// One a screen, and the sheets.
std::vector<Shot> principal(core::Language language);

}  // namespace uketsuke::ui::test
