// Pages that are one tool: a keyboard, wheels, a field to write in, a filled-in form.
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

// Takes a piece off, with the gap beside it.
Rect take_top(Rect& rect, float height, float gap) {
    const Rect piece{rect.x, rect.y, rect.width, height};
    rect.y += height + gap;
    rect.height -= height + gap;
    return piece;
}

Rect take_bottom(Rect& rect, float height, float gap) {
    rect.height -= height + gap;
    return {rect.x, rect.bottom() + gap, rect.width, height};
}

Rect take_right(Rect& rect, float width, float gap) {
    rect.width -= width + gap;
    return {rect.right() + gap, rect.y, width, rect.height};
}

void in_a_row(Canvas& canvas, const Rect& rect, std::span<const Choice> choices, float gap) {
    if (choices.empty()) return;
    const auto count = static_cast<float>(choices.size());
    const float width = (rect.width - (count - 1) * gap) / count;
    float x = rect.x;
    for (const Choice& choice : choices) {
        tool_button(canvas, {x, rect.y, width, rect.height}, choice);
        x += width + gap;
    }
}

// What leads on stands at the right, where the thumb and the eye end.
std::vector<Choice> leading_on(const Scene& scene) {
    return {scene.choices.rbegin(), scene.choices.rend()};
}

void rows_of(Canvas& canvas, const Rect& rect, const std::vector<std::vector<Choice>>& rows, float gap) {
    std::size_t count = 0;
    for (const auto& row : rows) count += row.empty() ? 0 : 1;
    const float height = (rect.height - static_cast<float>(count - 1) * gap) / static_cast<float>(count);
    float y = rect.y;
    for (const auto& row : rows) {
        if (row.empty()) continue;
        in_a_row(canvas, {rect.x, y, rect.width, height}, row, gap);
        y += height + gap;
    }
}

// On a tablet the lower half is less than two fingers high, and all of it is within reach.
bool low(const Layout& layout) {
    return layout.low && !layout.dense;
}

// In the low layouts everything from the middle of the screen to the footer.
Rect reach_of(const Layout& layout) {
    if (!low(layout)) return layout.content;
    const float top = layout.screen.height / 2;
    const float bottom = layout.upright ? layout.content.bottom() : layout.footer.y - 12;
    return {layout.content.x, top, layout.content.width, bottom - top};
}

void text_upright(Canvas& canvas, const Scene& scene, const TextPad& pad) {
    const Layout& layout = canvas.layout();
    const float gap = millimetres(canvas, k_key_gap_mm);
    Rect rect = reach_of(layout);
    if (low(layout)) {
        // Near to the keys: the eye goes to and fro.
        Rect words = layout.words;
        typed_text(canvas, take_bottom(words, std::min(words.height, 340.F), gap), pad);
    } else {
        typed_text(canvas, take_top(rect, layout.dense ? 110 : 160, gap), pad);
    }
    const float least = millimetres(canvas, k_key_mm);
    if (low(layout) || layout.dense) {
        candidate_strip(canvas, take_top(rect, low(layout) ? 1.6F * least : least, gap), pad, 1);
    } else {
        candidate_strip(canvas, take_top(rect, std::max(2 * least + gap, rect.height * 0.18F), gap), pad, 2);
    }
    if (low(layout) || layout.dense) {
        Rect row = take_bottom(rect, layout.target, gap);
        const std::vector<Choice> leading = leading_on(scene);
        const auto count = static_cast<float>(leading.size());
        const float each = std::max(layout.target, row.width * 0.17F);
        in_a_row(canvas, take_right(row, count * each + (count - 1) * gap, gap), leading, gap);
        const std::vector<Choice> tools(pad.tools.rbegin(), pad.tools.rend());
        in_a_row(canvas, row, tools, gap);
    } else {
        in_a_row(canvas, take_bottom(rect, layout.main_target * 0.8F, 1.5F * gap), leading_on(scene), gap);
        const std::vector<Choice> tools(pad.tools.rbegin(), pad.tools.rend());
        in_a_row(canvas, take_bottom(rect, layout.target * 1.1F, gap), tools, gap);
    }
    keyboard_keys(canvas, rect, pad, false);
}

