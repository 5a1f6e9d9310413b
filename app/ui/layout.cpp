#include "app/ui/layout.h"

#include <algorithm>

namespace uketsuke::ui {

namespace {

constexpr TypeScale k_upright_type{{70, 52, 46, 54, 36, 88, 30}};
constexpr TypeScale k_lying_type{{50, 38, 32, 38, 26, 58, 22}};

void place_upright(Layout& layout) {
    const Rect& screen = layout.screen;
    const float margin = 64;
    const float inner = screen.width - 2 * margin;
    layout.type = k_upright_type;
    layout.spacing = {margin, 28, 28, 10};
    layout.strip = {0, 0, screen.width, 52};
    const float rail = std::max(112.F, layout.target);
    const float footer = std::max(124.F, layout.target);
    layout.footer = {margin, screen.height - 56 - footer, inner, footer};
    // At the top nobody in a wheelchair could ask for what is out of reach there.
    const float top = 76;
    layout.rail = {margin, layout.footer.y - 20 - rail, inner, rail};
    layout.steps = {margin, top, inner, 146};
    layout.countdown = {margin, layout.rail.y - 16 - 116, inner, 116};
    const float first = top + 146 + 20;
    layout.content = {margin, first, inner, layout.countdown.y - 20 - first};
}

void place_lying(Layout& layout) {
    const Rect& screen = layout.screen;
    const float margin = 40;
    const float inner = screen.width - 2 * margin;
    layout.type = k_lying_type;
    layout.spacing = {margin, 18, 20, 7};
    layout.strip = {0, 0, screen.width, 34};
    const float footer = std::max(88.F, layout.target);
    layout.footer = {margin, screen.height - 24 - footer, inner, footer};
    const float button = std::max(112.F, layout.target);
    if (layout.low) {
        const float rail = 6 * std::max(94.F, layout.target) + 5 * 8;
        layout.rail = {screen.width - margin - rail, layout.footer.y, rail, footer};
        layout.footer.width = inner - rail - 24;
        layout.steps = {margin, 40, inner, 96};
        // There is no other place: while it counts down, nobody asks for the step.
        layout.countdown = {margin, 50, inner, 60};
        layout.content = {margin, 142, inner, layout.footer.y - 16 - 142};
        return;
    }
    layout.rail = {screen.width - margin - button, 46, button, screen.height - 46 - 24};
    layout.rail_down = true;
    const float left = layout.rail.x - 28 - margin;
    layout.footer.width = left;
    layout.steps = {margin, 42, left, 100};
    layout.content = {margin, 150, left, layout.footer.y - 14 - 150};
    // Where fingers need half of the screen's height, there is no other place for it.
    layout.countdown = {margin, 52, left, 60};
    if (layout.dense) return;
    layout.countdown = {margin, layout.footer.y - 10 - 58, left, 58};
    layout.content.height = layout.countdown.y - 8 - 150;
}

}  // namespace

Rect fitted(const Rect& outer, float aspect) {
    const float width = std::min(outer.width, outer.height * aspect);
    const float height = width / aspect;
    return {outer.x + (outer.width - width) / 2, outer.y + (outer.height - height) / 2, width, height};
}

Layout Layout::of(const Rect& area, const LayoutOptions& options) {
    Layout layout;
    layout.upright = area.height > area.width;
    layout.low = options.low;
    layout.type_scale = options.large ? k_large_type : 1;
    const Size least = layout.upright ? Size{1080, 1920} : Size{1280, 800};
    layout.pixels_per_unit = std::min(area.width / least.width, area.height / least.height);
    layout.origin = {area.x, area.y};
    layout.screen = {0, 0, area.width / layout.pixels_per_unit, area.height / layout.pixels_per_unit};
    const auto millimetre = static_cast<float>(96 / 25.4 * options.density) / layout.pixels_per_unit;
    layout.target = static_cast<float>(k_target_mm) * millimetre;
    layout.dense = layout.target > (layout.upright ? 140 : 100);
    layout.main_target = std::max(layout.upright ? 150.F : 104.F, layout.target);
    if (layout.upright) {
        place_upright(layout);
    } else {
        place_lying(layout);
    }
    layout.words = layout.content;
    layout.reach = layout.content;
    if (layout.low) {
        const float middle = layout.screen.height / 2;
        layout.words.height = middle - layout.words.y;
        layout.reach.y = middle + 6;
        layout.reach.height = layout.content.bottom() - layout.reach.y;
    }
    return layout;
}

Layout Layout::with_type(float scale) const {
    Layout scaled = *this;
    for (float& size : scaled.type.sizes) size *= scale;
    return scaled;
}

Rect Layout::to_pixels(const Rect& units) const {
    return {origin.x + units.x * pixels_per_unit, origin.y + units.y * pixels_per_unit, units.width * pixels_per_unit,
            units.height * pixels_per_unit};
}

}  // namespace uketsuke::ui
