// Where things stand. One virtual layout in units: at least 1080 × 1920 of them upright, at least 1280 × 800 lying;
// the window's pixels per unit follow from its size, and what is left over in one direction widens the layout.
#pragma once

#include "app/ui/geometry.h"
#include "app/ui/theme.h"

namespace uketsuke::ui {

struct Layout {
    bool upright = true;
    float pixels_per_unit = 1;
    Point origin;  // of the layout in the window, pixels
    Rect screen;   // everything below is in units
    Rect strip;    // the demonstration notice
    Rect brand;
    Rect language;
    Rect steps;
    Rect content;
    Rect countdown;
    Rect footer;
    TypeScale type;
    Spacing spacing;
    float main_target = 0;   // least height of a main choice
    float small_target = 0;  // least height of any other control

    // `area` is the part of the window for the patient's screen, in pixels. `density` is the screen's pixels per inch
    // divided by 96: main choices are at least 20 mm high.
    static Layout of(const Rect& area, double density);

    Rect to_pixels(const Rect& units) const;
};

inline constexpr double k_main_target_mm = 20;

}  // namespace uketsuke::ui
