#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

void draw(Canvas& canvas, const core::View& view, const core::page::CardTaken& page) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text(page.accepted ? "taken.accepted.title" : "taken.cancelled.title");
    shown.body = canvas.text(page.accepted ? "taken.accepted.body" : "taken.cancelled.body");
    shown.picture = page.accepted ? pictures::done : pictures::card_gone;
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
