#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::PinLocked& page) {
    chrome(canvas, view, {.back = {}, .call_staff_here = true});
    Scene shown;
    shown.title = canvas.text("pin_locked.title");
    shown.body = canvas.text("pin_locked.body");
    shown.picture = pictures::pin_locked;
    if (page.face) {
        shown.choices.push_back({.label = canvas.text("choose.face"),
                                 .hint = canvas.text("choose.face.hint"),
                                 .icon = Icon::Face,
                                 .tone = Tone::Primary,
                                 .intent = {Kind::ChooseFace}});
    }
    shown.choices.push_back({.label = canvas.text("common.call_staff"),
                             .hint = canvas.text("choose.staff.hint"),
                             .icon = Icon::Bell,
                             .tone = page.face ? Tone::Secondary : Tone::Primary,
                             .intent = {Kind::CallStaff}});
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
