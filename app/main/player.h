// Plays a scripted visit through the real workers and rooms; only the person's hands are scripted.
#pragma once

#include <functional>
#include <string>
#include <tl/expected.hpp>

#include "app/main/runtime.h"
#include "app/main/scenario.h"
#include "app/ui/window.h"

namespace uketsuke::app {

struct PlayOptions {
    std::string shots;  // folder for SHOT; empty: SHOT draws nothing
    // Opens the window when the first SHOT or EXPECT of words needs one; may be empty, then both are refused.
    std::function<tl::expected<ui::Window*, std::string>()> window;
    std::function<void(const std::string&)> say;  // a line a command
};

// The error names the line that did not hold and what was there instead.
tl::expected<void, std::string> play(const Scenario& scenario, Runtime& runtime, const PlayOptions& options);

}  // namespace uketsuke::app
