#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::PinLastTry& page) {
    chrome(canvas, view, {.back = {}, .call_staff_here = true});
    Scene shown;
    shown.title = canvas.text("pin_last.title");
    shown.body = canvas.text(page.face ? "pin_last.body_face" : "pin_last.body_staff");
    shown.picture = pictures::last_try;
    if (page.face) {
        shown.choices.push_back({.label = canvas.text("choose.face"),
                                 .hint = {},
                                 .icon = Icon::Face,
                                 .tone = Tone::Primary,
                                 .intent = {Kind::ChooseFace}});
    }
    shown.choices.push_back({.label = canvas.text("common.call_staff"),
                             .hint = {},
                             .icon = Icon::Bell,
                             .tone = page.face ? Tone::Secondary : Tone::Primary,
                             .intent = {Kind::CallStaff}});
    shown.choices.push_back({.label = canvas.text("pin_last.use"),
                             .hint = {},
                             .icon = Icon::Keypad,
                             .tone = Tone::Quiet,
                             .intent = {Kind::UseLastTry}});
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