void text_lying(Canvas& canvas, const Scene& scene, const TextPad& pad) {
    const Layout& layout = canvas.layout();
    const float gap = millimetres(canvas, k_key_gap_mm);
    const float key = millimetres(canvas, k_key_mm);
    Rect rect = reach_of(layout);
    rect.height -= std::max(0.F, gap - (layout.footer.y - rect.bottom()));
    const auto controls = [&](const Rect& place) {
        const std::span<const Choice> tools(pad.tools);
        const std::vector<Choice> change(tools.begin() + 2, tools.end());
        rows_of(canvas, place, {{tools.begin(), tools.begin() + 2}, change, leading_on(scene)}, gap);
    };
    if (low(layout)) {
        Rect words = layout.words;
        words.height -= layout.spacing.gap;
        typed_text(canvas, words, pad);
        controls(take_right(rect, rect.width * 0.28F, layout.spacing.gap));
        candidate_strip(canvas, take_top(rect, key, gap), pad, 1);
        keyboard_keys(canvas, rect, pad, true);
        return;
    }
    if (layout.dense) {
        // Beside each other, or the keys would be too low.
        Rect first = take_top(rect, key, gap);
        candidate_strip(canvas, take_right(first, first.width * 0.6F, gap), pad, 1);
        typed_text(canvas, first, pad);
    } else {
        typed_text(canvas, take_top(rect, 66, gap), pad);
        candidate_strip(canvas, take_top(rect, key * 1.2F, gap), pad, 1);
    }
    controls(take_right(rect, std::max(rect.width * 0.26F, 2 * layout.target + gap), layout.spacing.gap));
    keyboard_keys(canvas, rect, pad, false);
}

void date_page(Canvas& canvas, const Scene& scene, const DateWheels& wheels) {
    const Layout& layout = canvas.layout();
    const float gap = layout.spacing.gap;
    Rect rect = reach_of(layout);
    const float readout = canvas.line_height(Type::Heading) * 1.3F;
    if (low(layout)) {
        Rect words = layout.words;
        date_readout(canvas, take_bottom(words, readout, gap), wheels);
        rect.y += 4;
        rect.height -= 4;
    } else {
        date_readout(canvas, take_top(rect, readout, gap * 0.5F), wheels);
    }
    if (layout.upright) {
        const float height = low(layout) ? layout.target : std::max(layout.target, layout.main_target * 0.85F);
        in_a_row(canvas, take_bottom(rect, height, low(layout) ? 12 : gap), leading_on(scene), gap);
    } else {
        const Rect right = take_right(rect, std::max(layout.target, rect.width * 0.19F), gap);
        std::vector<std::vector<Choice>> rows;
        for (const Choice& choice : leading_on(scene)) rows.push_back({choice});
        rows_of(canvas, right, rows, gap);
    }
    date_wheels(canvas, rect, wheels);
}

void signature_page(Canvas& canvas, const Scene& scene, const SignatureField& field) {
    const Layout& layout = canvas.layout();
    const float gap = layout.spacing.gap;
    Rect rect = reach_of(layout);
    if (low(layout)) {
        rect.y += gap / 2;
        rect.height -= gap / 2;
    }
    const std::vector<Choice> all = leading_on(scene);
    if (low(layout) && !layout.upright) {
        const Rect right = take_right(rect, rect.width * 0.3F, gap);
        rows_of(canvas, right,
                {{all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2)},
                 {all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2), all.end()}},
                gap);
    } else {
        in_a_row(canvas, take_bottom(rect, std::max(layout.target, layout.main_target * 0.85F), gap), all, gap);
    }
    signature_field(canvas, fitted(rect, core::k_signature_shape), field);
}

}  // namespace

float millimetres(const Canvas& canvas, float count) {
    return canvas.layout().target / static_cast<float>(k_target_mm) * count;
}

bool compose_tool(Canvas& canvas, const Scene& scene) {
    if (!scene.tool) return false;
    if (const auto* pad = std::get_if<TextPad>(&scene.figure)) {
        if (canvas.layout().upright) {
            text_upright(canvas, scene, *pad);
        } else {
            text_lying(canvas, scene, *pad);
        }
    } else if (const auto* wheels = std::get_if<DateWheels>(&scene.figure)) {
        date_page(canvas, scene, *wheels);
    } else if (const auto* field = std::get_if<SignatureField>(&scene.figure)) {
        signature_page(canvas, scene, *field);
    } else if (const auto* rows = std::get_if<FormRows>(&scene.figure)) {
        form_rows(canvas, reach_of(canvas.layout()), *rows, scene.choices.front());
    } else if (const auto* list = std::get_if<PatientRows>(&scene.figure)) {
        patient_rows(canvas, reach_of(canvas.layout()), *list, scene.choices.empty() ? nullptr : &scene.choices[0]);
    } else {
        return false;
    }
    return true;
}

}  // namespace uketsuke::ui
