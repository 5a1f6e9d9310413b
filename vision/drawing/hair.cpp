#include <algorithm>
#include <cmath>
#include <numbers>

#include "vision/drawing/head.h"

namespace uketsuke::vision::drawing {
namespace {

using Places = std::vector<Place>;

struct Shape {
    double sides = 0.10;  // how far the hair stands off the head at the ears
    double ends = 0.05;   // y where it ends beside the face
    double fringe = 0;    // how far it comes down over the forehead from the hairline
    bool parted = false;  // swept to one side from a parting
    double bumps = 0;     // scalloped outline
    double spikes = 0;
};

Shape shape_of(const Traits& t) {
    switch (t.hair) {
        case HairStyle::SidePart:
            return {0.06, 0.02, 0.10, true, 0, 0};
        case HairStyle::Cropped:
            return {0.03, 0.00, 0.0, false, 0, 0};
        case HairStyle::Bald:
            return {0.05, 0.10, 0.0, false, 0, 0};
        case HairStyle::Bob:
            return {0.20, 0.55, 0.34, false, 0, 0};
        case HairStyle::Long:
            return {0.17, 0.75, 0.0, true, 0, 0};
        case HairStyle::TiedBack:
            return {0.04, 0.00, 0.05, true, 0, 0};
        case HairStyle::Curly:
            return {0.24, 0.35, 0.16, false, 0.07, 0};
        case HairStyle::Tousled:
            return {0.08, 0.02, 0.22, false, 0, 0.07};
    }
    return {};
}

// The outer edge from the left temple over the top to the right one.
Places outer_edge(const Sitter& sitter, const Shape& shape) {
    const Traits& t = sitter.traits;
    Places edge;
    const int n = shape.bumps > 0 ? 30 : 20;
    for (int i = 0; i <= n; ++i) {
        const double angle = std::numbers::pi * (1 - static_cast<double>(i) / n);
        double out = 1 + shape.sides + (t.hair_volume - shape.sides * 0.5) * std::sin(angle);
        if (t.hair == HairStyle::Bald) out = 1 + shape.sides * std::pow(std::abs(std::cos(angle)), 3);
        if (shape.bumps > 0) out += shape.bumps * std::abs(std::sin(i * 1.57));
        if (shape.spikes > 0 && i > 2 && i < n - 2)
            out += shape.spikes * (0.5 + 0.5 * std::sin(i * 2.3) * std::sin(i * 0.9 + 1));
        edge.push_back({t.half_width * 1.0 * out * std::cos(angle), -0.10 - 1.30 * out * std::sin(angle), -0.05});
    }
    return edge;
}

// The inner edge from the right temple along the hairline to the left one.
Places hairline(const Sitter& sitter, const Shape& shape) {
    const Traits& t = sitter.traits;
    const double w = t.half_width;
    const double low = t.hairline + shape.fringe;
    const double s = t.hair_side;
    const auto at = [](double x, double y) { return Pose::on_face(x, y, 0.06); };
    Places line{{w * 1.0, shape.ends, 0.05}, {w * 0.955, std::min(shape.ends - 0.1, -0.20), 0.15}};
    switch (t.hair) {
        case HairStyle::SidePart:
        case HairStyle::TiedBack: {
            const double part = s * 0.32;
            Places sweep;
            for (int i = 0; i <= 8; ++i) {
                const double x = 0.84 - 0.21 * i;
                const double from_part = std::abs(x - part);
                sweep.push_back(at(x * w, t.hairline + shape.fringe * from_part * 1.6 + 0.28 * x * x -
                                              0.10 * std::exp(-20 * from_part * from_part)));
            }
            line.insert(line.end(), sweep.begin(), sweep.end());
            break;
        }
        case HairStyle::Long:
            for (int i = 0; i <= 8; ++i) {
                const double x = 0.88 - 0.22 * i;
                line.push_back(at(x * w, t.hairline - 0.12 + 0.95 * std::pow(std::abs(x), 1.5)));
            }
            break;
        case HairStyle::Bob:
        case HairStyle::Curly:
            for (int i = 0; i <= 8; ++i) {
                const double x = 0.86 - 0.215 * i;
                line.push_back(at(x * w, low + 0.10 * x * x + (i % 2 == 0 ? 0.0 : 0.035)));
            }
            break;
        case HairStyle::Tousled:
            for (int i = 0; i <= 10; ++i) {
                const double x = 0.86 - 0.172 * i;
                line.push_back(at(x * w, low - 0.08 + 0.16 * x * x + 0.07 * std::sin(i * 2.2 + s) + 0.08 * s * x));
            }
            break;
        case HairStyle::Cropped:
            for (int i = 0; i <= 6; ++i) {
                const double x = 0.84 - 0.28 * i;
                line.push_back(at(x * w, t.hairline + 0.10 * std::pow(std::abs(x), 3) -
                                             0.06 * std::exp(-30 * (std::abs(x) - 0.55) * (std::abs(x) - 0.55))));
            }
            break;
        case HairStyle::Bald:
            for (int i = 0; i <= 6; ++i) {
                const double x = 0.97 - 0.323 * i;
                line.push_back({x * w * 1.02, -0.35 - 1.08 * std::sqrt(std::max(0.0, 1 - x * x)), 0.0});
            }
            break;
    }
    line.push_back({-w * 0.955, std::min(shape.ends - 0.1, -0.20), 0.15});
    line.push_back({-w * 1.0, shape.ends, 0.05});
    return line;
}

void draw_strands(Canvas& canvas, const Sitter& sitter, const Shape& shape) {
    const Traits& t = sitter.traits;
    const Colour light = blended(t.hair_colour, {210, 190, 176}, 0.22);
    const Colour dark = darker(t.hair_colour, 0.72);
    const double root = shape.parted ? t.hair_side * 0.30 : 0.0;
    for (int i = -7; i <= 7; ++i) {
        const double end = i / 7.0;
        const Outline strand =
            smooth(sitter.pose(Places{{root * t.half_width, -1.36 - 0.5 * t.hair_volume, 0.05},
                                      {(0.45 * root + 0.62 * end) * t.half_width, -1.16 - 0.4 * t.hair_volume, 0.3},
                                      {(0.15 * root + 0.94 * end) * t.half_width, -0.72, 0.35},
                                      {end * 1.03 * t.half_width, -0.25 + 0.5 * shape.ends, 0.2}}),
                   false);
        canvas.line(strand, i % 2 == 0 ? light : dark, 0.014 * sitter.pose.unit());
    }
    canvas.soft(smooth(sitter.pose(Places{{-0.55 * t.half_width, -1.18, 0.2},
                                          {0, -1.30 - 0.3 * t.hair_volume, 0.2},
                                          {0.55 * t.half_width, -1.18, 0.2},
                                          {0.4 * t.half_width, -1.04, 0.3},
                                          {0, -1.12, 0.3},
                                          {-0.4 * t.half_width, -1.04, 0.3}}),
                       true),
                light, 0.45, 0.06 * sitter.pose.unit());
}

}  // namespace

void draw_hair_behind(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const double w = t.half_width;
    const Colour back = darker(t.hair_colour, 0.78);
    if (t.hair == HairStyle::Long || t.hair == HairStyle::Bob || t.hair == HairStyle::Curly) {
        const double end = t.hair == HairStyle::Long ? t.chin + 0.85 : t.hair == HairStyle::Bob ? t.chin * 0.80 : 0.55;
        const double wide = w * (t.hair == HairStyle::Curly ? 1.30 : 1.20);
        canvas.fill(smooth(sitter.pose(Places{{0, -1.45 - t.hair_volume, -0.2},
                                              {wide * 0.8, -1.05, -0.2},
                                              {wide, -0.2, -0.2},
                                              {wide * 1.03, end * 0.7, -0.2},
                                              {wide * 0.93, end, -0.2},
                                              {0, end + 0.05, -0.3},
                                              {-wide * 0.93, end, -0.2},
                                              {-wide * 1.03, end * 0.7, -0.2},
                                              {-wide, -0.2, -0.2},
                                              {-wide * 0.8, -1.05, -0.2}}),
                           true),
                    back);
    }
    if (t.hair == HairStyle::TiedBack) {
        const cv::Point2d bun = sitter.pose(Place{0.1 * t.hair_side, -1.50, -0.5});
        canvas.disc(bun, 0.36 * sitter.pose.unit(), 0.30 * sitter.pose.unit(), sitter.pose.roll_deg(), back);
    }
}

void draw_hair_front(Canvas& canvas, const Sitter& sitter) {
    const Traits& t = sitter.traits;
    const Shape shape = shape_of(t);
    Outline outer = sitter.pose(outer_edge(sitter, shape));
    outer = smooth(outer, false, 4);
    Outline inner = sitter.pose(hairline(sitter, shape));
    inner = smooth(inner, false, 6);
    Outline cap = outer;
    cap.insert(cap.end(), inner.begin(), inner.end());
    // The hair's own shadow on the forehead makes the two belong together.
    Outline below;
    for (const auto& p : inner) below.push_back(p + cv::Point2d(0, 0.05) * sitter.pose.unit());
    below.insert(below.end(), inner.rbegin(), inner.rend());
    canvas.soft(below, darker(t.skin, 0.35), t.hair == HairStyle::Bald ? 0.1 : 0.40, 0.035 * sitter.pose.unit());
    canvas.fill(cap, t.hair_colour);
    if (t.hair != HairStyle::Bald) canvas.inside(cap, [&](Canvas& in) { draw_strands(in, sitter, shape); });
    // Side hair of long styles lies before the ears.
    if (t.hair == HairStyle::Long || t.hair == HairStyle::Bob) {
        const double end = t.hair == HairStyle::Long ? t.chin + 0.6 : t.chin * 0.78;
        for (const double s : {-1.0, 1.0})
            canvas.fill(smooth(sitter.pose(Places{{s * t.half_width * 0.90, -0.55, 0.15},
                                                  {s * t.half_width * 1.20, -0.35, -0.05},
                                                  {s * t.half_width * 1.24, end * 0.6, -0.05},
                                                  {s * t.half_width * 1.12, end, 0.0},
                                                  {s * t.half_width * 0.96, end * 0.97, 0.05},
                                                  {s * t.half_width * 0.92, 0.35, 0.1}}),
                               true),
                        t.hair_colour);
    }
}

}  // namespace uketsuke::vision::drawing
