#include <algorithm>
#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

void key_face(Canvas& canvas, const Rect& rect, Tone tone) {
    const float radius = canvas.layout().spacing.radius;
    const float lip = canvas.layout().spacing.lip * 0.7F;
    const Surface& surface = canvas.palette()[tone];
    canvas.fill(rect, surface.edge, radius);
    const Rect top{rect.x + 3, rect.y + 3, rect.width - 6, rect.height - 6 - lip};
    canvas.fill(top, surface.fill, radius - 3);
}

void row_of_dots(Canvas& canvas, const Rect& rect, float radius, float step, int entered, int places, bool centred) {
    const float length = step * static_cast<float>(places - 1);
    const float start = centred ? rect.centre().x - length / 2 : rect.x + radius;
    const Surface& ground = canvas.palette()[Tone::Ground];
    for (int i = 0; i < places; ++i) {
        const Point centre{start + step * static_cast<float>(i), rect.centre().y};
        if (i < entered) {
            canvas.disc(centre, radius, ground.ink);
        } else {
            canvas.ring(centre, radius - 2, canvas.palette()[Tone::Muted].ink, canvas.layout().upright ? 5.F : 3.5F);
        }
    }
}

float group_height(const Canvas& canvas) {
    return canvas.layout().upright ? 72.F : 48.F;
}

void draw_groups(Canvas& canvas, const Rect& rect, const DigitPad& pad) {
    const float row = rect.height / static_cast<float>(pad.groups.size());
    const float label = rect.width * 0.5F;
    int most = 1;
    for (const auto& group : pad.groups) most = std::max(most, group.digits);
    int before = 0;
    float y = rect.y;
    for (const auto& group : pad.groups) {
        const bool now = pad.entered >= before && pad.entered < before + group.digits;
        canvas.words_fitted({rect.x, y, label - 12, row}, Type::Small, now ? Tone::Ground : Tone::Muted, Align::Left,
                            canvas.text(group.label));
        // The dots of the rows stand below each other.
        const float step = (rect.width - label) / static_cast<float>(most);
        const float radius = std::min(row * 0.22F, step * 0.29F);
        row_of_dots(canvas, {rect.x + label, y, rect.width - label, row}, radius, radius * 3.2F,
                    std::clamp(pad.entered - before, 0, group.digits), group.digits, false);
        before += group.digits;
        y += row;
    }
}

}  // namespace

float pad_gap(const Canvas& canvas, const Rect& rect, int columns) {
    const auto down = static_cast<float>(k_pad_places / columns);
    const float spare = (rect.height - down * canvas.layout().target) / (down - 1);
    return std::clamp(spare, 8.F, canvas.layout().spacing.gap * 0.7F);
}

float dots_height(const Canvas& canvas, const DigitPad& pad) {
    if (!pad.groups.empty()) return group_height(canvas) * static_cast<float>(pad.groups.size());
    return canvas.layout().upright ? 76.F : 50.F;
}

void dots(Canvas& canvas, const Rect& rect, const DigitPad& pad) {
    if (!pad.groups.empty()) {
        draw_groups(canvas, rect, pad);
        return;
    }
    const float radius = std::min(rect.height / 2, canvas.layout().upright ? 28.F : 19.F);
    row_of_dots(canvas, rect, radius, radius * 3.4F, pad.entered, pad.places, true);
}

Size key_size(const Rect& rect, int columns, float gap) {
    const auto across = static_cast<float>(columns);
    const auto down = static_cast<float>(k_pad_places / columns);
    return {(rect.width - (across - 1) * gap) / across, (rect.height - (down - 1) * gap) / down};
}

void keypad(Canvas& canvas, const Rect& rect, const DigitPad& pad, int columns) {
    const float gap = pad_gap(canvas, rect, columns);
    const auto [width, height] = key_size(rect, columns, gap);
    const Tone tone = pad.ready ? Tone::Key : Tone::KeyIdle;
    const auto place = [&](int at) {
        return Rect{rect.x + static_cast<float>(at % columns) * (width + gap),
                    rect.y + static_cast<float>(at / columns) * (height + gap), width, height};
    };
    // In three columns the last digit stands under the middle, as on a telephone, with the eraser on its left.
    const bool telephone = columns == 3;
    const auto digit_place = [&](int i) { return place(telephone && i == 9 ? 10 : i); };
    const float radius = canvas.layout().spacing.radius;
    for (std::size_t i = 0; i < pad.order.size(); ++i) {
        const Rect key = digit_place(static_cast<int>(i));
        const std::string digit = std::to_string(pad.order[i]);
        key_face(canvas, key, tone);
        if (pad.ready &&
            canvas.touch(key, digit, core::Intent{core::Intent::Kind::Digit, pad.order[i]}, true).focused) {
            focus_ring(canvas, key, radius);
        }
        canvas.words_fitted(key.inset(4), Type::Digit, tone, Align::Centre, digit);
    }
    Rect erase = place(telephone ? 9 : 10);
    if (!telephone) erase.width = 2 * width + gap;
    const bool can_erase = pad.ready && pad.entered > 0;
    const Tone erase_tone = can_erase ? Tone::Key : Tone::KeyIdle;
    key_face(canvas, erase, erase_tone);
    const std::string label = canvas.text(Message{"keypad.erase"});
    if (can_erase && canvas.touch(erase, label, core::Intent{core::Intent::Kind::Erase}, true).focused) {
        focus_ring(canvas, erase, radius);
    }
    const float icon = canvas.layout().type[Type::Small] * 1.3F;
    const float room = erase.width - icon - 44;
    const float words = std::min(room, canvas.flow(Type::Small, label, 1e9F).width);
    const float left = erase.x + (erase.width - icon - 14 - words) / 2;
    draw_icon(canvas, {left, erase.y + (erase.height - icon) / 2, icon, icon}, Icon::Erase,
              canvas.palette()[erase_tone].ink);
    canvas.words_fitted({left + icon + 14, erase.y, words + 1, erase.height}, Type::Small, erase_tone, Align::Left,
                        label);
}

}  // namespace uketsuke::ui
