#include "app/ui/screens.h"

#include <variant>

namespace uketsuke::ui {

void draw_screen(Canvas& canvas, const core::View& view) {
    std::visit([&](const auto& page) { draw(canvas, view, page); }, view.page);
}

}  // namespace uketsuke::ui
