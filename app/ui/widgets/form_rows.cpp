#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

struct Cell {
    const FormRows::Field* field = nullptr;  // nullptr: what hands the form in
    int row = 0;
    int column = 0;
    int columns = 1;
};

struct Grid {
    std::vector<Cell> cells;
    int rows = 0;
    int columns = 1;
};

// In characters: what does not fit into one column, or into half of the width, in type that can be read.
constexpr std::size_t k_long = 24;
constexpr std::size_t k_very_long = 50;

int span_of(const FormRows::Field& field, int columns) {
    std::size_t length = 0;
    for (const Message& message : field.value) length += core::characters_in(message.quoted);
    if (field.wide) {
        const bool whole = columns <= 3 || (columns < 6 && length > k_very_long);
        return whole ? columns : columns / 2;
    }
    return columns >= 3 && length > k_long ? 2 : 1;
}

Grid grid_of(const FormRows& rows, int columns, bool own_row) {
    Grid grid{.cells = {}, .rows = 1, .columns = columns};
    int column = 0;
    const auto put = [&](const FormRows::Field* field, int wide) {
        if (column + wide > columns) {
            grid.cells.back().columns += columns - column;
            ++grid.rows;
            column = 0;
        }
        grid.cells.push_back({field, grid.rows - 1, column, wide});
        column += wide;
    };
    for (const auto& field : rows.fields) put(&field, span_of(field, columns));
    const int rest = columns - column;
    put(nullptr, own_row || rest <= 0 ? columns : rest);
    return grid;
}

// The fewest columns with which every row is high enough for a finger.
Grid grid_for(const Canvas& canvas, const Rect& rect, const FormRows& rows, float gap) {
    const Layout& layout = canvas.layout();
    for (const int columns : {layout.upright ? 2 : 3, 3, 4, 6}) {
        const Grid grid = grid_of(rows, columns, layout.upright && columns == 2);
        const auto count = static_cast<float>(grid.rows);
        if ((rect.height - (count - 1) * gap) / count >= layout.target) return grid;
    }
    return grid_of(rows, 6, false);
}

void row(Canvas& canvas, const Rect& rect, const FormRows::Field& field) {
    const std::string label = canvas.text(field.label);
    const Canvas::Touch touch = canvas.touch(rect, label, field.intent, false);
    const Tone usual = field.missing ? Tone::Caution : Tone::Panel;
    const Tone tone = touch.held ? Tone::SecondaryHeld : usual;
    const Surface& surface = canvas.palette()[tone];
    const float radius = canvas.layout().spacing.radius * 0.5F;
    canvas.fill(rect, canvas.palette()[Tone::Secondary].edge, radius);
    canvas.fill(rect.inset(2), surface.fill, radius - 2);
    if (touch.focused) focus_ring(canvas, rect, radius);
    const Rect inside = rect.inset(canvas.layout().upright ? 12.F : 8.F);
    // Long values need the height more than the width.
    const bool beside = rect.width > rect.height * 6;
    const float part = beside ? inside.width * 0.14F : inside.height * 0.36F;
    const Rect above =
        beside ? Rect{inside.x, inside.y, part, inside.height} : Rect{inside.x, inside.y, inside.width, part};
    const Rect below = beside ? Rect{inside.x + part + 10, inside.y, inside.width - part - 10, inside.height}
                              : Rect{inside.x, inside.y + part, inside.width, inside.height - part};
    canvas.words_fitted(above, Type::Small, tone, Align::Left, label);
    if (!field.drawn.empty()) {
        const Rect box = fitted(below, core::k_signature_shape);
        draw_strokes(canvas, box.moved(below.x - box.x, 0), field.drawn, surface.ink);
    } else if (!field.value.empty()) {
        canvas.words_fitted(below, Type::Body, tone, Align::Left, side_by_side(canvas, field.value));
    } else {
        canvas.words_fitted(below, Type::Small, tone, Align::Left, canvas.text(Message{"form.nothing"}));
    }
}

}  // namespace

void form_rows(Canvas& canvas, const Rect& rect, const FormRows& rows, const Choice& confirm) {
    const float gap = canvas.layout().upright ? 14.F : 10.F;
    const Grid grid = grid_for(canvas, rect, rows, gap);
    const auto across = static_cast<float>(grid.columns);
    const auto down = static_cast<float>(grid.rows);
    const float width = (rect.width - (across - 1) * gap) / across;
    const float height = (rect.height - (down - 1) * gap) / down;
    for (const Cell& cell : grid.cells) {
        const auto columns = static_cast<float>(cell.columns);
        const Rect place{rect.x + static_cast<float>(cell.column) * (width + gap),
                         rect.y + static_cast<float>(cell.row) * (height + gap), columns * width + (columns - 1) * gap,
                         height};
        if (cell.field != nullptr) {
            row(canvas, place, *cell.field);
        } else {
            tool_button(canvas, place, confirm);
        }
    }
}

}  // namespace uketsuke::ui
