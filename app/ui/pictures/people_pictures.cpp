#include "app/ui/pictures/icons.h"
#include "app/ui/pictures/pen.h"
#include "app/ui/pictures/pictures.h"

namespace uketsuke::ui::pictures {

namespace {

void icon_at(const Pen& pen, float x, float y, float size, Icon icon, Colour colour) {
    const Point from = pen.at(x, y);
    const Point to = pen.at(x + size, y + size);
    draw_icon(pen.canvas(), {from.x, from.y, to.x - from.x, to.y - from.y}, icon, colour);
}

void badge(const Pen& pen, float x, float y, Icon icon, Tone tone) {
    pen.disc(x, y, 14, pen.canvas().palette()[Tone::Ground].fill);
    pen.disc(x, y, 12, pen.ink(tone));
    icon_at(pen, x - 6, y - 6, 12, icon, pen.ground(tone));
}

void head(const Pen& pen, float x, float top, float size) {
    const Colour skin = pen.colour(Art::Person);
    pen.person(x, top, size, skin);
    const Colour features = pen.colour(Art::Soft);
    const float radius = size * 0.24F;
    pen.disc(x - radius * 0.38F, top + radius * 0.9F, radius * 0.11F, features);
    pen.disc(x + radius * 0.38F, top + radius * 0.9F, radius * 0.11F, features);
    pen.arc(x, top + radius * 1.15F, radius * 0.42F, 0.08F, 0.42F, features, radius * 0.14F);
}

}  // namespace

void who_are_you(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    head(pen, 50, 22, 60);
    pen.rect(62, 60, 34, 24, 3, pen.colour(Art::CardText));
    pen.rect(62, 59, 34, 24, 3, pen.colour(Art::Card));
    pen.rect(65, 63, 9, 15, 1.2F, pen.colour(Art::Photo));
    pen.person(69.5F, 65, 12, pen.colour(Art::CardText));
    for (const float y : {64.F, 69.F, 74.F}) pen.rect(77, y, 15, 2.4F, 1, pen.colour(Art::CardText));
}

void staff_coming(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    head(pen, 50, 18, 66);
    // Collar and name tag.
    const Colour light = pen.colour(Art::Card);
    pen.shape({{42, 57}, {58, 57}, {50, 68}}, light);
    pen.rect(57, 71, 13, 8, 1.4F, light);
    pen.rect(59, 74, 9, 1.8F, 0.9F, pen.colour(Art::CardText));
    badge(pen, 84, 24, Icon::Bell, Tone::Primary);
}

void desk(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    head(pen, 62, 20, 50);
    pen.rect(32, 62, 62, 7, 2.5F, pen.colour(Art::Device));
    pen.rect(36, 69, 54, 22, 2, pen.colour(Art::DeviceLight));
    pen.arrow({6, 54}, {28, 54}, pen.colour(Art::Accent), 4.4F);
}

void face_again(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    head(pen, 50, 22, 62);
    const Colour line = pen.colour(Art::Line);
    pen.path({{20, 34}, {20, 16}, {38, 16}}, line, 3);
    pen.path({{62, 16}, {80, 16}, {80, 34}}, line, 3);
    pen.path({{80, 70}, {80, 86}, {62, 86}}, line, 3);
    pen.path({{38, 86}, {20, 86}, {20, 70}}, line, 3);
    badge(pen, 84, 80, Icon::Retry, Tone::Caution);
}

void camera_off(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    pen.rect(22, 34, 56, 36, 6, pen.colour(Art::Device));
    pen.rect(38, 28, 24, 10, 3, pen.colour(Art::Device));
    pen.disc(50, 52, 13, pen.colour(Art::DeviceLight));
    pen.disc(50, 52, 8, pen.colour(Art::DeviceDark));
    badge(pen, 80, 74, Icon::Cross, Tone::Caution);
}

void show_telephone(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    head(pen, 66, 18, 56);
    pen.rect(16, 36, 30, 52, 5, pen.colour(Art::DeviceDark));
    pen.rect(19, 42, 24, 38, 2, pen.colour(Art::Card));
    pen.disc(31, 84, 1.8F, pen.colour(Art::DeviceLight));
    for (const float y : {48.F, 55.F, 62.F}) pen.rect(23, y, y > 60 ? 10.F : 16.F, 3, 1.5F, pen.colour(Art::CardText));
    icon_at(pen, 32, 66, 9, Icon::Check, pen.ink(Tone::Done));
}

void show_sheet(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    head(pen, 66, 18, 56);
    pen.rect(12, 38, 38, 50, 3, pen.colour(Art::Line));
    pen.rect(13.4F, 39.4F, 35.2F, 47.2F, 2.4F, pen.colour(Art::Card));
    pen.rect(18, 45, 18, 4, 2, pen.colour(Art::Accent));
    for (const float y : {55.F, 62.F, 69.F, 76.F}) {
        pen.rect(18, y, y > 70 ? 14.F : 26.F, 3, 1.5F, pen.colour(Art::CardText));
    }
}

}  // namespace uketsuke::ui::pictures
