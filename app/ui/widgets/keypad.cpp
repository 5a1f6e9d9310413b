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

}  // namespace

void keypad(Canvas& canvas, const Rect& rect, const Keypad& keypad) {
    const float gap = canvas.layout().spacing.gap * 0.7F;
    const float width = (rect.width - 2 * gap) / 3;
    const float height = (rect.height - 3 * gap) / 4;
    const Tone tone = keypad.ready ? Tone::Key : Tone::KeyIdle;
    const auto place = [&](int column, int row) {
        return Rect{rect.x + static_cast<float>(column) * (width + gap),
                    rect.y + static_cast<float>(row) * (height + gap), width, height};
    };
    for (std::size_t i = 0; i < keypad.order.size(); ++i) {
        const Rect key = i < 9 ? place(static_cast<int>(i % 3), static_cast<int>(i / 3)) : place(1, 3);
        const std::string digit = std::to_string(keypad.order[i]);
        key_face(canvas, key, tone);
        if (keypad.ready) {
            canvas.touch(key, digit, core::Intent{core::Intent::Kind::Digit, keypad.order[i]}, true);
        }
        canvas.words_in(key, Type::Digit, tone, Align::Centre, digit);
    }
    const Rect erase = place(0, 3);
    const bool can_erase = keypad.ready && keypad.can_erase;
    const Tone erase_tone = can_erase ? Tone::Key : Tone::KeyIdle;
    key_face(canvas, erase, erase_tone);
    const std::string_view label = canvas.text("keypad.erase");
    if (can_erase) canvas.touch(erase, label, core::Intent{core::Intent::Kind::Erase}, true);
    const float icon = canvas.layout().type[Type::Label];
    const float left = erase.x + (erase.width - icon - 14 - canvas.flow(Type::Small, label, 1e9F).width) / 2;
    draw_icon(canvas, {left, erase.y + (erase.height - icon) / 2, icon, icon}, Icon::Erase,
              canvas.palette()[erase_tone].ink);
    canvas.words_in({left + icon + 14, erase.y, erase.right() - left - icon - 14, erase.height}, Type::Small,
                    erase_tone, Align::Left, label);
}

void dots(Canvas& canvas, const Rect& rect, int entered, int places) {
    const float radius = std::min(rect.height / 2, canvas.layout().upright ? 30.F : 20.F);
    const float step = radius * 3.4F;
    const float start = rect.centre().x - step * static_cast<float>(places - 1) / 2;
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

}  // namespace uketsuke::ui
