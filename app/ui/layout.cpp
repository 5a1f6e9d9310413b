#include "app/ui/layout.h"

#include <algorithm>

namespace uketsuke::ui {

namespace {

constexpr TypeScale k_upright_type{{70, 52, 46, 54, 36, 88}};
constexpr TypeScale k_lying_type{{50, 38, 32, 38, 26, 58}};

void place_upright(Layout& layout) {
    const Rect& screen = layout.screen;
    const float margin = 64;
    const float inner = screen.width - 2 * margin;
    layout.type = k_upright_type;
    layout.spacing = {margin, 28, 28, 10};
    layout.strip = {0, 0, screen.width, 52};
    layout.brand = {margin, 84, inner - 420, 88};
    layout.language = {screen.width - margin - 400, 84, 400, 88};
    layout.steps = {margin, 216, inner, 130};
    layout.footer = {margin, screen.height - 64 - 128, inner, 128};
    layout.countdown = {margin, layout.footer.y - 96, inner, 72};
    layout.content = {margin, 392, inner, layout.countdown.y - 24 - 392};
}

void place_lying(Layout& layout) {
    const Rect& screen = layout.screen;
    const float margin = 48;
    const float inner = screen.width - 2 * margin;
    layout.type = k_lying_type;
    layout.spacing = {margin, 18, 20, 7};
    layout.strip = {0, 0, screen.width, 36};
    layout.language = {screen.width - margin - 276, 52, 276, 68};
    layout.brand = {margin, 52, inner - 300, 68};
    layout.steps = {margin, 50, inner - 316, 88};
    layout.footer = {margin, screen.height - 28 - 88, inner, 88};
    layout.countdown = {margin, layout.footer.y - 56, inner, 44};
    layout.content = {margin, 160, inner, layout.countdown.y - 12 - 160};
}

}  // namespace

Rect fitted(const Rect& outer, float aspect) {
    const float width = std::min(outer.width, outer.height * aspect);
    const float height = width / aspect;
    return {outer.x + (outer.width - width) / 2, outer.y + (outer.height - height) / 2, width, height};
}

Layout Layout::of(const Rect& area, double density) {
    Layout layout;
    layout.upright = area.height > area.width;
    const Size least = layout.upright ? Size{1080, 1920} : Size{1280, 800};
    layout.pixels_per_unit = std::min(area.width / least.width, area.height / least.height);
    layout.origin = {area.x, area.y};
    layout.screen = {0, 0, area.width / layout.pixels_per_unit, area.height / layout.pixels_per_unit};
    if (layout.upright) {
        place_upright(layout);
    } else {
        place_lying(layout);
    }
    const auto millimetre = static_cast<float>(96 / 25.4 * density) / layout.pixels_per_unit;
    const float asked = static_cast<float>(k_main_target_mm) * millimetre;
    layout.main_target = std::clamp(asked, layout.upright ? 168.F : 112.F, layout.upright ? 240.F : 140.F);
    layout.small_target = layout.upright ? 88.F : 68.F;
    return layout;
}

Rect Layout::to_pixels(const Rect& units) const {
    return {origin.x + units.x * pixels_per_unit, origin.y + units.y * pixels_per_unit, units.width * pixels_per_unit,
            units.height * pixels_per_unit};
}

}  // namespace uketsuke::ui
