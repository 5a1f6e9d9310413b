#include <algorithm>
#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

struct Grid {
    int columns = 1;
    int rows = 1;
};

// One below the other where that leaves room for four lines each; the place after the last is for what leads on.
Grid grid_for(const Layout& layout, const Rect& rect, int places, float gap) {
    const float good = std::max(layout.target, layout.upright ? 150.F : 96.F);
    const auto height = [&](int rows) {
        return (rect.height - static_cast<float>(rows - 1) * gap) / static_cast<float>(rows);
    };
    const int first = layout.upright ? 1 : 2;
    for (const float least : {good, layout.target}) {
        for (int columns = first; columns <= 4; ++columns) {
            const int rows = (places + columns - 1) / columns;
            if (height(rows) + 0.5F >= least) return {columns, rows};
        }
    }
    return {4, (places + 3) / 4};
}

void sign(Canvas& canvas, const Rect& rect, const PatientRows::Row& row) {
    if (row.sign.empty()) return;
    const Surface& surface = canvas.palette()[row.tone];
    const float radius = std::min(rect.height / 2, canvas.layout().spacing.radius * 0.6F);
    canvas.fill(rect, surface.edge, radius);
    canvas.fill(rect.inset(2), surface.fill, radius - 2);
    const Rect inside = rect.inset(6);
    const float icon = std::min(inside.height, canvas.layout().type[Type::Small] * 1.1F);
    draw_icon(canvas, {inside.x + 4, inside.y + (inside.height - icon) / 2, icon, icon}, row.icon, surface.ink);
    const float from = inside.x + icon + 14;
    canvas.words_fitted({from, inside.y, inside.right() - from, inside.height}, Type::Small, row.tone, Align::Left,
                        canvas.text(row.sign));
}

// Name and kana above the smaller lines; the sign at the right, or below where there is no width for it.
void row(Canvas& canvas, const Rect& rect, const PatientRows::Row& row) {
    const std::string name = canvas.text(row.name);
    const Canvas::Touch touch = canvas.touch(rect, name, row.intent, true);
    const Tone tone = touch.held ? Tone::SecondaryHeld : Tone::Panel;
    const float radius = canvas.layout().spacing.radius * 0.6F;
    canvas.fill(rect, canvas.palette()[Tone::Secondary].edge, radius);
    canvas.fill(rect.inset(2), canvas.palette()[tone].fill, radius - 2);
    if (touch.focused) focus_ring(canvas, rect, radius);
    const bool upright = canvas.layout().upright;
    Rect words = rect.inset(upright ? 14.F : 10.F);
    words.x += upright ? 10.F : 6.F;
    words.width -= upright ? 10.F : 6.F;
    const bool beside = rect.width > rect.height * 2.6F;
    if (beside) {
        const float part = std::clamp(words.width * 0.3F, 60.F, upright ? 300.F : 220.F);
        const float high = std::min(words.height, canvas.layout().type[Type::Small] * 3.2F);
        sign(canvas, {words.right() - part, words.y + (words.height - high) / 2, part, high}, row);
        words.width -= part + 14;
    } else if (!row.sign.empty()) {
        const float high = std::min(words.height * 0.24F, canvas.layout().type[Type::Small] * 2.F);
        sign(canvas, {words.x, words.bottom() - high, words.width, high}, row);
        words.height -= high + 6;
    }
    const auto line = [&](float from, float height, Type type, const Message& message) {
        if (message.empty()) return;
        canvas.words_fitted({words.x, words.y + words.height * from, words.width, words.height * height}, type, tone,
                            Align::Left, canvas.text(message));
    };
    canvas.words_fitted({words.x, words.y, words.width, words.height * 0.36F}, Type::Label, tone, Align::Left, name);
    line(0.36F, 0.2F, Type::Small, row.kana);
    line(0.57F, 0.215F, Type::Small, row.born);
    line(0.785F, 0.215F, Type::Small, row.until);
}

}  // namespace

void patient_rows(Canvas& canvas, const Rect& rect, const PatientRows& list, const Choice* more) {
    const Layout& layout = canvas.layout();
    const float gap = layout.dense ? 10.F : layout.upright ? 14.F : 10.F;
    Rect place = rect;
    if (!list.counts.empty()) {
        // In the low layouts what is only read stands above the middle.
        const float height = canvas.line_height(Type::Small) * 1.15F;
        const bool above = layout.low && !layout.dense;
        const Rect line{place.x, above ? layout.words.bottom() - height - gap : place.y, place.width, height};
        std::string words;
        for (const Message& count : list.counts) words += (words.empty() ? "" : "　") + canvas.text(count);
        canvas.words_fitted(line, Type::Small, Tone::Ground, Align::Centre, words);
        if (!above) {
            place.y += height + gap * 0.5F;
            place.height -= height + gap * 0.5F;
        }
    }
    // The grid is that of a whole page, so that the last page's rows stand where the others' stood.
    const int places = static_cast<int>(more != nullptr ? core::page::CareList::k_shown + 1 : list.rows.size());
    const Grid grid = grid_for(layout, place, places, gap);
    const auto across = static_cast<float>(grid.columns);
    const auto down = static_cast<float>(grid.rows);
    const float width = (place.width - (across - 1) * gap) / across;
    const float height = std::min((place.height - (down - 1) * gap) / down, layout.upright ? 230.F : 190.F);
    const auto cell = [&](int at) {
        return Rect{place.x + static_cast<float>(at % grid.columns) * (width + gap),
                    place.y + static_cast<float>(at / grid.columns) * (height + gap), width, height};
    };
    for (std::size_t i = 0; i < list.rows.size(); ++i) row(canvas, cell(static_cast<int>(i)), list.rows[i]);
    if (more == nullptr) return;
    Rect last = cell(places - 1);
    last.width = place.right() - last.x;
    tool_button(canvas, last, *more);
}

}  // namespace uketsuke::ui
