#include <algorithm>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

constexpr float k_answer_share = 0.44F;

struct Sizes {
    float pad;
    float icon;      // in front of an answer
    float picture;   // in front of a name
    float question;  // width for the words
    float answer;
};

Sizes sizes_of(const Canvas& canvas, float width, const Answers& answers) {
    Sizes sizes{};
    sizes.pad = canvas.layout().upright ? 24.F : 14.F;
    sizes.icon = canvas.layout().type[Type::Body] * 0.9F;
    const bool two = std::ranges::any_of(answers.rows, [](const auto& row) { return !row.answer.empty(); });
    if (two) {
        sizes.question = width * (1 - k_answer_share) - 2 * sizes.pad;
        sizes.answer = width * k_answer_share - sizes.icon - 2 * sizes.pad;
    } else {
        const bool pictures = std::ranges::any_of(answers.rows, [](const auto& row) { return row.picture != nullptr; });
        sizes.picture = pictures ? canvas.layout().type[Type::Body] * 2.1F : 0;
        sizes.question = width - sizes.picture - 3 * sizes.pad;
    }
    return sizes;
}

float row_height(const Canvas& canvas, const Sizes& sizes, const Answers::Row& row, bool& wide) {
    const Lines question = canvas.flow(Type::Body, canvas.text(row.question), sizes.question);
    wide = wide || question.width > sizes.question + 1;
    float height = std::max(question.height, sizes.picture);
    if (!row.answer.empty()) {
        const Lines answer = canvas.flow(Type::Body, canvas.text(row.answer), sizes.answer);
        wide = wide || answer.width > sizes.answer + 1;
        height = std::max(height, answer.height);
    }
    return height + sizes.pad * 0.4F;
}

}  // namespace

float answers_height(const Canvas& canvas, float width, const Answers& answers, bool& wide) {
    const Sizes sizes = sizes_of(canvas, width, answers);
    float height = sizes.pad;
    for (const auto& row : answers.rows) height += row_height(canvas, sizes, row, wide);
    return height;
}

void answers(Canvas& canvas, const Rect& rect, const Answers& answers) {
    const Sizes sizes = sizes_of(canvas, rect.width, answers);
    const Surface& panel = canvas.palette()[Tone::Panel];
    const float radius = canvas.layout().spacing.radius * 0.8F;
    canvas.fill(rect, panel.edge, radius);
    canvas.fill(rect.inset(2), panel.fill, radius - 2);
    bool wide = false;
    // Rows share what is more than they need.
    const float spare = std::max(0.F, rect.height - answers_height(canvas, rect.width, answers, wide));
    const float more = spare / static_cast<float>(answers.rows.size());
    float y = rect.y + sizes.pad / 2;
    for (const auto& row : answers.rows) {
        const float height = row_height(canvas, sizes, row, wide) + more;
        const float left = rect.x + sizes.pad;
        const float indent = sizes.picture > 0 ? sizes.picture + sizes.pad : 0;
        if (row.picture != nullptr) {
            row.picture(canvas, {left, y + (height - sizes.picture) / 2, sizes.picture, sizes.picture});
        }
        canvas.words_in({left + indent, y, sizes.question + 1, height}, Type::Body, Tone::Panel, Align::Left,
                        canvas.text(row.question));
        if (!row.answer.empty()) {
            // Not by colour alone: yes and no have a sign and a word of their own.
            const float from = rect.x + rect.width * (1 - k_answer_share);
            draw_icon(canvas, {from, y + (height - sizes.icon) / 2, sizes.icon, sizes.icon},
                      row.sign.value_or(row.yes ? Icon::Check : Icon::Cross), panel.ink);
            canvas.words_in({from + sizes.icon + sizes.pad, y, sizes.answer + 1, height}, Type::Body, Tone::Panel,
                            Align::Left, canvas.text(row.answer));
        }
        y += height;
    }
}

}  // namespace uketsuke::ui
