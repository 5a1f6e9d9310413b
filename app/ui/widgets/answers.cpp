#include <algorithm>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

constexpr float k_answer_share = 0.44F;

bool with_answers(const Answers& answers) {
    return std::ranges::any_of(answers.rows, [](const Answers::Row& row) { return !row.answer.empty(); });
}

float pad_of(const Canvas& canvas) {
    return canvas.layout().upright ? 24.F : 14.F;
}

}  // namespace

float answers_height(const Canvas& canvas, float width, const Answers& answers, bool& wide) {
    const float pad = pad_of(canvas);
    const float icon = canvas.layout().type[Type::Body] * 0.9F;
    const bool two = with_answers(answers);
    const float question_room = width * (two ? 1 - k_answer_share : 1.F) - pad - (two ? 0 : icon + pad) - pad;
    const float answer_room = width * k_answer_share - icon - 2 * pad;
    float height = pad;
    for (const auto& row : answers.rows) {
        const Lines question = canvas.flow(Type::Body, canvas.text(row.question), question_room);
        wide = wide || question.width > question_room + 1;
        float tallest = question.height;
        if (two) {
            const Lines answer = canvas.flow(Type::Body, canvas.text(row.answer), answer_room);
            wide = wide || answer.width > answer_room + 1;
            tallest = std::max(tallest, answer.height);
        }
        height += tallest + pad * 0.4F;
    }
    return height + pad * 0.6F;
}

void answers(Canvas& canvas, const Rect& rect, const Answers& answers) {
    const float pad = pad_of(canvas);
    const float icon = canvas.layout().type[Type::Body] * 0.9F;
    const bool two = with_answers(answers);
    const Surface& panel = canvas.palette()[Tone::Panel];
    const float radius = canvas.layout().spacing.radius * 0.8F;
    canvas.fill(rect, panel.edge, radius);
    canvas.fill(rect.inset(2), panel.fill, radius - 2);
    const float share = two ? 1 - k_answer_share : 1.F;
    const float indent = two ? 0 : icon + pad;
    float y = rect.y + pad * 0.8F;
    for (const auto& row : answers.rows) {
        const Rect question{rect.x + pad + indent, y, rect.width * share - indent - 2 * pad, rect.bottom() - y};
        if (!two) {
            const float line = canvas.line_height(Type::Body);
            canvas.disc({rect.x + pad + icon / 2, y + line / 2}, icon * 0.22F, canvas.palette()[Tone::Primary].fill);
        }
        float tallest = canvas.words(question, Type::Body, Tone::Panel, Align::Left, canvas.text(row.question));
        if (two) {
            // Not by colour alone: yes and no have a sign and a word of their own.
            const float left = rect.x + rect.width * share;
            const float line = canvas.line_height(Type::Body);
            draw_icon(canvas, {left, y + (line - icon) / 2, icon, icon}, row.yes ? Icon::Check : Icon::Cross,
                      panel.ink);
            const Rect answer{left + icon + pad, y, rect.right() - left - icon - 2 * pad, rect.bottom() - y};
            tallest =
                std::max(tallest, canvas.words(answer, Type::Body, Tone::Panel, Align::Left, canvas.text(row.answer)));
        }
        y += tallest + pad * 0.4F;
    }
}

}  // namespace uketsuke::ui
