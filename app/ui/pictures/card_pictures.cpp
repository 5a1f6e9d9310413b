#include <algorithm>
#include <array>
#include <cmath>

#include "app/ui/pictures/icons.h"
#include "app/ui/pictures/pen.h"
#include "app/ui/pictures/pictures.h"

namespace uketsuke::ui::pictures {

namespace {

// A flat thing seen from the front and above: u to the right, v towards the viewer, both 0–1.
struct Plane {
    Point far_left, far_right, near_right, near_left;

    Point at(float u, float v) const {
        const auto mix = [](Point a, Point b, float t) { return Point{a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t}; };
        return mix(mix(far_left, far_right, u), mix(near_left, near_right, u), v);
    }
    std::vector<Point> map(std::vector<Point> points) const {
        for (Point& point : points) point = at(point.x, point.y);
        return points;
    }
    // A rounded rectangle in the plane; `across` is the plane's width ÷ depth, so that corners look round.
    std::vector<Point> rounded(const Rect& part, float radius, float across) const {
        std::vector<Point> points = rounded_points({part.x * across, part.y, part.width * across, part.height}, radius);
        for (Point& point : points) point = at(point.x / across, point.y);
        return points;
    }
};

constexpr float k_card_across = 1.586F;  // ISO/IEC 7810 ID-1

void shadow(const Pen& pen, Point centre, float width, float height) {
    Colour dark = pen.colour(Art::DeviceDark);
    dark.alpha = 26;
    for (const float grow : {1.F, 0.86F, 0.72F}) {
        pen.shape(ellipse_points(centre, width / 2 * grow, height / 2 * grow), dark);
    }
}

constexpr Plane k_pad{{15, 58}, {85, 58}, {96, 88}, {4, 88}};
constexpr Plane k_tray{{27, 61.5F}, {73, 61.5F}, {79, 82}, {21, 82}};

void reader(const Pen& pen, bool lit) {
    shadow(pen, {50, 95}, 104, 12);
    Plane lower = k_pad;
    for (Point* point : {&lower.far_left, &lower.far_right, &lower.near_left, &lower.near_right}) point->y += 6;
    pen.shape(lower.rounded({0, 0, 1, 1}, 0.14F, 2.2F), pen.colour(Art::DeviceDark));
    pen.shape(k_pad.rounded({0, 0, 1, 1}, 0.14F, 2.2F), pen.colour(Art::Device));
    pen.shape(k_tray.rounded({-0.03F, -0.05F, 1.06F, 1.1F}, 0.09F, k_card_across), pen.colour(Art::DeviceDark));
    pen.disc(50, 85.3F, 1.1F, lit ? pen.colour(Art::Accent) : pen.colour(Art::DeviceLight));
}

// Where the card goes, with its photo side marked.
void empty_tray(const Pen& pen) {
    const std::vector<Point> edge = k_tray.rounded({0.04F, 0.06F, 0.92F, 0.88F}, 0.08F, k_card_across);
    const Colour line = pen.colour(Art::DeviceLight);
    for (std::size_t i = 0; i < edge.size(); ++i) {
        const Point from = edge[i];
        const Point to = edge[(i + 1) % edge.size()];
        const float length = std::hypot(to.x - from.x, to.y - from.y);
        const int dashes = std::max(1, static_cast<int>(length / 2.4F));
        for (int dash = 0; dash < dashes; ++dash) {
            const float a = (static_cast<float>(dash) + 0.2F) / static_cast<float>(dashes);
            const float b = (static_cast<float>(dash) + 0.8F) / static_cast<float>(dashes);
            pen.path({{from.x + (to.x - from.x) * a, from.y + (to.y - from.y) * a},
                      {from.x + (to.x - from.x) * b, from.y + (to.y - from.y) * b}},
                     line, 0.6F);
        }
    }
}

void card_face(const Pen& pen, const Plane& plane) {
    const auto part = [&plane](float u, float v, float width, float height, float radius) {
        return plane.rounded({u, v, width, height}, radius, k_card_across);
    };
    Plane below = plane;
    for (Point* point : {&below.far_left, &below.far_right, &below.near_left, &below.near_right}) point->y += 0.9F;
    pen.shape(below.rounded({0, 0, 1, 1}, 0.08F, k_card_across), pen.colour(Art::CardText));
    pen.shape(part(0, 0, 1, 1, 0.08F), pen.colour(Art::Card));
    const Colour text = pen.colour(Art::CardText);
    pen.shape(part(0.07F, 0.09F, 0.5F, 0.075F, 0.03F), text);
    pen.shape(part(0.07F, 0.26F, 0.27F, 0.62F, 0.04F), pen.colour(Art::Photo));
    pen.shape(plane.map(ellipse_points({0.205F, 0.47F}, 0.062F, 0.12F)), text);
    std::vector<Point> shoulders;
    for (int i = 0; i <= 20; ++i) {
        const float angle = 3.14159F * (1 + static_cast<float>(i) / 20);
        shoulders.push_back({0.205F + 0.108F * std::cos(angle), 0.86F + 0.235F * std::sin(angle)});
    }
    pen.shape(plane.map(shoulders), text);
    const std::array<std::array<float, 2>, 4> lines{{{0.28F, 0.5F}, {0.44F, 0.42F}, {0.6F, 0.5F}, {0.76F, 0.3F}}};
    for (const auto& [v, width] : lines) pen.shape(part(0.41F, v, width, 0.07F, 0.03F), text);
}

constexpr Plane k_above{{30, 14}, {70, 14}, {74, 37}, {26, 37}};

void crossed(const Pen& pen, float x, float y, Tone tone) {
    pen.disc(x, y, 11, pen.ink(tone));
    draw_icon(pen.canvas(),
              {pen.at(x - 5, y - 5).x, pen.at(x - 5, y - 5).y, pen.at(x + 5, 0).x - pen.at(x - 5, 0).x,
               pen.at(0, y + 5).y - pen.at(0, y - 5).y},
              Icon::Cross, pen.ground(tone));
}

void checked(const Pen& pen, float x, float y) {
    pen.disc(x, y, 9, pen.ink(Tone::Done));
    const Point corner = pen.at(x - 4.5F, y - 4.5F);
    draw_icon(pen.canvas(), {corner.x, corner.y, pen.at(x + 4.5F, 0).x - corner.x, pen.at(0, y + 4.5F).y - corner.y},
              Icon::Check, pen.ground(Tone::Done));
}

// The card that should lie there instead.
void wanted_card(const Pen& pen) {
    card_face(pen, {{14, 18}, {52, 12}, {57, 34}, {16, 41}});
    checked(pen, 60, 30);
}

}  // namespace

void lay_card(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, true);
    empty_tray(pen);
    card_face(pen, k_above);
    pen.arrow({50, 43}, {50, 62}, pen.colour(Art::Accent), 4.2F);
}

