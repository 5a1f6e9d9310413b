#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/pictures/pen.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

// Where the head belongs: light upon dark, so that it shows on every picture.
void outline(Canvas& canvas, const Rect& picture, bool well) {
    const Point centre{picture.centre().x, picture.y + picture.height * 0.49F};
    const float ry = picture.height * 0.36F;
    const float rx = ry * 0.76F;
    const std::vector<Point> head = ellipse_points(centre, rx, ry);
    const float line = canvas.layout().upright ? 9.F : 7.F;
    canvas.path(head, Colour{0, 0, 0, 150}, line * 1.9F, true);
    canvas.path(head, well ? canvas.palette()[Art::Card] : canvas.palette()[Art::Accent], line, true);
}
// The picture is a mirror: the patient's left is on its left.
void turn_arrow(Canvas& canvas, const Rect& picture, bool to_left) {
    const Pen pen(canvas, picture);
    const auto x = [to_left](float from_edge) { return to_left ? from_edge : 100 - from_edge; };
    const auto shaft = [&](float grow) {
        return std::vector<Point>{pen.at(x(24 + grow), 48 - 4 - grow), pen.at(x(13), 48 - 4 - grow),
                                  pen.at(x(13), 48 + 4 + grow), pen.at(x(24 + grow), 48 + 4 + grow)};
    };
    const auto head = [&](float grow) {
        return std::vector<Point>{pen.at(x(15 + grow), 48 - 12 - 2 * grow), pen.at(x(1 - grow), 48),
                                  pen.at(x(15 + grow), 48 + 12 + 2 * grow)};
    };
    // A dark rim, so that it shows on every picture.
    for (const float grow : {1.5F, 0.F}) {
        const Colour colour = grow > 0 ? canvas.palette()[Art::DeviceDark] : canvas.palette()[Art::Accent];
        canvas.polygon(shaft(grow), colour);
        canvas.polygon(head(grow), colour);
    }
}

}  // namespace

void camera_panel(Canvas& canvas, const Rect& rect, core::FaceGuidance guidance) {
    const float radius = canvas.layout().spacing.radius;
    canvas.fill(rect, canvas.palette()[Art::Line], radius + 4);
    const Rect inner = rect.inset(5);
    canvas.fill(inner, canvas.palette()[Art::DeviceDark], radius);
    if (canvas.camera().texture != 0) {
        canvas.camera_picture(inner, radius);
    } else {
        const Pen pen(canvas, inner);
        pen.person(50, 24, 58, pen.colour(Art::Device));
    }
    outline(canvas, inner, all_is_well(guidance));
    if (asks_to_turn(guidance)) turn_arrow(canvas, inner, guidance == core::FaceGuidance::TurnLeft);
}

}  // namespace uketsuke::ui
