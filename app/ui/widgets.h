// What the screens are built of. Everything is drawn by us; a widget that can be touched hands its intent to the
// canvas.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/intent.h"
#include "app/core/view.h"
#include "app/ui/geometry.h"
#include "app/ui/pictures/icons.h"
#include "app/ui/theme.h"

namespace uketsuke::ui {

class Canvas;

// A button. Tone: Primary for the plainly usual choice, Secondary for another one, Quiet for leaving.
struct Choice {
    std::string_view label;  // already translated
    std::string_view hint;   // one short line below, or empty
    Icon icon = Icon::None;
    Tone tone = Tone::Secondary;
    core::Intent intent;
    bool main = true;
    bool off = false;        // shown in its place, and cannot be touched
    bool in_column = false;  // icon and words start at the same place as those of the buttons above and below
};
void button(Canvas& canvas, const Rect& rect, const Choice& choice);

// A coloured panel with an icon and a sentence, from the top of `within`; returns its height.
struct Notice {
    Tone tone = Tone::Notice;
    Icon icon = Icon::Info;
    std::string_view text;
    bool strong = false;  // what to do next: larger, bold, in the middle
};
float notice(Canvas& canvas, const Rect& within, const Notice& notice);
float notice_height(const Canvas& canvas, float width, const Notice& notice);

// How many digits were typed, never which.
void dots(Canvas& canvas, const Rect& rect, int entered, int places);

// Ten digits and an eraser. A key shows no sign of being pressed: a neighbour could follow it.
inline constexpr std::array<std::uint8_t, 10> k_keys_in_order{1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
struct Keypad {
    std::span<const std::uint8_t, 10> order;  // the digit at each place: three rows of three, then the last one
    bool ready = true;
    bool can_erase = true;
};
void keypad(Canvas& canvas, const Rect& rect, const Keypad& keypad);

// Where in the four steps the patient is.
void step_bar(Canvas& canvas, const Rect& rect, core::Stage stage);

// What surrounds every screen. The window was already cleared to the ground's colour.
struct Chrome {
    std::string_view back;         // label of the way back, or empty
    bool call_staff_here = false;  // the screen itself offers it; the footer then does not
};
void chrome(Canvas& canvas, const core::View& view, const Chrome& chrome);

// The usual composition: a sentence, a picture, choices.
using Picture = void (*)(Canvas&, const Rect&);
struct Scene {
    std::string_view title;
    std::string_view body;
    Picture picture = nullptr;
    std::optional<Notice> aside;
    std::vector<Choice> choices;
    bool pair_first = false;  // the first two side by side, equally large
    std::string_view footnote;
    std::string_view overline;  // small, above the title
};
void scene(Canvas& canvas, const Scene& scene);

}  // namespace uketsuke::ui
