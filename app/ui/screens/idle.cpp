#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

void draw(Canvas& canvas, const core::View& view, const core::page::Idle& page) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text("idle.title");
    shown.body = canvas.text("idle.body");
    shown.picture = pictures::lay_card;
    if (page.visual_armed) {
        shown.aside = Notice{Tone::Done, Icon::Eye, canvas.text("idle.visual_armed"), false};
    } else if (page.face_absent && *page.face_absent != core::FaceAbsence::Starting) {
        shown.aside = Notice{Tone::Notice, Icon::Info, canvas.text("idle.no_face"), false};
    }
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
