#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/key_grid.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

// A low button: no lip, so that small keys keep their room for letters.
void key_face(Canvas& canvas, const Rect& rect, Tone tone) {
    const Surface& surface = canvas.palette()[tone];
    const float radius = std::min(canvas.layout().spacing.radius, rect.height * 0.22F);
    const float line = canvas.layout().upright ? 3.F : 2.F;
    canvas.fill(rect, surface.edge, radius);
    canvas.fill({rect.x + line, rect.y + line, rect.width - 2 * line, rect.height - 3 * line}, surface.fill,
                radius - line);
}

// The same size of letters for all keys.
float letters_on(const Canvas& canvas, const Rect& key) {
    const float wanted = std::min(key.height * 0.66F, key.width * 0.74F);
    return wanted / canvas.layout().type[Type::Digit] * canvas.layout().type_scale;
}

Tone held_tone(bool held, Tone tone) {
    if (!held) return tone;
    return tone == Tone::Quiet ? Tone::QuietHeld : Tone::SecondaryHeld;
}

// ゛ and ゜ as a font has them are too small for their key.
void voicing(Canvas& canvas, const Rect& rect, Colour ink, std::uint8_t number) {
    const float size = std::min(rect.width, rect.height);
    const Point centre = rect.centre();
    if (number == core::k_half_voiced_key) {
        canvas.ring(centre, size * 0.17F, ink, size * 0.07F);
        return;
    }
    for (const float x : {-0.16F, 0.1F}) {
        const std::array<Point, 2> stroke{
            {{centre.x + size * x, centre.y - size * 0.18F}, {centre.x + size * (x + 0.12F), centre.y + size * 0.12F}}};
        canvas.path(stroke, ink, size * 0.09F);
    }
}

void key(Canvas& canvas, const Rect& rect, const TextPad& pad, std::uint8_t number) {
    const std::string label(core::key_text(pad.keyboard, number));
    const core::Intent intent{Kind::TypeKey, number};
    const bool space = label == " ";
    const Canvas::Touch touch = canvas.touch(rect, space ? "\u2423" : label, intent, false);
    const bool marks = pad.keyboard == core::Keyboard::Kana && number >= core::k_voiced_key;
    const Tone tone = held_tone(touch.held, marks || space ? Tone::Quiet : Tone::Secondary);
    key_face(canvas, rect, tone);
    if (touch.focused) focus_ring(canvas, rect, canvas.layout().spacing.radius * 0.6F);
    if (space) {
        // The open box that stands for a space.
        const Colour ink = canvas.palette()[tone].ink;
        const float width = std::min(rect.width * 0.4F, rect.height);
        const Point left{rect.centre().x - width / 2, rect.centre().y + rect.height * 0.14F};
        const float rise = rect.height * 0.14F;
        const std::array<Point, 4> box{
            {{left.x, left.y - rise}, left, {left.x + width, left.y}, {left.x + width, left.y - rise}}};
        canvas.path(box, ink, rect.height * 0.06F);
        return;
    }
    const bool tiny = number == core::k_voiced_key || number == core::k_half_voiced_key;
    if (pad.keyboard == core::Keyboard::Kana && tiny) return voicing(canvas, rect, canvas.palette()[tone].ink, number);
    canvas.words_fitted(rect.inset(2), Type::Digit, tone, Align::Centre, label);
}

}  // namespace

void tool_button(Canvas& canvas, const Rect& rect, const Choice& choice) {
    const std::string words = canvas.text(choice.label);
    const Canvas::Touch touch = choice.off ? Canvas::Touch{} : canvas.touch(rect, words, choice.intent, true);
    const Tone usual = choice.off ? Tone::KeyIdle : choice.tone;
    const Tone tone = !touch.held ? usual : usual == Tone::Primary ? Tone::PrimaryHeld : held_tone(true, usual);
    key_face(canvas, rect, tone);
    if (touch.focused) focus_ring(canvas, rect, canvas.layout().spacing.radius * 0.6F);
    const Rect inside = rect.inset(canvas.layout().upright ? 12.F : 8.F);
    const bool roomy = canvas.flow(Type::Label, words, 1e9F).width < inside.width;
    const Type type = choice.tone == Tone::Primary && roomy ? Type::Label : Type::Small;
    const Colour ink = canvas.palette()[tone].ink;
    const float letters = canvas.layout().type[type];
    // Beside each other, or one above the other, or the words alone: whichever leaves the words their size.
    const float side = std::min(letters * 1.15F, inside.height * 0.8F);
    const float gap = side * 0.5F;
    const float natural = canvas.flow(type, words, 1e9F).width + 1;
    if (choice.icon != Icon::None && natural + side + gap <= inside.width) {
        const float left = inside.x + (inside.width - side - gap - natural) / 2;
        draw_icon(canvas, {left, inside.centre().y - side / 2, side, side}, choice.icon, ink);
        canvas.words_fitted({left + side + gap, inside.y, natural, inside.height}, type, tone, Align::Left, words);
        return;
    }
    const float lines = canvas.flow(type, words, inside.width).height;
    const float high = letters * 1.15F;
    if (choice.icon == Icon::None || high + lines > inside.height) {
        canvas.words_fitted(inside, type, tone, Align::Centre, words);
        return;
    }
    const float spare = (inside.height - high - lines) / 3;
    draw_icon(canvas, {inside.centre().x - high / 2, inside.y + spare, high, high}, choice.icon, ink);
    canvas.words_fitted({inside.x, inside.y + spare * 2 + high, inside.width, lines + spare}, type, tone, Align::Centre,
                        words);
}