void lay_card_again(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, true);
    empty_tray(pen);
    card_face(pen, k_above);
    pen.arrow({41, 62}, {41, 43}, pen.colour(Art::DeviceLight), 3.4F);
    pen.arrow({59, 43}, {59, 62}, pen.colour(Art::Accent), 4.2F);
}

void lay_card_at_home(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    shadow(pen, {50, 93}, 84, 11);
    // The cable to the tablet.
    std::vector<Point> cable;
    for (int i = 0; i <= 16; ++i) {
        const float t = static_cast<float>(i) / 16;
        cable.push_back({82 + 16 * t, 83 + 3 * t + 11 * t * t * t});
    }
    pen.path(cable, pen.colour(Art::DeviceDark), 2.4F);
    constexpr Plane k_top{{22, 66}, {78, 66}, {86, 88}, {14, 88}};
    Plane lower = k_top;
    for (Point* point : {&lower.far_left, &lower.far_right, &lower.near_left, &lower.near_right}) point->y += 4;
    pen.shape(lower.rounded({0, 0, 1, 1}, 0.22F, 2), pen.colour(Art::DeviceDark));
    pen.shape(k_top.rounded({0, 0, 1, 1}, 0.22F, 2), pen.colour(Art::Device));
    pen.disc(50, 85, 1.2F, pen.colour(Art::Accent));
    // Where the card is felt.
    for (const float grow : {0.5F, 1.F}) {
        const std::vector<Point> edge = ellipse_points({50, 75.5F}, 17 * grow, 6 * grow);
        pen.path(edge, pen.colour(Art::DeviceLight), 1.4F, true);
    }
    card_face(pen, {{29, 10}, {71, 10}, {76, 36}, {24, 36}});
    pen.arrow({50, 43}, {50, 64}, pen.colour(Art::Accent), 4.2F);
}

