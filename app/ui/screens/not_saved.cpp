#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

void draw(Canvas& canvas, const core::View& view, const core::page::NotSaved&) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text("not_saved.title");
    shown.body = canvas.text("not_saved.body");
    shown.picture = pictures::desk;
    shown.aside = Notice{Tone::Caution, Icon::Card, canvas.text("accepted.take"), true};
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