void candidate_strip(Canvas& canvas, const Rect& rect, const TextPad& pad, int rows) {
    const Surface& panel = canvas.palette()[Tone::Panel];
    if (pad.candidates.empty()) {
        canvas.fill(rect, panel.edge, canvas.layout().spacing.radius * 0.5F);
        canvas.fill(rect.inset(2), panel.fill, canvas.layout().spacing.radius * 0.5F - 2);
        canvas.words_fitted({rect.x + 10, rect.y + 2, rect.width - 20, rect.height - 4}, Type::Small, Tone::Panel,
                            Align::Centre, canvas.text(pad.told));
        return;
    }
    const float gap = millimetres(canvas, k_key_gap_mm);
    const auto in_rows = static_cast<std::size_t>(rows);
    const std::size_t places = pad.candidates.size() + (pad.more ? 1 : 0);
    const std::size_t a_row = places <= 3 ? places : (places + in_rows - 1) / in_rows;
    const auto used = static_cast<float>((places + a_row - 1) / a_row);
    const float height = (rect.height - (used - 1) * gap) / used;
    for (std::size_t begin = 0; begin < places; begin += a_row) {
        const std::size_t end = std::min(places, begin + a_row);
        // As wide as its words ask for, and no one too narrow for a finger.
        std::vector<float> widths;
        for (std::size_t i = begin; i < end; ++i) {
            const std::string words =
                i < pad.candidates.size() ? without_marks(pad.candidates[i].view()) : canvas.text(Message{"keys.more"});
            const float natural = canvas.flow(Type::Body, words, 1e9F).width;
            widths.push_back(std::clamp(natural, 2 * canvas.layout().type[Type::Body], rect.width * 0.6F));
        }
        const float room = rect.width - static_cast<float>(end - begin - 1) * gap;
        const float sum = std::accumulate(widths.begin(), widths.end(), 0.F);
        const float least = std::min(millimetres(canvas, k_key_mm), room / static_cast<float>(end - begin));
        const float spare = std::max(0.F, room - least * static_cast<float>(end - begin));
        float x = rect.x;
        const float y = rect.y + static_cast<float>(begin / a_row) * (height + gap);
        for (std::size_t i = begin; i < end; ++i) {
            const Rect place{x, y, least + spare * widths[i - begin] / sum, height};
            x += place.width + gap;
            const bool candidate = i < pad.candidates.size();
            const std::string words =
                candidate ? without_marks(pad.candidates[i].view()) : canvas.text(Message{"keys.more"});
            const core::Intent intent =
                candidate ? core::Intent{Kind::PickCandidate, static_cast<std::uint8_t>(pad.first + i)}
                          : core::Intent{Kind::MoreCandidates};
            const Canvas::Touch touch = canvas.touch(place, words, intent, false);
            const Tone tone = held_tone(touch.held, candidate ? Tone::Secondary : Tone::Quiet);
            key_face(canvas, place, tone);
            if (touch.focused) focus_ring(canvas, place, canvas.layout().spacing.radius * 0.6F);
            canvas.words_fitted({place.x + 6, place.y + 1, place.width - 12, place.height - 3},
                                candidate ? Type::Body : Type::Small, tone, Align::Centre, words);
        }
    }
}

void keyboard_keys(Canvas& canvas, const Rect& rect, const TextPad& pad, bool flat) {
    const KeyGrid grid = key_grid(pad.keyboard, pad.field, flat);
    const float gap = millimetres(canvas, k_key_gap_mm);
    const float width = (rect.width - (grid.columns - 1) * gap) / grid.columns;
    const float height = (rect.height - (grid.rows - 1) * gap) / grid.rows;
    canvas.type_scale(letters_on(canvas, {0, 0, width, height}));
    for (const KeyPlace& place : grid.keys) {
        key(canvas,
            {rect.x + place.column * (width + gap), rect.y + place.row * (height + gap),
             place.columns * width + (place.columns - 1) * gap, height},
            pad, place.key);
    }
    canvas.type_scale();
}

}  // namespace uketsuke::ui
