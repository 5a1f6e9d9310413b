#include "app/ui/pictures/icons.h"

#include <cmath>
#include <numbers>
#include <vector>

#include "app/ui/pictures/pen.h"

namespace uketsuke::ui {

namespace {

void face(const Pen& pen, Colour c) {
    pen.path({{10, 28}, {10, 10}, {28, 10}}, c, 8);
    pen.path({{72, 10}, {90, 10}, {90, 28}}, c, 8);
    pen.path({{90, 72}, {90, 90}, {72, 90}}, c, 8);
    pen.path({{28, 90}, {10, 90}, {10, 72}}, c, 8);
    pen.disc(37, 42, 6, c);
    pen.disc(63, 42, 6, c);
    pen.arc(50, 52, 18, 0.06F, 0.44F, c, 8);
}

void keypad(const Pen& pen, Colour c) {
    for (const float y : {14.F, 38.F, 62.F}) {
        for (const float x : {22.F, 50.F, 78.F}) pen.disc(x, y, 9, c);
    }
    pen.disc(50, 86, 9, c);
}

void bell(const Pen& pen, Colour c) {
    pen.arc(50, 66, 36, 0.5F, 1.0F, c, 8);
    pen.path({{14, 66}, {86, 66}}, c, 8);
    pen.path({{6, 82}, {94, 82}}, c, 9);
    pen.path({{50, 30}, {50, 18}}, c, 8);
    pen.path({{38, 15}, {62, 15}}, c, 9);
}

void lock(const Pen& pen, Colour c) {
    pen.arc(50, 42, 22, 0.5F, 1.0F, c, 9);
    pen.path({{28, 42}, {28, 50}}, c, 9);
    pen.path({{72, 42}, {72, 50}}, c, 9);
    pen.rect(16, 46, 68, 46, 9, c);
}

void warning(const Pen& pen, Colour c) {
    pen.path({{50, 12}, {94, 88}, {6, 88}}, c, 9, true);
    pen.path({{50, 40}, {50, 60}}, c, 10);
    pen.disc(50, 75, 6, c);
}

void erase(const Pen& pen, Colour c) {
    pen.path({{4, 50}, {32, 18}, {96, 18}, {96, 82}, {32, 82}}, c, 8, true);
    pen.path({{48, 37}, {74, 63}}, c, 8);
    pen.path({{74, 37}, {48, 63}}, c, 8);
}

void eye(const Pen& pen, Colour c) {
    pen.arc(50, 82, 56, 0.615F, 0.885F, c, 8);
    pen.arc(50, 18, 56, 0.115F, 0.385F, c, 8);
    pen.disc(50, 50, 14, c);
}

void globe(const Pen& pen, Colour c) {
    pen.ring(50, 50, 42, c, 7);
    pen.path({{8, 50}, {92, 50}}, c, 6);
    pen.path({{50, 8}, {50, 92}}, c, 6);
    // Two meridians.
    pen.arc(88, 50, 56, 0.37F, 0.63F, c, 6);
    pen.arc(12, 50, 56, -0.13F, 0.13F, c, 6);
}

// A small and a large letter A.
void large_type(const Pen& pen, Colour c) {
    pen.path({{4, 86}, {20, 46}, {36, 86}}, c, 8);
    pen.path({{11, 72}, {29, 72}}, c, 7);
    pen.path({{40, 86}, {68, 14}, {96, 86}}, c, 10);
    pen.path({{51, 62}, {85, 62}}, c, 9);
}

void half_disc(const Pen& pen, Colour c) {
    pen.ring(50, 50, 42, c, 8);
    std::vector<Point> half;
    for (int i = 0; i <= 24; ++i) {
        const float angle = (0.25F + 0.5F * static_cast<float>(i) / 24) * 2 * std::numbers::pi_v<float>;
        half.push_back({50 + 42 * std::cos(angle), 50 + 42 * std::sin(angle)});
    }
    pen.shape(half, c);
}

// An arrow onto a line: down to where the hand is.
void lower(const Pen& pen, Colour c) {
    pen.path({{50, 8}, {50, 64}}, c, 10);
    pen.path({{26, 42}, {50, 66}, {74, 42}}, c, 10);
    pen.path({{10, 90}, {90, 90}}, c, 10);
}

void speaker(const Pen& pen, Colour c) {
    pen.rect(4, 36, 22, 28, 3, c);
    pen.shape({{18, 50}, {50, 14}, {50, 86}}, c);
    pen.rect(16, 36, 14, 28, 0, c);
}

void book(const Pen& pen, Colour c) {
    pen.path(
        {{50, 24}, {34, 14}, {8, 16}, {8, 80}, {34, 78}, {50, 88}, {66, 78}, {92, 80}, {92, 16}, {66, 14}, {50, 24}}, c,
        8);
    pen.path({{50, 24}, {50, 86}}, c, 7);
}

// An arrow that turns back.
void undo(const Pen& pen, Colour c) {
    pen.arc(50, 58, 32, 0.58F, 1.20F, c, 9);
    pen.path({{14, 20}, {20, 44}, {44, 38}}, c, 9);
}

void skip(const Pen& pen, Colour c) {
    pen.path({{8, 20}, {38, 50}, {8, 80}}, c, 9);
    pen.path({{44, 20}, {74, 50}, {44, 80}}, c, 9);
    pen.path({{90, 18}, {90, 82}}, c, 9);
}

void write(const Pen& pen, Colour c) {
    pen.path({{14, 86}, {20, 62}, {72, 10}, {90, 28}, {38, 80}}, c, 8, true);
    pen.path({{58, 24}, {76, 42}}, c, 7);
    pen.path({{52, 90}, {92, 90}}, c, 8);
}

void sheet(const Pen& pen, Colour c) {
    pen.path({{18, 8}, {62, 8}, {82, 28}, {82, 92}, {18, 92}}, c, 8, true);
    for (const float y : {42.F, 58.F, 74.F}) pen.path({{34, y}, {66, y}}, c, 7);
}

void telephone(const Pen& pen, Colour c) {
    pen.path({{26, 6}, {74, 6}, {74, 94}, {26, 94}}, c, 8, true);
    pen.disc(50, 80, 5, c);
    pen.path({{42, 18}, {58, 18}}, c, 6);
}

// `times` arrow heads one behind the other, up or down.
void heads(const Pen& pen, Colour c, int times, bool up) {
    for (int i = 0; i < times; ++i) {
        const float y = times == 1 ? 50.F : 34.F + 32.F * static_cast<float>(i);
        const float tip = up ? y - 16 : y + 16;
        const float foot = up ? y + 14 : y - 14;
        pen.path({{18, foot}, {50, tip}, {82, foot}}, c, 11);
    }
}

void battery(const Pen& pen, Colour c, float charge) {
    pen.frame(4, 26, 82, 48, 8, c, 8);
    pen.rect(89, 40, 8, 20, 3, c);
    pen.rect(17, 39, charge, 22, 2, c);
}

}  // namespace

void draw_icon(Canvas& canvas, const Rect& into, Icon icon, Colour colour) {
    const Pen pen(canvas, into);
    switch (icon) {
        case Icon::None:
            return;
        case Icon::Face:
            return face(pen, colour);
        case Icon::Keypad:
            return keypad(pen, colour);
        case Icon::Bell:
            return bell(pen, colour);
        case Icon::Lock:
            return lock(pen, colour);
        case Icon::Warning:
            return warning(pen, colour);
        case Icon::Erase:
            return erase(pen, colour);
        case Icon::Eye:
            return eye(pen, colour);
        case Icon::Stop:
            pen.path({{58, 10}, {16, 10}, {16, 90}, {58, 90}}, colour, 8);
            pen.path({{40, 50}, {92, 50}}, colour, 8);
            pen.path({{74, 30}, {93, 50}, {74, 70}}, colour, 8);
            return;
        case Icon::Back:
            pen.path({{52, 14}, {16, 50}, {52, 86}}, colour, 9);
            pen.path({{16, 50}, {90, 50}}, colour, 9);
            return;
        case Icon::Forward:
            pen.path({{48, 14}, {84, 50}, {48, 86}}, colour, 9);
            pen.path({{10, 50}, {84, 50}}, colour, 9);
            return;
        case Icon::Retry:
            pen.arc(50, 52, 36, -0.12F, 0.70F, colour, 9);
            pen.path({{50, 2}, {56, 18}, {40, 28}}, colour, 9);
            return;
        case Icon::Check:
            pen.path({{10, 54}, {38, 82}, {90, 20}}, colour, 12);
            return;
        case Icon::CheckAll:
            pen.path({{2, 54}, {26, 80}, {66, 24}}, colour, 10);
            pen.path({{48, 74}, {54, 80}, {98, 24}}, colour, 10);
            return;
        case Icon::Cross:
            pen.path({{18, 18}, {82, 82}}, colour, 12);
            pen.path({{82, 18}, {18, 82}}, colour, 12);
            return;
        case Icon::Card:
            pen.path({{16, 44}, {84, 44}, {84, 90}, {16, 90}}, colour, 8, true);
            pen.disc(34, 62, 7, colour);
            pen.path({{52, 60}, {70, 60}}, colour, 6);
            pen.path({{52, 74}, {70, 74}}, colour, 6);
            pen.path({{50, 30}, {50, 6}}, colour, 8);
            pen.path({{38, 16}, {50, 5}, {62, 16}}, colour, 8);
            return;
        case Icon::Info:
            pen.ring(50, 50, 44, colour, 8);
            pen.disc(50, 28, 7, colour);
            pen.path({{50, 46}, {50, 74}}, colour, 10);
            return;
        case Icon::Globe:
            return globe(pen, colour);
        case Icon::LargeType:
            return large_type(pen, colour);
        case Icon::Contrast:
            return half_disc(pen, colour);
        case Icon::Lower:
            return lower(pen, colour);
        case Icon::Speaker:
            speaker(pen, colour);
            pen.arc(44, 50, 28, -0.11F, 0.11F, colour, 8);
            pen.arc(44, 50, 46, -0.11F, 0.11F, colour, 8);
            return;
        case Icon::Volume:
            speaker(pen, colour);
            pen.path({{62, 50}, {96, 50}}, colour, 9);
            pen.path({{79, 33}, {79, 67}}, colour, 9);
            return;
        case Icon::Book:
            return book(pen, colour);
        case Icon::Undo:
            return undo(pen, colour);
        case Icon::Skip:
            return skip(pen, colour);
        case Icon::Write:
            return write(pen, colour);
        case Icon::Sheet:
            return sheet(pen, colour);
        case Icon::Telephone:
            return telephone(pen, colour);
        case Icon::Up:
            return heads(pen, colour, 1, true);
        case Icon::Down:
            return heads(pen, colour, 1, false);
        case Icon::LeapUp:
            return heads(pen, colour, 2, true);
        case Icon::LeapDown:
            return heads(pen, colour, 2, false);
        case Icon::Person:
            return pen.person(50, 8, 84, colour);
        case Icon::Clock:
            pen.ring(50, 50, 44, colour, 8);
            pen.path({{50, 24}, {50, 52}, {70, 62}}, colour, 8);
            return;
        case Icon::Battery:
            return battery(pen, colour, 52);
        case Icon::BatteryLow:
            return battery(pen, colour, 12);
    }
}

}  // namespace uketsuke::ui
