#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::LimitAmount&) {
    chrome(canvas, view, {});
    Scene shown;
    shown.title = canvas.text("limit.title");
    shown.body = canvas.text("limit.body");
    shown.picture = pictures::limit_amount;
    shown.pair_first = true;
    shown.choices = {{.label = canvas.text("limit.provide"),
                      .hint = {},
                      .icon = Icon::Check,
                      .tone = Tone::Primary,
                      .intent = {Kind::Provide}},
                     {.label = canvas.text("limit.not"),
                      .hint = {},
                      .icon = Icon::Cross,
                      .tone = Tone::Secondary,
                      .intent = {Kind::NotProvide}}};
    scene(canvas, shown);
}

}  // namespace uketsuke::ui
