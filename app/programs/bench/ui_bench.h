// What the rows of the ui group share.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "app/core/view.h"
#include "app/programs/bench/bench.h"
#include "app/ui/window.h"

namespace uketsuke::bench {

inline constexpr const char* k_empty_picture = "clearing and presenting an empty picture of the same size";

// Pages that stand for all: few words, many, a keypad, a list.
std::vector<std::pair<std::string, core::View>> pages();

double milliseconds(std::chrono::nanoseconds time);
std::string size_of(const ui::Window& window);  // "1080x1920"
double empty_frame_ms(ui::Window& window);
// Where a finger gives the intent on the last picture; 0, 0: nowhere.
ui::Point place_of(const ui::Window& window, core::Intent::Kind kind);
ui::Point usual_choice(const ui::Window& window);

// ui.page_change: from the finger that is lifted to the picture of a page whose words nobody has seen since the last
// patient, through a reception in every language, in plain and in large type.
void page_changes(BenchOutput& out, ui::Window& window);
// ui.idle: the process's share of a core while the first page waits as the kiosk's loop does.
void idle(BenchOutput& out, ui::Window& window);

}  // namespace uketsuke::bench
