#include <cmath>

#include "app/ui/pictures/icons.h"
#include "app/ui/pictures/pen.h"
#include "app/ui/pictures/pictures.h"

namespace uketsuke::ui::pictures {

namespace {

void icon_in(const Pen& pen, float x, float y, float size, Icon icon, Colour colour) {
    const Point from = pen.at(x, y);
    const Point to = pen.at(x + size, y + size);
    draw_icon(pen.canvas(), {from.x, from.y, to.x - from.x, to.y - from.y}, icon, colour);
}

void clock_badge(const Pen& pen, float x, float y) {
    pen.disc(x, y, 16, pen.ground(Tone::Ground));
    pen.disc(x, y, 14, pen.ink(Tone::Caution));
    pen.path({{x, y - 8}, {x, y}, {x + 6, y + 4}}, pen.ground(Tone::Caution), 2.6F);
}

}  // namespace

void done(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.ground(Tone::Done));
    pen.disc(50, 50, 37, pen.ground(Tone::Primary));
    icon_in(pen, 30, 30, 40, Icon::Check, pen.ink(Tone::Primary));
}

void queued(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    done(canvas, into);
    clock_badge(pen, 83, 80);
}

void sending(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    // A form on its way.
    pen.rect(32, 22, 36, 48, 4, pen.colour(Art::Line));
    pen.rect(33.2F, 23.2F, 33.6F, 45.6F, 3, pen.colour(Art::Card));
    for (const float y : {32.F, 40.F, 48.F, 56.F})
        pen.rect(39, y, y > 50 ? 14.F : 22.F, 3, 1.5F, pen.colour(Art::CardText));
    const double phase = canvas.seconds() / 1.8;
    for (int i = 0; i < 3; ++i) {
        const double bright = 0.5 + 0.5 * std::cos(6.28318 * (phase - i / 3.0));
        Colour dot = pen.colour(Art::Accent);
        dot.alpha = static_cast<std::uint8_t>(110 + 145 * bright);
        pen.disc(38.F + 12.F * static_cast<float>(i), 82, 3.6F, dot);
    }
}

void pin_locked(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.ground(Tone::Caution));
    icon_in(pen, 24, 20, 52, Icon::Lock, pen.ink(Tone::Caution));
}

void last_try(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.ground(Tone::Danger));
    icon_in(pen, 22, 18, 56, Icon::Warning, pen.ink(Tone::Danger));
}

void calendar(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    pen.rect(22, 26, 56, 52, 5, pen.colour(Art::Line));
    pen.rect(23.5F, 41, 53, 35.5F, 4, pen.colour(Art::Card));
    for (const float x : {36.F, 64.F}) pen.path({{x, 20}, {x, 31}}, pen.colour(Art::Line), 4.4F);
    for (const float y : {49.F, 58.F, 67.F}) {
        for (const float x : {32.F, 44.F, 56.F, 68.F}) pen.disc(x, y, 2.4F, pen.colour(Art::CardText));
    }
    clock_badge(pen, 80, 76);
}

void limit_amount(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    // A bill whose columns stop at a line.
    const float tops[] = {58, 46, 34, 34};
    float x = 24;
    for (const float top : tops) {
        pen.rect(x, top, 10, 78 - top, 2, pen.colour(Art::Person));
        x += 14;
    }
    pen.path({{18, 30}, {82, 30}}, pen.colour(Art::Accent), 3.6F);
    pen.path({{18, 80}, {82, 80}}, pen.colour(Art::Line), 2.4F);
    pen.disc(82, 66, 13, pen.ground(Tone::Primary));
    pen.path({{76, 59}, {82, 66}, {88, 59}}, pen.ink(Tone::Primary), 2.2F);
    pen.path({{82, 66}, {82, 74}}, pen.ink(Tone::Primary), 2.2F);
    pen.path({{77, 67}, {87, 67}}, pen.ink(Tone::Primary), 1.8F);
    pen.path({{77, 71}, {87, 71}}, pen.ink(Tone::Primary), 1.8F);
}

void register_card(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    // The card, with the photo's side up, and the cross that it is to stand for.
    pen.rect(14, 30, 62, 40, 5, pen.colour(Art::Line));
    pen.rect(15.4F, 31.4F, 59.2F, 37.2F, 4, pen.colour(Art::Card));
    pen.person(28, 39, 22, pen.colour(Art::Person));
    for (const float y : {40.F, 48.F, 56.F}) pen.rect(41, y, 26, 3, 1.5F, pen.colour(Art::CardText));
    pen.disc(76, 68, 19, pen.colour(Art::Soft));
    pen.disc(76, 68, 17, pen.ground(Tone::Primary));
    pen.rect(72.6F, 58, 6.8F, 20, 1.4F, pen.ink(Tone::Primary));
    pen.rect(66, 64.6F, 20, 6.8F, 1.4F, pen.ink(Tone::Primary));
}

}  // namespace uketsuke::ui::pictures
