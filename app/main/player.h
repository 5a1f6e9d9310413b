// Plays a scripted visit through the real workers and rooms; only the person's hands are scripted.
#pragma once

#include <functional>
#include <string>
#include <tl/expected.hpp>

#include "app/main/runtime.h"
#include "app/main/scenario.h"
#include "app/ui/text.h"
#include "app/ui/window.h"

namespace uketsuke::app {

struct PlayOptions {
    std::string shots;  // folder for SHOT; empty: SHOT draws nothing
    // Opens the window when the first SHOT or EXPECT of words needs one; may be empty, then both are refused.
    std::function<tl::expected<ui::Window*, std::string>()> window;
    std::function<void(const std::string&)> say;  // a line a command
    // The sentences, for KEY, SPOKEN and UNSPOKEN; nullptr: they are refused. Must outlive the play.
    const ui::Text* text = nullptr;
};

struct NotPlayed {
    bool skipped = false;  // it needs what is not here; nothing is wrong
    std::string why;       // names the line, and what was there instead
};

// To the end, or to the first line that does not hold.
tl::expected<void, NotPlayed> play(const Scenario& scenario, Runtime& runtime, const PlayOptions& options);

}  // namespace uketsuke::app
