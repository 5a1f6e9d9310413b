#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::Registration&) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text("registration.title");
    shown.body = canvas.text("registration.body");
    shown.picture = pictures::register_card;
    shown.choices = {{.label = canvas.text("registration.register"),
                      .hint = {},
                      .icon = Icon::Check,
                      .tone = Tone::Primary,
                      .intent = {Kind::Register}},
                     {.label = canvas.text("registration.not"),
                      .hint = canvas.text("registration.not_hint"),
                      .icon = Icon::Cross,
                      .tone = Tone::Secondary,
                      .intent = {Kind::NotRegister}}};
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
