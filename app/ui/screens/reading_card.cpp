#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

void draw(Canvas& canvas, const core::View& view, const core::page::ReadingCard&) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text("reading.title");
    shown.body = canvas.text("reading.body");
    shown.picture = pictures::card_reading;
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
