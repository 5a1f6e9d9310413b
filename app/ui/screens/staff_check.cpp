#include <algorithm>

#include "app/ui/canvas_imgui.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

constexpr int k_usual_code = 4;
constexpr int k_most_dots = 8;

struct Parts {
    Rect words;
    Rect dots;
    Rect keys;
    Rect confirm;
};

Parts parts_of(const Layout& layout) {
    const Rect& content = layout.content;
    const float gap = layout.spacing.gap;
    if (layout.upright) {
        const float confirm = layout.main_target;
        const float keys = 610;
        const Rect pad{content.x + 80, content.bottom() - confirm - gap - keys, content.width - 160, keys};
        return {{content.x, content.y, content.width, pad.y - 110 - content.y},
                {content.x, pad.y - 100, content.width, 70},
                pad,
                {content.x, content.bottom() - confirm, content.width, confirm}};
    }
    const float half = (content.width - 3 * gap) / 2;
    const float confirm = layout.main_target;
    const Rect left{content.x, content.y, half, content.height};
    return {{left.x, left.y, half, left.height - confirm - gap - 60},
            {left.x, left.bottom() - confirm - gap - 52, half, 44},
            {left.right() + 3 * gap + 30, content.y, half - 60, content.height},
            {left.x, left.bottom() - confirm, half, confirm}};
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::StaffCheck& page) {
    chrome(canvas, view, {.back = canvas.text("common.back"), .call_staff_here = true});
    const Layout& layout = canvas.layout();
    const Parts parts = parts_of(layout);
    const Align align = layout.upright ? Align::Centre : Align::Left;
    Rect rect = parts.words;
    const float title = canvas.words(rect, Type::Title, Tone::Ground, align, canvas.text("staff.title"));
    rect = {rect.x, rect.y + title + 12, rect.width, rect.height - title - 12};
    if (page.paused) {
        notice(canvas, rect, {Tone::Caution, Icon::Warning, canvas.text("staff.paused"), false});
    } else if (page.checking) {
        notice(canvas, rect, {Tone::Notice, Icon::Info, canvas.text("pin.checking"), false});
    } else if (page.wrong) {
        notice(canvas, rect, {Tone::Caution, Icon::Warning, canvas.text("staff.wrong"), false});
    } else {
        canvas.words(rect, Type::Body, Tone::Ground, align, canvas.text("staff.body"));
    }
    const int entered = std::min<int>(page.entered, k_most_dots);
    dots(canvas, parts.dots, entered, std::max(k_usual_code, entered));
    const bool ready = !page.checking && !page.paused;
    keypad(canvas, parts.keys, {.order = k_keys_in_order, .ready = ready, .can_erase = page.entered > 0});
    if (ready) {
        Rect confirm = parts.confirm;
        // Never both: the number opens a photo that is closed, the challenge is waived for one that is open.
        const bool second = page.type_number || page.waive_challenge;
        const bool icons = layout.upright || !second;
        if (second) {
            const float half = (confirm.width - layout.spacing.gap) / 2;
            const Icon icon = page.type_number ? Icon::Card : Icon::Face;
            button(canvas, {confirm.right() - half, confirm.y, half, confirm.height},
                   {.label = canvas.text(page.type_number ? "staff.type_number" : "staff.waive_challenge"),
                    .hint = {},
                    .icon = icons ? icon : Icon::None,
                    .tone = Tone::Secondary,
                    .intent = {page.type_number ? Kind::TypeNumber : Kind::WaiveChallenge}});
            confirm.width = half;
        }
        button(canvas, confirm,
               {.label = canvas.text("staff.confirm"),
                .hint = {},
                .icon = icons ? Icon::Eye : Icon::None,
                .tone = Tone::Primary,
                .intent = {Kind::ConfirmVisual}});
    }
}

}  // namespace uketsuke::ui
