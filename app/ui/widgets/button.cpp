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

struct Sizes {
    Type type;
    float pad;
    float gap;
    float icon;
    float room;  // for the words
};

Sizes sizes_of(const Canvas& canvas, float width, const Choice& choice, ButtonSize size) {
    const bool upright = canvas.layout().upright;
    Sizes sizes{};
    sizes.type = size == ButtonSize::Small ? Type::Small : Type::Label;
    sizes.pad = size == ButtonSize::Small ? (upright ? 20.F : 14.F) : (upright ? 32.F : 20.F);
    if (choice.icon != Icon::None) {
        sizes.gap = sizes.pad * (size == ButtonSize::Column ? 1.3F : 0.7F);
        const float times = size == ButtonSize::Column ? 1.5F : size == ButtonSize::Main ? 1.2F : 1.1F;
        sizes.icon = canvas.layout().type[sizes.type] * times;
    }
    sizes.room = width - 2 * sizes.pad - sizes.gap - sizes.icon;
    return sizes;
}

}  // namespace

void focus_ring(Canvas& canvas, const Rect& rect, float radius) {
    const float line = canvas.layout().upright ? 8.F : 6.F;
    canvas.outline(rect.inset(-line - 2), canvas.palette()[Tone::Ground].ink, line, radius + line + 2);
}

float button_height(const Canvas& canvas, float width, const Choice& choice, ButtonSize size, bool& wide) {
    const Sizes sizes = sizes_of(canvas, width, choice, size);
    const Lines label = canvas.flow(sizes.type, canvas.text(choice.label), sizes.room);
    float height = label.height;
    wide = wide || label.width > sizes.room + 1;
    if (!choice.hint.empty()) {
        const Lines hint = canvas.flow(Type::Small, canvas.text(choice.hint), sizes.room);
        height += hint.height;
        wide = wide || hint.width > sizes.room + 1;
    }
    return height + sizes.pad + canvas.layout().spacing.lip;
}

float button_width(const Canvas& canvas, const Choice& choice, ButtonSize size) {
    const Sizes sizes = sizes_of(canvas, 0, choice, size);
    return canvas.flow(sizes.type, canvas.text(choice.label), 1e9F).width - sizes.room + 2;
}

void button(Canvas& canvas, const Rect& rect, const Choice& choice, ButtonSize size) {
    const std::string words = canvas.text(choice.label);
    const bool main = size != ButtonSize::Small;
    const Canvas::Touch touch = choice.off ? Canvas::Touch{} : canvas.touch(rect, words, choice.intent, main);
    const Tone tone = choice.off ? Tone::KeyIdle : touch.held ? held_tone(choice.tone) : choice.tone;
    const Rect top = face(canvas, rect, tone, touch.held);
    if (touch.focused) focus_ring(canvas, rect, canvas.layout().spacing.radius);

    const Sizes sizes = sizes_of(canvas, top.width, choice, size);
    const Lines label = canvas.flow(sizes.type, words, sizes.room);
    const Lines hint = choice.hint.empty() ? Lines{} : canvas.flow(Type::Small, canvas.text(choice.hint), sizes.room);
    const float width = std::max(label.width, hint.width);
    // Icon and words stand in the middle together, or in a column with those of the neighbours.
    const float middle = top.x + (top.width - (sizes.icon + sizes.gap + width)) / 2;
    const float column = top.x + (canvas.layout().upright ? 84.F : 40.F);
    const float left = size == ButtonSize::Column ? std::min(middle, column) : middle;
    const float upper = top.y + (top.height - label.height - hint.height) / 2;
    const float icon = sizes.icon;
    if (icon > 0) {
        draw_icon(canvas, {left, top.y + (top.height - icon) / 2, icon, icon}, choice.icon, canvas.palette()[tone].ink);
    }
    const Align align = icon > 0 ? Align::Left : Align::Centre;
    const float text_x = left + icon + sizes.gap;
    // A hair wider than measured, so that the same text breaks at the same places.
    const float text_width = width + 1;
    canvas.words({text_x, upper, text_width, label.height}, sizes.type, tone, align, words);
    if (!choice.hint.empty()) {
        canvas.words({text_x, upper + label.height, text_width, hint.height}, Type::Small, tone, align,
                     canvas.text(choice.hint));
    }
}

void rail_button(Canvas& canvas, const Rect& rect, const Choice& choice) {
    const std::string words = canvas.text(choice.label);
    const Canvas::Touch touch = canvas.touch(rect, words, choice.intent, false);
    const Tone usual = choice.on ? Tone::Primary : Tone::Quiet;
    const Tone tone = touch.held ? held_tone(usual) : usual;
    const Surface& surface = canvas.palette()[tone];
    const float radius = canvas.layout().spacing.radius * 0.7F;
    canvas.fill(rect, surface.edge, radius);
    canvas.fill(rect.inset(3), surface.fill, radius - 3);
    if (touch.focused) focus_ring(canvas, rect, radius);
    const float label = std::min(rect.height * 0.42F, canvas.layout().type[Type::Tag] * 1.5F);
    const float icon = std::min(rect.height - label - 22, rect.width * 0.5F);
    const float top = rect.y + (rect.height - icon - label - 6) / 2;
    draw_icon(canvas, {rect.centre().x - icon / 2, top, icon, icon}, choice.icon, surface.ink);
    // Not by colour alone: what is on carries a tick.
    if (choice.on) {
        const float tick = icon * 0.5F;
        draw_icon(canvas, {rect.centre().x + icon / 2 + 4, top - 2, tick, tick}, Icon::Check, surface.ink);
    }
    canvas.words_fitted({rect.x + 6, top + icon + 6, rect.width - 12, label}, Type::Tag, tone, Align::Centre, words);
}

}  // namespace uketsuke::ui
