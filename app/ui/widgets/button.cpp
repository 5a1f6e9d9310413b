#include <algorithm>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

Tone held_tone(Tone tone) {
    switch (tone) {
        case Tone::Primary:
            return Tone::PrimaryHeld;
        case Tone::Secondary:
            return Tone::SecondaryHeld;
        case Tone::Quiet:
            return Tone::QuietHeld;
        case Tone::Demo:
            return Tone::DemoHeld;
        case Tone::Ground:
        case Tone::Muted:
        case Tone::Panel:
        case Tone::PrimaryHeld:
        case Tone::SecondaryHeld:
        case Tone::QuietHeld:
        case Tone::Key:
        case Tone::KeyIdle:
        case Tone::Notice:
        case Tone::Caution:
        case Tone::Danger:
        case Tone::Done:
        case Tone::DemoHeld:
            return tone;
    }
    return tone;
}

// The face of the button, standing on its lower lip until it is pressed down.
Rect face(Canvas& canvas, const Rect& rect, Tone tone, bool held) {
    const float radius = canvas.layout().spacing.radius;
    const float lip = tone == Tone::Quiet || tone == Tone::QuietHeld ? 0 : canvas.layout().spacing.lip;
    const Surface& surface = canvas.palette()[tone];
    const Rect top = held ? Rect{rect.x, rect.y + lip * 0.6F, rect.width, rect.height - lip * 0.6F}
                          : Rect{rect.x, rect.y, rect.width, rect.height - lip};
    const Rect face_only = held ? Rect{top.x, top.y, top.width, top.height - lip * 0.4F} : top;
    canvas.fill(rect.height > top.height && held ? top : rect, surface.edge, radius);
    const float line = tone == Tone::Primary || tone == Tone::PrimaryHeld ? 0.F : canvas.layout().upright ? 4.F : 3.F;
    canvas.fill(face_only.inset(line), surface.fill, std::max(0.F, radius - line));
    if (line == 0 && surface.edge != surface.fill) canvas.fill(face_only, surface.fill, radius);
    return face_only;
}

}  // namespace

void button(Canvas& canvas, const Rect& rect, const Choice& choice) {
    const Canvas::Touch touch =
        choice.off ? Canvas::Touch{} : canvas.touch(rect, choice.label, choice.intent, choice.main);
    const Tone tone = choice.off ? Tone::KeyIdle : touch.held ? held_tone(choice.tone) : choice.tone;
    const Rect top = face(canvas, rect, tone, touch.held);

    const bool upright = canvas.layout().upright;
    const Type type = choice.main ? Type::Label : Type::Small;
    const float pad = choice.main ? (upright ? 32.F : 22.F) : (upright ? 20.F : 16.F);
    const float gap = choice.icon == Icon::None ? 0 : pad * (choice.in_column ? 1.4F : 0.7F);
    const float size = choice.in_column ? 1.55F : choice.main ? 1.2F : 1.1F;
    const float icon = choice.icon == Icon::None ? 0 : canvas.layout().type[type] * size;
    const float room = top.width - 2 * pad - gap - icon;
    const Lines label = canvas.flow(type, choice.label, room);
    const Lines hint = choice.hint.empty() ? Lines{} : canvas.flow(Type::Small, choice.hint, room);
    const float width = std::max(label.width, hint.width);
    const float height = label.height + hint.height;
    // Icon and words stand in the middle together, or in a column with those of the neighbours.
    const float middle = top.x + (top.width - (icon + gap + width)) / 2;
    const float left = choice.in_column ? std::min(middle, top.x + (upright ? 84.F : 44.F)) : middle;
    const float upper = top.y + (top.height - height) / 2;
    if (icon > 0) {
        draw_icon(canvas, {left, top.y + (top.height - icon) / 2, icon, icon}, choice.icon, canvas.palette()[tone].ink);
    }
    const Align align = icon > 0 ? Align::Left : Align::Centre;
    const float text_x = left + icon + gap;
    // A hair wider than measured, so that the same text breaks at the same places.
    const float text_width = width + 1;
    canvas.words({text_x, upper, text_width, label.height}, type, tone, align, choice.label);
    if (!choice.hint.empty()) {
        canvas.words({text_x, upper + label.height, text_width, hint.height}, Type::Small, tone, align, choice.hint);
    }
}

namespace {

struct NoticeSizes {
    Type type;
    float pad;
    float icon;
};

NoticeSizes sizes_of(const Canvas& canvas, const Notice& notice) {
    const Type type = notice.strong ? Type::Label : Type::Body;
    return {type, canvas.layout().upright ? 30.F : 18.F, canvas.layout().type[type] * 1.25F};
}

}  // namespace

float notice_height(const Canvas& canvas, float width, const Notice& notice) {
    const auto [type, pad, icon] = sizes_of(canvas, notice);
    return canvas.flow(type, notice.text, width - 3 * pad - icon).height + pad * (notice.strong ? 2.2F : 1.5F);
}

float notice(Canvas& canvas, const Rect& within, const Notice& notice) {
    const auto [type, pad, icon] = sizes_of(canvas, notice);
    const float height = notice_height(canvas, within.width, notice);
    const Rect panel{within.x, within.y, within.width, height};
    const float radius = canvas.layout().spacing.radius * 0.8F;
    const Surface& surface = canvas.palette()[notice.tone];
    canvas.fill(panel, surface.edge, radius);
    canvas.fill(panel.inset(2), surface.fill, radius - 2);
    const float room = panel.width - 3 * pad - icon;
    float left = panel.x + pad;
    if (notice.strong) left += (room - canvas.flow(type, notice.text, room).width) / 2;
    draw_icon(canvas, {left, panel.y + (height - icon) / 2, icon, icon}, notice.icon, surface.ink);
    const float words = left + icon + pad;
    // A notice that does not fit would cover what stands below: its words then leave their place, which tests see.
    const float there = std::min(height, within.height);
    canvas.words_in({words, panel.y, std::min(room + 1, panel.right() - words), there}, type, notice.tone, Align::Left,
                    notice.text);
    return height;
}

}  // namespace uketsuke::ui
