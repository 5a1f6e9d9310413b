#include <algorithm>
#include <cmath>
#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

constexpr float k_narrowest = 100;  // of a wheel, before it gives up the keys beside it

// Which keys there is room for beside the wheels.
struct Keys {
    bool step = false;
    bool leap = false;
};

const Wheel::Value* value_at(const Wheel& wheel, int steps) {
    const int at = static_cast<int>(wheel.at) + steps;
    return at < 0 || at >= static_cast<int>(wheel.values.size()) ? nullptr
                                                                 : &wheel.values[static_cast<std::size_t>(at)];
}

int clamped(const Wheel& wheel, int steps) {
    const int last = static_cast<int>(wheel.values.size()) - 1;
    return std::clamp(static_cast<int>(wheel.at) + steps, 0, last) - static_cast<int>(wheel.at);
}

void step_key(Canvas& canvas, const Rect& rect, const Wheel& wheel, int steps, Icon icon) {
    const int possible = clamped(wheel, steps);
    const Wheel::Value& value = *value_at(wheel, possible);
    const bool off = possible == 0;
    const Canvas::Touch touch =
        off ? Canvas::Touch{} : canvas.touch(rect, canvas.text(value.label), value.intent, false);
    const Tone tone = off ? Tone::KeyIdle : touch.held ? Tone::SecondaryHeld : Tone::Secondary;
    const Surface& surface = canvas.palette()[tone];
    const float radius = canvas.layout().spacing.radius * 0.6F;
    canvas.fill(rect, surface.edge, radius);
    canvas.fill(rect.inset(3), surface.fill, radius - 3);
    if (touch.focused) focus_ring(canvas, rect, radius);
    const float side = std::min({rect.width, rect.height, canvas.layout().type[Type::Label] * 1.6F}) * 0.6F;
    draw_icon(canvas, {rect.centre().x - side / 2, rect.centre().y - side / 2, side, side}, icon, surface.ink);
}

void wheel_face(Canvas& canvas, const Rect& rect, const Wheel& wheel, int rows, bool chosen) {
    const float height = rect.height / static_cast<float>(rows);
    const Surface& panel = canvas.palette()[Tone::Panel];
    const float radius = canvas.layout().spacing.radius * 0.6F;
    canvas.fill(rect, panel.edge, radius);
    canvas.fill(rect.inset(2), panel.fill, radius - 2);
    const auto finger = canvas.follow(rect, wheel.name.key);
    // While it is turned it shows where it would stand.
    int turned = 0;
    if (finger) turned = clamped(wheel, static_cast<int>(std::lround((finger->from.y - finger->at.y) / height)));
    const int half = rows / 2;
    const Rect middle{rect.x, rect.y + height * static_cast<float>(half), rect.width, height};
    const Tone now = chosen || turned != 0 ? Tone::Primary : Tone::Notice;
    canvas.fill(middle.inset(2), canvas.palette()[now].fill, radius * 0.6F);
    for (int row = -half; row <= half; ++row) {
        const Wheel::Value* value = value_at(wheel, turned + row);
        if (value == nullptr) continue;
        const Rect place = middle.moved(0, height * static_cast<float>(row));
        const std::string words = canvas.text(value->label);
        if (canvas.offer(place, words, value->intent)) focus_ring(canvas, place.inset(8), radius * 0.6F);
        canvas.words_fitted(place.inset(4), row == 0 ? Type::Label : Type::Small, row == 0 ? now : Tone::Panel,
                            Align::Centre, words);
    }
    if (!finger || !finger->lifted) return;
    // A touch takes what is under the finger.
    const int touched = static_cast<int>(std::floor((finger->at.y - middle.y) / height));
    const bool tap = std::abs(finger->at.y - finger->from.y) < height / 2 && std::abs(touched) <= half;
    const Wheel::Value* value = value_at(wheel, tap ? touched : turned);
    if (value != nullptr && (tap || turned != 0)) canvas.ask(value->intent);
}

// Above and below the wheels, or beside them where their height is short.
bool keys_around(const Layout& layout) {
    return layout.upright && !layout.dense;
}

Keys keys_for(const Canvas& canvas, const Rect& rect, const DateWheels& wheels, float gap) {
    if (keys_around(canvas.layout())) return {true, true};
    const auto count = static_cast<float>(wheels.wheels.size());
    const float side = canvas.layout().target + gap;
    // The first wheel shows nearly all that it has.
    const float with_all = (rect.width - count * side - (count - 1) * gap) / count;
    return {with_all >= k_narrowest, true};
}

}  // namespace

void date_readout(Canvas& canvas, const Rect& rect, const DateWheels& wheels) {
    const std::string words = side_by_side(canvas, wheels.readout);
    canvas.words_fitted(rect, wheels.touched ? Type::Heading : Type::Body, wheels.touched ? Tone::Ground : Tone::Muted,
                        Align::Centre, words);
}

void date_wheels(Canvas& canvas, const Rect& rect, const DateWheels& wheels) {
    const Layout& layout = canvas.layout();
    const float gap = layout.upright ? 16.F : 10.F;
    const float side = layout.target;
    const Keys keys = keys_for(canvas, rect, wheels, gap);
    float shares = 0;
    float taken = gap * static_cast<float>(wheels.wheels.size() - 1);
    for (const Wheel& wheel : wheels.wheels) {
        shares += wheel.share;
        if (keys_around(layout)) continue;
        if (keys.step && &wheel != &wheels.wheels.front()) taken += side + gap * 0.5F;
        if (keys.leap && wheel.leap > 0) taken += side + gap * 0.5F;
    }
    float x = rect.x;
    for (const Wheel& wheel : wheels.wheels) {
        Rect place{x, rect.y, (rect.width - taken) * wheel.share / shares, rect.height};
        const auto steps = static_cast<int>(wheel.leap);
        if (keys_around(layout)) {
            const float key = std::clamp(rect.height * 0.12F, side, side * 1.3F);
            const float rim = gap * 0.5F;
            // Side by side, so that what is chosen stands on one line.
            const float half = (place.width - rim) / 2;
            const bool two = wheel.leap > 0 && half >= side;
            const auto pair = [&](float from, float width, int by, Icon up, Icon down) {
                step_key(canvas, {from, rect.y, width, key}, wheel, -by, up);
                step_key(canvas, {from, rect.bottom() - key, width, key}, wheel, by, down);
            };
            // Where there is one pair only, the neighbours can still be touched.
            if (wheel.leap > 0) {
                pair(two ? place.x + half + rim : place.x, two ? half : place.width, steps, Icon::LeapUp,
                     Icon::LeapDown);
            }
            if (two || wheel.leap == 0) pair(place.x, two ? half : place.width, 1, Icon::Up, Icon::Down);
            place.y += key + rim;
            place.height -= 2 * (key + rim);
        } else {
            float right = place.right() + gap * 0.5F;
            const float half = (rect.height - gap) / 2;
            const auto column = [&](int by, Icon up, Icon down) {
                step_key(canvas, {right, rect.y, side, half}, wheel, -by, up);
                step_key(canvas, {right, rect.y + half + gap, side, half}, wheel, by, down);
                right += side + gap * 0.5F;
            };
            if (keys.step && &wheel != &wheels.wheels.front()) column(1, Icon::Up, Icon::Down);
            if (keys.leap && wheel.leap > 0) column(steps, Icon::LeapUp, Icon::LeapDown);
            x = right - gap * 0.5F - place.width;
        }
        wheel_face(canvas, place, wheel, place.height / 5 >= layout.target ? 5 : 3, wheels.touched);
        x += place.width + gap;
    }
}

}  // namespace uketsuke::ui
