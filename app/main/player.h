// Plays a scripted visit through the real workers and rooms; only the person's hands are scripted.
#pragma once

#include <functional>
#include <istream>
#include <memory>
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

// One line after the other, by whoever knows the next only when the last was played. The ui thread's; `runtime` and
// `options` outlive it.
class Player {
  public:
    Player(Runtime& runtime, const PlayOptions& options);
    ~Player();
    Player(const Player&) = delete;
    Player& operator=(const Player&) = delete;

    tl::expected<void, NotPlayed> play(const ScenarioLine& line);

  private:
    struct Inside;
    std::unique_ptr<Inside> m_inside;
};

// Plays each line of `in` when it comes, to the end of the input; the kiosk goes on between two lines. What became of
// a line is said on a line of its own, and what follows it is played all the same:
//   held 3 choose-method: WAIT choose-method
//   not-held 4 idle: line 4: EXPECT face: the screen is idle
// (its number, the screen that is shown then, and the line or why not). NotPlayed at the end: how many did not hold.
// A line over 4096 bytes does not hold. `in` is read on a thread of its own, which ends with the input.
tl::expected<void, NotPlayed> play_stream(std::istream& in, Runtime& runtime, const PlayOptions& options);

// To the end, or to the first line that does not hold.
tl::expected<void, NotPlayed> play(const Scenario& scenario, Runtime& runtime, const PlayOptions& options);

}  // namespace uketsuke::app
