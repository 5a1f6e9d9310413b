// Private to app/ui: puts the demonstration's bar on a canvas of its own.
#pragma once

#include <optional>

#include "app/ui/demo_bar.h"
#include "app/ui/layout.h"

namespace uketsuke::ui {

class Canvas;

// Height of the bar in a window of this size, so that bar and patient's layout have the same pixels per unit.
float demo_bar_pixels(float width, float height);
// The bar's layout: like the patient's, but covering `area` (pixels).
Layout demo_bar_layout(const Layout& patient, const Rect& area);
std::optional<DemoAction> draw_demo_bar(Canvas& canvas, const DemoBar& bar);

}  // namespace uketsuke::ui
