#include <algorithm>
#include <cmath>

#include "vision/drawing/head.h"

namespace uketsuke::vision::drawing {
namespace {

using Places = std::vector<Place>;

// A thick stroke along places on the face, thickest where `thickness` says (0 … 1 along it), as an outline.
Outline stroke(const Pose& pose, const Outline& spine, const std::function<double(double)>& thickness) {
    Outline upper;
    Outline lower;
    const auto n = spine.size();
    for (std::size_t i = 0; i < n; ++i) {
        const cv::Point2d ahead = spine[std::min(i + 1, n - 1)] - spine[i == 0 ? 0 : i - 1];
        const double length = std::max(1e-6, std::hypot(ahead.x, ahead.y));
        const cv::Point2d normal(-ahead.y / length, ahead.x / length);
        const double half = 0.5 * pose.unit() * thickness(static_cast<double>(i) / static_cast<double>(n - 1));
        upper.push_back(spine[i] - normal * half);
        lower.push_back(spine[i] + normal * half);
    }
    upper.insert(upper.end(), lower.rbegin(), lower.rend());
    return upper;
}

Outline curve(const Pose& pose, const Places& places) {
    return smooth(pose(places), false);
}

void draw_eye(Canvas& canvas, const Sitter& sitter, double s) {
    const Traits& t = sitter.traits;
    const Pose& pose = sitter.pose;
    const double x = s * t.eye_x;
    const double w = t.eye_width;
    const double open = sitter.person.eyes_closed ? 0.0 : t.eye_open * (1 - 0.18 * sitter.person.smile);
    const double slant = t.eye_slant;
    const auto at = [&](double along, double up) {  // along: −1 the inner corner … 1 the outer one
        return Pose::on_face(x + s * along * w, -up - slant * along, 0.0);
    };
    const Colour lash = blended(t.hair_colour, {24, 16, 14}, 0.75);
    const Colour fold = darker(t.skin, 0.55);
    const Places upper{at(-1, -0.01), at(-0.55, open * 0.85), at(0.05, open * 1.12), at(0.6, open * 0.85), at(1, 0.01)};
    const Places lower{at(1, 0.01), at(0.5, -open * 0.62), at(-0.1, -open * 0.78), at(-0.6, -open * 0.5),
                       at(-1, -0.01)};
    Outline almond = curve(pose, upper);
    const Outline bottom = curve(pose, lower);
    almond.insert(almond.end(), bottom.begin() + 1, bottom.end());

    canvas.soft(smooth(pose(Places{at(-1.25, 0), at(-0.5, open + 0.10), at(0.5, open + 0.10), at(1.25, 0),
                                   at(0.6, -0.11), at(-0.6, -0.11)}),
                       true),
                darker(t.skin, 0.66), 0.30, 0.06 * pose.unit());
    if (open > 0.005) {
        canvas.inside(almond, [&](Canvas& inner) {
            inner.fill(almond, {236, 232, 228});
            const cv::Point2d iris = pose(at(-0.02, open * 0.18));
            const double r = t.iris * pose.unit();
            inner.disc(iris, r, r, 0, darker(t.iris_colour, 0.55));
            inner.disc(iris, r * 0.84, r * 0.84, 0, t.iris_colour);
            inner.disc(iris, r * 0.45, r * 0.45, 0, {12, 9, 9});
            inner.disc(iris + cv::Point2d(-0.35, -0.4) * r, r * 0.22, r * 0.22, 0, {250, 250, 250});
            inner.soft(stroke(pose, curve(pose, upper), [](double) { return 0.09; }), {40, 28, 26}, 0.5,
                       0.02 * pose.unit());
        });
        canvas.line(bottom, darker(t.skin, 0.62), 0.018 * pose.unit());
    }
    const double lash_width = t.man ? 0.036 : 0.050;
    canvas.fill(stroke(pose, curve(pose, upper), [&](double a) { return lash_width * (0.45 + 0.75 * a); }), lash);
    if (t.crease > 0 && open > 0.005)
        canvas.line(curve(pose, {at(-0.8, open * 0.5 + t.crease), at(-0.1, open * 1.15 + t.crease * 1.15),
                                 at(0.55, open * 0.95 + t.crease), at(1.08, t.crease * 0.7)}),
                    fold, 0.020 * pose.unit());
    if (t.age > 0.45) {
        const double deep = (t.age - 0.45) * 0.9;
        for (const double down : {0.0, 0.05})
            canvas.soft(
                stroke(pose,
                       curve(pose, {Pose::on_face(x + s * 1.18 * w, 0.02 + down), Pose::on_face(x + s * 1.45 * w, down),
                                    Pose::on_face(x + s * 1.65 * w, 0.02 + 1.9 * down)}),
                       [](double) { return 0.022; }),
                fold, deep * 0.7, 0.5);
        canvas.soft(stroke(pose, curve(pose, {at(-0.8, -0.13), at(0, -open - 0.12), at(0.9, -0.10)}),
                           [](double a) { return 0.035 * std::sin(3.1 * a + 0.02); }),
                    fold, deep * 0.9, 0.01 * pose.unit());
    }
}

void draw_brow(Canvas& canvas, const Sitter& sitter, double s) {
    const Traits& t = sitter.traits;
    const double inner = t.brow_gap;
    const double outer = inner + 2 * t.brow_length;
    const auto at = [&](double a, double up) {
        return Pose::on_face(s * (inner + a * (outer - inner)), t.brow_y - up, 0.03);
    };
    const Outline spine = curve(sitter.pose, {at(0, -t.brow_slope * 0.5), at(0.35, t.brow_arch * 0.8),
                                              at(0.68, t.brow_arch + t.brow_slope * 0.3), at(1, t.brow_slope - 0.04)});
    const Colour hair = blended(t.hair_colour, t.skin, t.man ? 0.12 : 0.28);
    const auto thick = [&](double a) {
        return t.brow_thick * (0.62 + 0.9 * a) * std::pow(std::max(0.0, 1 - a), 0.55) * 1.5;
    };
    canvas.soft(stroke(sitter.pose, spine, [&](double a) { return thick(a) + 0.02; }), hair, 0.55,
                0.016 * sitter.pose.unit());
    canvas.soft(stroke(sitter.pose, spine, thick), hair, 0.80, 0.6);
}

void draw_nose(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const Pose& pose = sitter.pose;
    const Colour shade = darker(t.skin, 0.55);
    // The nose stands before the face, so its end moves with a turn.
    const auto at = [&](double x, double y, double lift) { return Pose::on_face(x, y, lift); };
    const double y = t.nose_y;
    const double w = t.nose_width;
    for (const double s : {-1.0, 1.0}) {
        canvas.soft(
            curve(pose, {at(s * 0.10, -0.05, 0.03), at(s * 0.105, y * 0.4, 0.10), at(s * w * 0.75, y - 0.10, 0.18),
                         at(s * w * 1.15, y - 0.03, 0.10), at(s * 0.18, y * 0.35, 0.02)}),
            shade, 0.16, 0.035 * pose.unit());
        canvas.line(curve(pose, {at(s * w * 0.98, y - 0.13, 0.17), at(s * w * 1.10, y - 0.05, 0.14),
                                 at(s * w * 1.00, y + 0.02, 0.15), at(s * w * 0.78, y + 0.025, 0.17)}),
                    shade, 0.024 * pose.unit());
        canvas.soft(smooth(pose(Places{at(s * w * 0.30, y + 0.005, 0.24), at(s * w * 0.52, y - 0.030, 0.22),
                                       at(s * w * 0.76, y - 0.005, 0.18), at(s * w * 0.55, y + 0.022, 0.21)}),
                           true),
                    {84, 48, 42}, 0.75, 0.012 * pose.unit());
    }
    canvas.soft(smooth(pose(Places{at(-w * 0.35, y + 0.025, 0.25), at(0, y + 0.045, 0.27),
                                   at(w * 0.35, y + 0.025, 0.25), at(0, y + 0.015, 0.28)}),
                       true),
                shade, 0.5, 0.012 * pose.unit());
    canvas.soft(smooth(pose(Places{at(-0.05, y - 0.17, 0.36), at(0.05, y - 0.17, 0.36), at(0.05, y - 0.08, 0.38),
                                   at(-0.05, y - 0.08, 0.38)}),
                       true),
                {255, 246, 236}, 0.30, 0.03 * pose.unit());
}

void draw_mouth(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const Pose& pose = sitter.pose;
    const double w = t.mouth_width * (1 + 0.10 * sitter.person.smile);
    const double y = t.mouth_y;
    const double lift = 0.02 + 0.10 * sitter.person.smile;
    const auto at = [&](double a, double down) {
        return Pose::on_face(a * w, y + down - lift * a * a, 0.08 * (1 - a * a));
    };
    const double up = t.lip_upper;
    const double low = t.lip_lower;
    canvas.fill(smooth(pose(Places{at(-1, 0), at(-0.5, -up * 0.75), at(-0.2, -up * 1.08), at(0, -up * 0.85),
                                   at(0.2, -up * 1.08), at(0.5, -up * 0.75), at(1, 0), at(0.5, 0.012), at(0, 0.012),
                                   at(-0.5, 0.012)}),
                       true),
                darker(t.lips, 0.88));
    canvas.fill(smooth(pose(Places{at(-0.97, 0.005), at(-0.5, 0.0), at(0, 0.008), at(0.5, 0.0), at(0.97, 0.005),
                                   at(0.55, low * 0.82), at(0, low * 1.05), at(-0.55, low * 0.82)}),
                       true),
                t.lips);
    canvas.soft(
        smooth(pose(Places{at(-0.3, low * 0.35), at(0.3, low * 0.35), at(0.25, low * 0.7), at(-0.25, low * 0.7)}),
               true),
        {255, 225, 215}, 0.28, 0.02 * pose.unit());
    canvas.fill(stroke(pose,
                       curve(pose, {at(-1.05, -0.008), at(-0.5, 0.012), at(-0.15, 0.004), at(0, 0.014), at(0.15, 0.004),
                                    at(0.5, 0.012), at(1.05, -0.008)}),
                       [](double a) { return 0.016 + 0.018 * std::sin(3.14 * a); }),
                blended(t.lips, {60, 20, 22}, 0.72));
}

void draw_age_and_marks(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const Pose& pose = sitter.pose;
    const Colour fold = darker(t.skin, 0.58);
    for (const double s : {-1.0, 1.0}) {
        canvas.soft(smooth(pose(Places{Pose::on_face(s * 0.36, 0.30), Pose::on_face(s * 0.68, 0.28),
                                       Pose::on_face(s * 0.66, 0.55), Pose::on_face(s * 0.40, 0.56)}),
                           true),
                    blended(t.skin, {226, 110, 100}, 0.55), 0.30 * (1 - 0.5 * t.age), 0.09 * pose.unit());
        if (t.age > 0.3)
            canvas.soft(stroke(pose,
                               curve(pose, {Pose::on_face(s * t.nose_width * 1.3, t.nose_y - 0.05, 0.05),
                                            Pose::on_face(s * (t.mouth_width + 0.02), 0.5 * (t.nose_y + t.mouth_y)),
                                            Pose::on_face(s * (t.mouth_width + 0.10), t.mouth_y + 0.05)}),
                               [](double a) { return 0.045 * std::sin(3.0 * a + 0.1); }),
                        fold, std::min(0.75, (t.age - 0.3) * 1.1), 0.012 * pose.unit());
    }
    if (t.age > 0.55)
        for (const double y : {-0.58, -0.69, -0.80})
            canvas.soft(stroke(pose,
                               curve(pose, {Pose::on_face(-0.42, y + 0.03), Pose::on_face(0, y),
                                            Pose::on_face(0.42, y + 0.03)}),
                               [](double a) { return 0.022 * std::sin(3.14 * a); }),
                        fold, (t.age - 0.5) * 0.9, 0.6);
    if (t.moustache > 0)
        canvas.soft(stroke(pose,
                           curve(pose, {Pose::on_face(-t.mouth_width * 0.95, t.mouth_y - 0.03, 0.03),
                                        Pose::on_face(0, 0.5 * (t.nose_y + t.mouth_y) + 0.03, 0.1),
                                        Pose::on_face(t.mouth_width * 0.95, t.mouth_y - 0.03, 0.03)}),
                           [&](double a) { return 0.13 * t.moustache * std::sin(3.14 * a) + 0.02; }),
                    t.hair_colour, 0.88, 0.014 * pose.unit());
    if (t.beard > 0)
        canvas.soft(smooth(pose(Places{Pose::on_face(-0.80 * t.half_width, 0.55),
                                       Pose::on_face(-t.mouth_width - 0.1, t.mouth_y - 0.05),
                                       Pose::on_face(-t.mouth_width * 0.6, t.mouth_y + t.lip_lower + 0.05),
                                       Pose::on_face(t.mouth_width * 0.6, t.mouth_y + t.lip_lower + 0.05),
                                       Pose::on_face(t.mouth_width + 0.1, t.mouth_y - 0.05),
                                       Pose::on_face(0.80 * t.half_width, 0.55),
                                       {0.75 * t.half_width, t.chin * 0.8, 0.4},
                                       {0, t.chin + 0.06, 0.7},
                                       {-0.75 * t.half_width, t.chin * 0.8, 0.4}}),
                           true),
                    t.hair_colour, 0.72 * t.beard, 0.05 * pose.unit());
    constexpr double places[6][2] = {{-0.45, 0.55}, {0.5, 0.45},  {0.30, 0.95},
                                     {-0.28, 0.72}, {0.62, 0.15}, {-0.2, 1.05}};
    if (t.mole > 0) {
        const auto& place = places[(t.mole - 1) % 6];
        canvas.disc(pose(Pose::on_face(place[0], place[1])), 0.026 * pose.unit(), 0.026 * pose.unit(), 0, {74, 44, 36});
    }
}

}  // namespace

void draw_features(Canvas& canvas, const Sitter& sitter) {
    draw_age_and_marks(canvas, sitter);
    draw_nose(canvas, sitter);
    draw_mouth(canvas, sitter);
    for (const double side : {-1.0, 1.0}) {
        draw_eye(canvas, sitter, side);
        draw_brow(canvas, sitter, side);
    }
}

}  // namespace uketsuke::vision::drawing
