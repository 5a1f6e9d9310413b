// What is typed, drawn a character after the other: it has no marks, and its end must be seen.
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/ruby.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

constexpr float k_least_scale = 0.6F;
constexpr float k_tail_scale = 0.85F;  // where not all of it can be seen anyway

// A line of the box: what is said, and what is still to be converted.
struct TypedLine {
    std::string said;
    std::string composed;
    float width = 0;
};

void wipe(std::string& words) {
    words.resize(words.capacity());
    explicit_bzero(words.data(), words.size());
    words.clear();
}

bool joins(char32_t point) {
    return variation_selector(point) || (point >= 0x0300 && point <= 0x036F) || point == 0x3099 || point == 0x309A;
}

// A space at a line's end must be seen by where the cursor stands.
std::string shown(std::string_view letter) {
    return letter == " " ? "\u00A0" : without_marks(letter);
}

// Letters with what belongs to them.
std::vector<std::string> letters_of(std::string_view text) {
    std::vector<std::string> letters;
    while (!text.empty()) {
        std::string_view rest = text;
        const char32_t point = take_code_point(rest);
        const std::string_view letter = text.substr(0, text.size() - rest.size());
        if (joins(point) && !letters.empty()) {
            letters.back().append(letter);
        } else {
            letters.push_back(shown(letter));
        }
        text = rest;
    }
    return letters;
}

float width_of(const Canvas& canvas, std::string_view words) {
    return words.empty() ? 0 : canvas.flow(Type::Label, words, 1e9F).width;
}

std::vector<TypedLine> lines_of(const Canvas& canvas, const TextPad& pad, float width) {
    std::vector<TypedLine> lines(1);
    const auto add = [&](const core::SecretText& text, std::string TypedLine::*part) {
        for (const std::string& letter : letters_of(text.view())) {
            const float advance = width_of(canvas, letter);
            if (lines.back().width + advance > width && lines.back().width > 0) lines.emplace_back();
            (lines.back().*part).append(letter);
            lines.back().width += advance;
        }
    };
    add(pad.text, &TypedLine::said);
    add(pad.composed, &TypedLine::composed);
    return lines;
}

}  // namespace

void typed_text(Canvas& canvas, const Rect& rect, const TextPad& pad) {
    const Surface& panel = canvas.palette()[Tone::Panel];
    const float radius = canvas.layout().spacing.radius * 0.6F;
    const float line = canvas.layout().upright ? 4.F : 3.F;
    canvas.fill(rect, canvas.palette()[Tone::Secondary].edge, radius);
    canvas.fill(rect.inset(line), panel.fill, radius - line);
    const float pad_x = canvas.layout().upright ? 26.F : 16.F;
    const float wanted = canvas.layout().type_scale;
    std::vector<TypedLine> lines;
    std::size_t room = 1;
    const auto fits_at = [&](float scale) {
        canvas.type_scale(scale);
        // A little free at the end, for the cursor.
        lines = lines_of(canvas, pad, rect.width - 2 * pad_x - canvas.layout().type[Type::Label] * 0.2F);
        const float inside = rect.height - 4 * line;
        room = std::max<std::size_t>(1, static_cast<std::size_t>(inside / canvas.line_height(Type::Label)));
        return canvas.line_height(Type::Label) <= inside && lines.size() <= room;
    };
    float scale = wanted;
    while (scale > k_least_scale && !fits_at(scale)) scale -= 0.05F;
    if (scale <= k_least_scale) static_cast<void>(fits_at(k_tail_scale));
    const std::size_t first = lines.size() > room ? lines.size() - room : 0;
    const float height = canvas.line_height(Type::Label);
    const float type = canvas.layout().type[Type::Label];
    float y = rect.y + (rect.height - height * static_cast<float>(lines.size() - first)) / 2;
    float end = rect.x + pad_x;
    for (std::size_t i = first; i < lines.size(); ++i) {
        const TypedLine& one = lines[i];
        const float said = width_of(canvas, one.said);
        const float composed = width_of(canvas, one.composed);
        const float x = rect.x + pad_x;
        if (said > 0) canvas.words({x, y, said + 2, height}, Type::Label, Tone::Panel, Align::Left, one.said);
        if (composed > 0) {
            canvas.words({x + said, y, composed + 2, height}, Type::Label, Tone::Panel, Align::Left, one.composed);
            canvas.fill({x + said, y + (height + type) / 2 - 1, composed, line}, canvas.palette()[Tone::Primary].fill);
        }
        end = x + said + composed;
        y += height;
    }
    // It stands still: the place is what matters, and a picture that does not change is drawn once.
    canvas.fill({end + line, y - height + (height - type) / 2, line, type}, canvas.palette()[Tone::Primary].fill);
    canvas.type_scale();
    for (TypedLine& one : lines) {
        wipe(one.said);
        wipe(one.composed);
    }
}

}  // namespace uketsuke::ui
