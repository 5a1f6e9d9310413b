#include "app/ui/canvas_imgui.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

void draw(Canvas& canvas, const core::View& view, const core::page::ConsentSummary&) {
    chrome(canvas, view, {});
}

}  // namespace uketsuke::ui
