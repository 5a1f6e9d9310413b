#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

struct Parts {
    Rect words;
    Rect dots;
    Rect keys;
};

Parts parts_of(const Layout& layout) {
    const Rect& content = layout.content;
    if (layout.upright) {
        const float keys = 690;
        const Rect pad{content.x + 60, content.bottom() - keys, content.width - 120, keys};
        return {{content.x, content.y, content.width, pad.y - 120 - content.y},
                {content.x, pad.y - 108, content.width, 80},
                pad};
    }
    const float gap = layout.spacing.gap;
    const float half = (content.width - 3 * gap) / 2;
    return {{content.x, content.y, half, content.height - 70},
            {content.x, content.bottom() - 56, half, 48},
            {content.x + half + 3 * gap + 30, content.y, half - 60, content.height}};
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::Pin& page) {
    chrome(canvas, view, {.back = canvas.text("common.other_way"), .call_staff_here = false});
    const Layout& layout = canvas.layout();
    const Parts parts = parts_of(layout);
    const Align align = layout.upright ? Align::Centre : Align::Left;
    const float gap = layout.spacing.gap;
    Rect rect = parts.words;
    const auto below = [&rect](float height) { rect = {rect.x, rect.y + height, rect.width, rect.height - height}; };
    below(canvas.words(rect, Type::Title, Tone::Ground, align, canvas.text("pin.title")) + gap * 0.8F);
    const std::string tries = page.tries_left == 1 ? std::string(canvas.text("pin.last"))
                                                   : fill(canvas.text("pin.tries"), "n", page.tries_left);
    const bool last = page.tries_left == 1;
    const std::string after_face = std::string(canvas.text("pin.after_face")) + "\n" + tries;
    const std::string wrong = std::string(canvas.text("pin.wrong")) + "\n" + tries;
    Notice shown{last ? Tone::Danger : Tone::Notice, last ? Icon::Warning : Icon::Info, tries, false};
    if (page.checking) {
        shown = {Tone::Notice, Icon::Info, canvas.text("pin.checking"), false};
    } else if (!page.ready) {
        shown = {Tone::Notice, Icon::Info, canvas.text("pin.wait"), false};
    } else if (page.wrong) {
        shown = {Tone::Caution, Icon::Warning, wrong, false};
    } else if (page.after_face) {
        shown.text = after_face;
    }
    below(notice(canvas, rect, shown) + gap * 0.6F);
    // Where two lines are needed for the tries, they matter more than the hint.
    const std::string_view hint = canvas.text("pin.hint");
    if (canvas.flow(Type::Small, hint, rect.width).height <= rect.height) {
        canvas.words(rect, Type::Small, Tone::Muted, align, hint);
    }
    dots(canvas, parts.dots, page.entered, 4);
    keypad(canvas, parts.keys,
           {.order = page.order, .ready = page.ready && !page.checking, .can_erase = page.entered > 0});
}

}  // namespace uketsuke::ui
