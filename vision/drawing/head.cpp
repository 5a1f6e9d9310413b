#include "vision/drawing/head.h"

#include <algorithm>
#include <cmath>

#include "vision/drawing/relief.h"

namespace uketsuke::vision::drawing {

Colour darker(const Colour& colour, double factor) {
    return colour * factor;
}
Colour blended(const Colour& a, const Colour& b, double t) {
    return a * (1 - t) + b * t;
}

Outline face_outline(const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const double w = t.half_width;
    const double jaw = w * t.jaw;
    const double full = 1 + 0.25 * t.cheeks;
    const std::vector<Place> right{{0.50 * w, -1.28, 0.15},
                                   {0.86 * w, -0.92, 0.05},
                                   {1.00 * w, -0.35, 0.0},
                                   {0.99 * w, 0.15, 0.0},
                                   {std::min(0.99 * w, jaw * full * 1.04), t.chin * 0.48, 0.08},
                                   {jaw * full * 0.90, t.chin * 0.70, 0.22},
                                   {0.5 * (jaw * 0.74 + t.chin_width), t.chin * 0.885, 0.45},
                                   {t.chin_width, t.chin * 0.985, 0.60}};
    std::vector<Place> all{{0, -1.38, 0.15}};
    all.insert(all.end(), right.begin(), right.end());
    all.push_back({0, t.chin + 0.015, 0.66});
    for (auto place = right.rbegin(); place != right.rend(); ++place)
        all.push_back({-(*place)[0], (*place)[1], (*place)[2]});
    return smooth(sitter.pose(all), true);
}

void draw_shoulders(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    // The body stays where it is while the head turns: only a part of the turn reaches the neck.
    Appearance still = sitter.person;
    still.yaw_deg *= 0.25;
    still.pitch_deg = 0;
    still.roll_deg *= 0.2;
    const Pose pose(still, canvas.rgb().cols, canvas.rgb().rows);
    const double neck = t.half_width * (t.man ? 0.66 : 0.54);
    const double wide = t.man ? 2.25 : 1.95;
    const double top = t.chin + 0.36;
    const Outline body = smooth(pose(std::vector<Place>{{-neck * 1.05, top - 0.06, 0},
                                                        {-wide * 0.62, top + 0.22, 0},
                                                        {-wide * 0.93, top + 0.52, 0},
                                                        {-wide * 1.01, top + 1.5, 0},
                                                        {-wide * 1.03, 5, 0},
                                                        {wide * 1.03, 5, 0},
                                                        {wide * 1.01, top + 1.5, 0},
                                                        {wide * 0.93, top + 0.52, 0},
                                                        {wide * 0.62, top + 0.22, 0},
                                                        {neck * 1.05, top - 0.06, 0}}),
                                true);
    canvas.fill(body, t.clothes);
    const auto shade_of_cloth = [&](double x, double y) {
        const auto p = pose.plane(x, y);
        const double side = std::clamp(sitter.person.light_side, -1.0, 1.0);
        return std::clamp(1.02 - 0.10 * (p.y - top) + 0.10 * side * p.x - 0.10 * p.x * p.x * 0.4, 0.45, 1.2);
    };
    canvas.shade(body, shade_of_cloth);
    const Outline throat = smooth(pose(std::vector<Place>{{-neck, 0.5, 0},
                                                          {-neck * 0.96, top - 0.15, 0},
                                                          {-neck * 1.12, top + 0.02, 0},
                                                          {0, top + 0.30, 0.3},
                                                          {neck * 1.12, top + 0.02, 0},
                                                          {neck * 0.96, top - 0.15, 0},
                                                          {neck, 0.5, 0}}),
                                  true);
    canvas.fill(throat, darker(t.skin, 0.86));
    canvas.inside(throat, [&](Canvas& inner) {
        inner.soft(smooth(pose(std::vector<Place>{{-neck * 1.1, t.chin * 0.55, 0},
                                                  {-neck, t.chin + 0.10, 0},
                                                  {0, t.chin + 0.24, 0},
                                                  {neck, t.chin + 0.10, 0},
                                                  {neck * 1.1, t.chin * 0.55, 0}}),
                          true),
                   darker(t.skin, 0.48), 0.62, 0.09 * pose.unit());
    });
    // A collar: the edge of the cloth about the neck.
    canvas.line(smooth(pose(std::vector<Place>{{-neck * 1.14, top - 0.03, 0},
                                               {-neck * 0.65, top + 0.20, 0.2},
                                               {0, top + 0.31, 0.3},
                                               {neck * 0.65, top + 0.20, 0.2},
                                               {neck * 1.14, top - 0.03, 0}}),
                       false),
                darker(t.clothes, 0.72), 0.045 * pose.unit());
}

void draw_head(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const Pose& pose = sitter.pose;
    for (const double s : {-1.0, 1.0}) {
        const cv::Point2d ear = pose(Place{s * (t.half_width + 0.03), 0.16, -0.12});
        const double angle = pose.roll_deg() - s * 8;
        canvas.disc(ear, 0.115 * pose.unit(), (t.ear + 0.05) * pose.unit(), angle, darker(t.skin, 0.80));
        canvas.disc(ear + cv::Point2d(s * 0.01, 0.01) * pose.unit(), 0.055 * pose.unit(), t.ear * 0.65 * pose.unit(),
                    angle, darker(t.skin, 0.62));
    }
    const Outline face = face_outline(sitter);
    canvas.fill(face, t.skin);
    canvas.inside(face, [&](Canvas& inner) { draw_features(inner, sitter); });
    const Relief relief(sitter);
    canvas.shade(face, [&](double x, double y) { return relief(x, y); });
}

}  // namespace uketsuke::vision::drawing
