#include <algorithm>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

struct Sizes {
    Type type;
    float pad;
    float icon;
};

Sizes sizes_of(const Canvas& canvas, const Notice& notice) {
    const Type type = notice.strong ? Type::Label : Type::Body;
    return {type, canvas.layout().upright ? 28.F : 16.F, canvas.layout().type[type] * 1.25F};
}

}  // namespace

std::string lines_of(const Canvas& canvas, const std::vector<Message>& messages) {
    std::string all;
    for (const Message& message : messages) {
        if (message.empty()) continue;
        if (!all.empty()) all += '\n';
        all += canvas.text(message);
    }
    return all;
}

std::string side_by_side(const Canvas& canvas, const std::vector<Message>& messages) {
    using core::Language;
    const bool spaced = canvas.language() >= Language::English && canvas.language() != Language::Chinese;
    std::string all;
    for (const Message& message : messages) {
        if (spaced && !all.empty()) all += ' ';
        all += canvas.text(message);
    }
    return all;
}

float notice_height(const Canvas& canvas, float width, const Notice& notice, bool& wide) {
    const auto [type, pad, icon] = sizes_of(canvas, notice);
    const float room = width - 3 * pad - icon;
    const Lines lines = canvas.flow(type, lines_of(canvas, notice.text), room);
    wide = wide || lines.width > room + 1;
    return lines.height + pad * (notice.strong ? 1.8F : 1.4F);
}

void notice(Canvas& canvas, const Rect& panel, const Notice& notice) {
    const auto [type, pad, icon] = sizes_of(canvas, notice);
    const std::string words = lines_of(canvas, notice.text);
    const float radius = canvas.layout().spacing.radius * 0.8F;
    const Surface& surface = canvas.palette()[notice.tone];
    canvas.fill(panel, surface.edge, radius);
    canvas.fill(panel.inset(2), surface.fill, radius - 2);
    const float room = panel.width - 3 * pad - icon;
    float left = panel.x + pad;
    if (notice.strong) left += (room - canvas.flow(type, words, room).width) / 2;
    draw_icon(canvas, {left, panel.y + (panel.height - icon) / 2, icon, icon}, notice.icon, surface.ink);
    const float from = left + icon + pad;
    canvas.words_in({from, panel.y, std::min(room + 1, panel.right() - from), panel.height}, type, notice.tone,
                    Align::Left, words);
}

}  // namespace uketsuke::ui