void card_reading(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, true);
    card_face(pen, k_tray);
    // The waves wander upwards, slowly.
    const double phase = canvas.seconds() / 1.6;
    for (int i = 0; i < 3; ++i) {
        const double bright = 0.5 + 0.5 * std::cos(6.28318 * (phase - i / 3.0));
        Colour wave = pen.colour(Art::Accent);
        wave.alpha = static_cast<std::uint8_t>(120 + 135 * bright);
        pen.arc(50, 58, 12.F + 9.F * static_cast<float>(i), 0.625F, 0.875F, wave, 3.2F);
    }
}

void take_card(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, true);
    empty_tray(pen);
    card_face(pen, {{29, 22}, {71, 22}, {76, 46}, {24, 46}});
    pen.arrow({50, 19}, {50, 1.5F}, pen.colour(Art::Accent), 4.2F);
    Colour trace = pen.colour(Art::Accent);
    trace.alpha = 110;
    pen.path({{30, 53}, {30, 58}}, trace, 1.6F);
    pen.path({{50, 53}, {50, 58}}, trace, 1.6F);
    pen.path({{70, 53}, {70, 58}}, trace, 1.6F);
}

void card_gone(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, false);
    empty_tray(pen);
    card_face(pen, {{52, 16}, {88, 8}, {95, 29}, {56, 38}});
    pen.arrow({38, 52}, {52, 37}, pen.colour(Art::DeviceLight), 3.4F);
}

void other_card(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, true);
    const auto plain = [&pen](const Plane& plane) {
        pen.shape(plane.rounded({0, 0, 1, 1}, 0.08F, k_card_across), pen.colour(Art::DeviceLight));
        pen.shape(plane.rounded({0, 0.2F, 1, 0.2F}, 0.001F, k_card_across), pen.colour(Art::DeviceDark));
        pen.shape(plane.rounded({0.08F, 0.6F, 0.4F, 0.1F}, 0.03F, k_card_across), pen.colour(Art::Device));
    };
    plain(k_tray);
    crossed(pen, 77, 58, Tone::Danger);
    wanted_card(pen);
}

void telephone(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, true);
    constexpr float k_across = 1.9F;
    pen.shape(k_tray.rounded({0, 0.08F, 1, 0.84F}, 0.12F, k_across), pen.colour(Art::DeviceLight));
    pen.shape(k_tray.rounded({0.03F, 0.14F, 0.94F, 0.72F}, 0.08F, k_across), pen.colour(Art::DeviceDark));
    pen.shape(k_tray.rounded({0.9F, 0.42F, 0.03F, 0.16F}, 0.02F, k_across), pen.colour(Art::DeviceLight));
    crossed(pen, 77, 58, Tone::Danger);
    wanted_card(pen);
}

void two_cards(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, true);
    card_face(pen, k_tray);
    card_face(pen, {{40, 54}, {86, 58}, {86, 78}, {34, 73}});
    crossed(pen, 84, 52, Tone::Danger);
    card_face(pen, {{14, 12}, {52, 6}, {57, 28}, {16, 35}});
    checked(pen, 60, 24);
}

void turn_card(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, false);
    empty_tray(pen);
    card_face(pen, {{35, 22}, {65, 22}, {67.5F, 40}, {32.5F, 40}});
    // Turns of a circle: over the top from left to right, ending in an arrow's head.
    pen.arc(50, 31, 25, 0.56F, 0.9F, pen.colour(Art::Accent), 3.2F);
    pen.arrow({70, 16.4F}, {73.4F, 22}, pen.colour(Art::Accent), 3.2F);
    pen.arc(50, 31, 25, 0.06F, 0.4F, pen.colour(Art::Accent), 3.2F);
    pen.arrow({30, 45.6F}, {26.6F, 40}, pen.colour(Art::Accent), 3.2F);
}

void reader_off(Canvas& canvas, const Rect& into) {
    const Pen pen(canvas, into);
    reader(pen, false);
    empty_tray(pen);
    crossed(pen, 50, 36, Tone::Caution);
}

}  // namespace uketsuke::ui::pictures
