#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pictures.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::CallStaff& page) {
    chrome(canvas, view, {.back = canvas.text("common.back"), .call_staff_here = true});
    Scene shown;
    shown.title = canvas.text("call.title");
    shown.body = canvas.text(page.after_face ? "call.after_face" : "call.body");
    shown.picture = pictures::staff_coming;
    scene(canvas, shown);
    if (!page.staff_check) return;
    // For a member of staff: small, in the corner where a patient looks for nothing.
    const Rect& footer = canvas.layout().footer;
    const float width = (footer.width - 2 * canvas.layout().spacing.gap) / 3;
    button(canvas, {footer.right() - width, footer.y, width, footer.height},
           {.label = canvas.text("call.staff"),
            .hint = {},
            .icon = Icon::Eye,
            .tone = Tone::Quiet,
            .intent = {Kind::OpenStaffCheck},
            .main = false});
}

}  // namespace uketsuke::ui
