#include "app/ui/pictures/pen.h"
#include "app/ui/pictures/pictures.h"

namespace uketsuke::ui::pictures {

void operation(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    // A hospital bed.
    pen.disc(30, 49, 7, pen.colour(Art::Person));
    pen.rect(22, 57, 60, 9, 3, pen.colour(Art::Device));
    pen.rect(38, 45, 44, 12, 5, pen.colour(Art::Accent));
    pen.path({{20, 40}, {20, 76}}, pen.colour(Art::Line), 3.6F);
    pen.path({{84, 52}, {84, 76}}, pen.colour(Art::Line), 3.6F);
    pen.disc(20, 79, 3.4F, pen.colour(Art::Line));
    pen.disc(84, 79, 3.4F, pen.colour(Art::Line));
    pen.rect(56, 16, 8, 22, 1.6F, pen.ground(Tone::Primary));
    pen.rect(49, 23, 22, 8, 1.6F, pen.ground(Tone::Primary));
}

void health_checkup(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    pen.rect(26, 22, 48, 60, 5, pen.colour(Art::Line));
    pen.rect(29, 26, 42, 53, 3, pen.colour(Art::Card));
    pen.rect(40, 17, 20, 10, 3, pen.colour(Art::Device));
    pen.path({{33, 46}, {41, 46}, {46, 35}, {53, 57}, {58, 46}, {67, 46}}, pen.colour(Art::Accent), 3);
    pen.rect(34, 64, 32, 3, 1.5F, pen.colour(Art::CardText));
    pen.rect(34, 71, 20, 3, 1.5F, pen.colour(Art::CardText));
}

void medication(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    pen.disc(50, 50, 46, pen.colour(Art::Soft));
    // A bottle, a capsule and a tablet.
    pen.rect(24, 26, 30, 9, 3, pen.colour(Art::Line));
    pen.rect(26, 36, 26, 44, 5, pen.colour(Art::Device));
    pen.rect(26, 48, 26, 20, 0, pen.colour(Art::Card));
    pen.rect(36.4F, 51, 5.2F, 14, 1.2F, pen.ground(Tone::Primary));
    pen.rect(32, 55.4F, 14, 5.2F, 1.2F, pen.ground(Tone::Primary));
    pen.path({{64, 42}, {70, 36}}, pen.colour(Art::Accent), 13);
    pen.path({{70, 36}, {76, 30}}, pen.colour(Art::Card), 13);
    pen.path({{70, 36}, {70.4F, 35.6F}}, pen.colour(Art::Card), 0.5F);
    pen.disc(71, 68, 12, pen.colour(Art::Card));
    pen.path({{63.5F, 68}, {78.5F, 68}}, pen.colour(Art::CardText), 2.2F);
}

}  // namespace uketsuke::ui::pictures
