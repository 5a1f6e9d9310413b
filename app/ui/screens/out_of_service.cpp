#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

void draw(Canvas& canvas, const core::View& view, const core::page::OutOfService&) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text("out.title");
    shown.body = canvas.text("out.body");
    shown.picture = pictures::desk;
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
