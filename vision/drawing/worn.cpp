#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "vision/drawing/head.h"

namespace uketsuke::vision::drawing {
namespace {

using Places = std::vector<Place>;

// The light on cloth: round about the head's axis, brighter towards the lamp.
double on_cloth(const Sitter& sitter, double px, double py) {
    const cv::Point2d p = sitter.pose.plane(px, py);
    const double side = std::clamp(sitter.person.light_side, -1.0, 1.0);
    return std::clamp(1.0 - 0.26 * p.x * p.x + 0.10 * side * p.x - 0.05 * p.y, 0.45, 1.1);
}

Colour mask_colour(std::uint32_t identity) {
    constexpr std::array<double, 3> white{240, 242, 243};
    constexpr std::array<double, 3> blue{168, 202, 222};
    constexpr std::array<double, 3> black{46, 46, 50};
    const auto& colour = identity % 5 == 4 ? black : identity % 2 == 0 ? white : blue;
    return {colour[0], colour[1], colour[2]};
}

void draw_lens(Canvas& canvas, const Sitter& sitter, double s) {
    const Traits& t = sitter.traits;
    const double half_width = 0.315 * t.half_width;
    const double half_height = 0.235;
    const double x = s * std::max(t.eye_x, half_width + 0.07);
    Places rim;
    for (int i = 0; i < 20; ++i) {
        const double angle = 2 * std::numbers::pi * i / 20;
        // Between an ellipse and a box, as most frames are.
        const auto rounded = [](double v) { return std::copysign(std::pow(std::abs(v), 0.62), v); };
        rim.push_back({x + half_width * rounded(std::cos(angle)), 0.04 + half_height * rounded(std::sin(angle)), 1.02});
    }
    const Outline outline = smooth(sitter.pose(rim), true, 4);
    const Outline glint =
        smooth(sitter.pose(Places{
                   {x - 0.20, -0.12, 1.02}, {x - 0.02, -0.14, 1.02}, {x - 0.10, 0.02, 1.02}, {x - 0.21, 0.06, 1.02}}),
               true);
    const double unit = sitter.pose.unit();
    if (sitter.person.glasses == Glasses::Dark) {
        canvas.soft(outline, {26, 24, 26}, 0.96, 0.4);
        canvas.soft(glint, {120, 124, 130}, 0.35, 0.05 * unit);
    } else {
        canvas.soft(outline, {250, 252, 255}, 0.06, 0.4);
        canvas.soft(glint, {255, 255, 255}, 0.16, 0.04 * unit);
    }
    Outline closed = outline;
    closed.push_back(outline.front());
    closed.push_back(outline[1]);
    canvas.line(closed, {44, 38, 38}, 0.030 * unit);
    canvas.line(sitter.pose(Places{{x + s * half_width, -0.02, 1.0}, {s * (t.half_width + 0.04), 0.0, 0.1}}),
                {44, 38, 38}, 0.034 * unit);
}

}  // namespace

void draw_mask(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const Pose& pose = sitter.pose;
    const double w = t.half_width;
    const double top = 0.50 * t.nose_y;
    const Colour cloth = mask_colour(sitter.person.identity);
    const auto at = [](double x, double y, double lift) { return Pose::on_face(x, y, lift); };
    // It stands off at the nose, so it turns with it.
    const Outline outline = smooth(pose(Places{at(0, top - 0.08, 0.30),
                                               at(0.22, top + 0.01, 0.17),
                                               at(0.50, top + 0.10, 0.06),
                                               {0.93 * w, top + 0.08, 0.12},
                                               {0.95 * w * t.jaw + 0.03, t.chin * 0.66, 0.20},
                                               {t.chin_width + 0.24, t.chin * 0.96, 0.45},
                                               {0, t.chin + 0.07, 0.68},
                                               {-t.chin_width - 0.24, t.chin * 0.96, 0.45},
                                               {-0.95 * w * t.jaw - 0.03, t.chin * 0.66, 0.20},
                                               {-0.93 * w, top + 0.08, 0.12},
                                               at(-0.50, top + 0.10, 0.06),
                                               at(-0.22, top + 0.01, 0.17)}),
                                   true);
    for (const double s : {-1.0, 1.0})
        for (const double down : {0.10, 0.62})
            canvas.line(smooth(pose(Places{{s * 0.90 * w, top + down, 0.1},
                                           {s * 1.0 * w, 0.5 * (top + down) + 0.05, 0.0},
                                           {s * (w + 0.06), 0.10, -0.1}}),
                               false),
                        darker(cloth, 0.85), 0.028 * pose.unit());
    canvas.soft(outline, darker(t.skin, 0.4), 0.35, 0.05 * pose.unit());
    canvas.fill(outline, cloth);
    canvas.inside(outline, [&](Canvas& inner) {
        const double bottom = t.chin + 0.07;
        for (const double part : {0.30, 0.48, 0.66}) {
            const double y = top + part * (bottom - top);
            Outline pleat = smooth(pose(Places{{-0.95 * w, y - 0.06, 0.2},
                                               at(-0.45, y, 0.10),
                                               at(0, y + 0.03, 0.20),
                                               at(0.45, y, 0.10),
                                               {0.95 * w, y - 0.06, 0.2}}),
                                   false);
            inner.line(pleat, darker(cloth, 0.88), 0.022 * pose.unit());
        }
        inner.soft(smooth(pose(Places{at(-0.10, top, 0.3), at(0.10, top, 0.3), at(0.16, t.nose_y, 0.35),
                                      at(-0.16, t.nose_y, 0.35)}),
                          true),
                   blended(cloth, {255, 255, 255}, 0.6), 0.25, 0.08 * pose.unit());
    });
    canvas.shade(outline, [&](double x, double y) { return on_cloth(sitter, x, y); });
}

void draw_glasses(Canvas& canvas, const Sitter& sitter) {
    for (const double side : {-1.0, 1.0}) draw_lens(canvas, sitter, side);
    canvas.line(smooth(sitter.pose(Places{{-0.10, 0.0, 1.06}, {0, -0.05, 1.10}, {0.10, 0.0, 1.06}}), false),
                {44, 38, 38}, 0.036 * sitter.pose.unit());
}

void draw_hat(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const Pose& pose = sitter.pose;
    const double w = t.half_width + 0.10 + 0.4 * t.hair_volume;
    const double edge = -0.66;
    const Colour cloth = blended(t.clothes, {90, 84, 76}, 0.5);
    canvas.soft(smooth(pose(Places{{-0.86 * t.half_width, edge - 0.05, 0.4},
                                   Pose::on_face(0, edge - 0.05, 0.05),
                                   {0.86 * t.half_width, edge - 0.05, 0.4},
                                   {0.84 * t.half_width, edge + 0.16, 0.4},
                                   Pose::on_face(0, edge + 0.20, 0.05),
                                   {-0.84 * t.half_width, edge + 0.16, 0.4}}),
                       true),
                darker(t.skin, 0.42), 0.40, 0.05 * pose.unit());
    const Outline crown = smooth(pose(Places{{-w, edge, 0.1},
                                             {-0.98 * w, edge - 0.45, 0},
                                             {-0.72 * w, edge - 0.98 - 0.5 * t.hair_volume, 0},
                                             {0, edge - 1.18 - 0.6 * t.hair_volume, 0},
                                             {0.72 * w, edge - 0.98 - 0.5 * t.hair_volume, 0},
                                             {0.98 * w, edge - 0.45, 0},
                                             {w, edge, 0.1},
                                             Pose::on_face(0.45, edge - 0.02, 0.15),
                                             Pose::on_face(-0.45, edge - 0.02, 0.15)}),
                                 true);
    canvas.fill(crown, cloth);
    canvas.shade(crown, [&](double x, double y) { return on_cloth(sitter, x, y); });
    const Outline brim = smooth(pose(Places{{-1.28 * w, edge + 0.02, 0.0},
                                            {-0.8 * w, edge - 0.17, 0.5},
                                            {0, edge - 0.22, 0.8},
                                            {0.8 * w, edge - 0.17, 0.5},
                                            {1.28 * w, edge + 0.02, 0.0},
                                            {0.7 * w, edge + 0.05, 0.8},
                                            {0, edge + 0.07, 1.0},
                                            {-0.7 * w, edge + 0.05, 0.8}}),
                                true);
    canvas.fill(brim, darker(cloth, 0.82));
    canvas.shade(brim, [&](double x, double y) { return on_cloth(sitter, x, y); });
}

}  // namespace uketsuke::vision::drawing
