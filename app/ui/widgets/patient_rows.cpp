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

// One below the other where that leaves every line its height.
Grid grid_for(const Layout& layout, const Rect& rect, int places, float gap) {
    const float good = std::max(layout.target, layout.upright ? 110.F : 86.F);
    const auto height = [&](int rows) {
        return (rect.height - static_cast<float>(rows - 1) * gap) / static_cast<float>(rows);
    };
    const int first = layout.upright ? 1 : 2;
    for (const float least : {good, layout.target}) {
        for (int columns = first; columns <= 3; ++columns) {
            const int rows = (places + columns - 1) / columns;
            if (height(rows) + 0.5F >= least) return {columns, rows};
        }
    }
    return {3, (places + 2) / 3};
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
    } else {
        // Its place is kept, so that the lines of all patients have one size.
        const float high = std::min(words.height * 0.24F, canvas.layout().type[Type::Small] * 2.F);
        sign(canvas, {words.x, words.bottom() - high, words.width, high}, row);
        words.height -= high + 6;
    }
    const auto line = [&](float from, float height, const std::string& text) {
        if (text.empty()) return;
        canvas.words_fitted({words.x, words.y + words.height * from, words.width, words.height * height}, Type::Small,
                            tone, Align::Left, text);
    };
    const auto put_name = [&](float height) {
        canvas.words_fitted({words.x, words.y, words.width, words.height * height}, Type::Label, tone, Align::Left,
                            name);
    };
    const std::string born = row.born.empty() ? std::string() : canvas.text(row.born);
    const std::string until = row.until.empty() ? std::string() : canvas.text(row.until);
    const std::string kana = row.kana.empty() ? std::string() : canvas.text(row.kana);
    if (beside) {
        put_name(0.42F);
        line(0.43F, 0.27F, kana);
        line(0.72F, 0.28F, born + (born.empty() || until.empty() ? "" : "　") + until);
        return;
    }
    put_name(0.32F);
    line(0.34F, 0.2F, kana);
    line(0.56F, 0.21F, born);
    line(0.79F, 0.21F, until);
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
    if (more != nullptr) {
        const float high = std::max(layout.target, layout.upright ? 104.F : 72.F);
        place.height -= high + gap;
        tool_button(canvas, {place.x, place.bottom() + gap, place.width, high}, *more);
    }
    // The grid is that of a whole page, so that the last page's rows stand where the others' stood.
    const int places = static_cast<int>(more != nullptr ? core::page::CareList::k_shown : list.rows.size());
    const Grid grid = grid_for(layout, place, places, gap);
    const auto across = static_cast<float>(grid.columns);
    const auto down = static_cast<float>(grid.rows);
    const float width = (place.width - (across - 1) * gap) / across;
    const float height = std::min((place.height - (down - 1) * gap) / down, layout.upright ? 280.F : 190.F);
    for (std::size_t i = 0; i < list.rows.size(); ++i) {
        const auto at = static_cast<int>(i);
        row(canvas,
            {place.x + static_cast<float>(at % grid.columns) * (width + gap),
             place.y + static_cast<float>(at / grid.columns) * (height + gap), width, height},
            list.rows[i]);
    }
}

}  // namespace uketsuke::ui
