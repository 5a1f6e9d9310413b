#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

const char* body_for(core::EndReason reason) {
    switch (reason) {
        case core::EndReason::Stopped:
            return "take.stopped";
        case core::EndReason::TimedOut:
            return "take.timed_out";
        case core::EndReason::Accepted:
            return "take.accepted";
        case core::EndReason::NotSaved:
            return "take.not_saved";
        case core::EndReason::CardTrouble:
        case core::EndReason::CardTaken:
            return "take.trouble";
    }
    return "take.stopped";
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::TakeCard& page) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text("take.title");
    shown.body = canvas.text(body_for(page.reason));
    shown.picture = pictures::take_card;
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
