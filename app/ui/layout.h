// Where things stand. One virtual layout in units: at least 1080 × 1920 of them upright, at least 1280 × 800 lying;
// the window's pixels per unit follow from its size, and what is left over in one direction widens the layout.
//
//   upright          upright, low     lying                    lying, low
//   ┌─ steps ───┐    ┌─ steps ───┐    ┌─ steps ────────┬rail┐   ┌─ steps ────────────┐
//   │  words    │    │  words    │    │ words │ reach  │    │   │ words              │
//   │           │    │           │    │       │        │    │   ├─ the middle ───────┤
//   │  reach    │    ├─ middle ──┤    │       │        │    │   │ reach              │
//   │           │    │  reach    │    │       │        │    │   │                    │
//   ├─ rail ────┤    ├─ rail ────┤    └─ footer ───────┴────┘   └─ footer ─┬─ rail ──┘
//   └─ footer ──┘    └─ footer ──┘    reach: what can be touched on the page itself
#pragma once

#include "app/ui/geometry.h"
#include "app/ui/theme.h"

namespace uketsuke::ui {

struct LayoutOptions {
    double density = 1;  // the screen's pixels per inch ÷ 96
    bool low = false;    // everything to touch in the lower half
    bool large = false;  // large type
};

struct Layout {
    bool upright = true;
    bool low = false;
    float pixels_per_unit = 1;
    Point origin;            // of the layout in the window, pixels
    Rect screen;             // everything below is in units
    Rect strip;              // the demonstration notice
    Rect rail;               // language and preferences: the same place on every screen
    bool rail_down = false;  // one below the other
    Rect steps;
    Rect content;  // words and what can be touched
    Rect words;    // in the low layouts: what is only read; else all of content
    Rect reach;    // in the low layouts: what can be touched; else all of content
    Rect countdown;
    Rect footer;
    TypeScale type;
    float type_scale = 1;  // asked for: 1, or more for large type
    Spacing spacing;
    float target = 0;       // least height and width of everything that can be touched: 20 mm
    bool dense = false;     // what can be touched fills most of the screen: a tablet
    float main_target = 0;  // least height of a main choice

    // `area` is the part of the window for the patient's screen, in pixels.
    static Layout of(const Rect& area, const LayoutOptions& options);

    // The same places with every size of type times `scale`.
    Layout with_type(float scale) const;
    Rect to_pixels(const Rect& units) const;
};

inline constexpr double k_target_mm = 20;  // ISO 9241-9 and EN 301 549 ask for less; unsteady hands for more
inline constexpr float k_large_type = 1.3F;

}  // namespace uketsuke::ui
