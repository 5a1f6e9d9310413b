// Small line drawings for buttons and notices.
#pragma once

#include <cstdint>

#include "app/ui/geometry.h"
#include "app/ui/theme.h"

namespace uketsuke::ui {

class Canvas;

enum class Icon : std::uint8_t {
    None,
    Face,
    Keypad,
    Bell,
    Stop,
    Back,
    Retry,
    Check,
    Cross,
    Forward,
    Erase,
    Lock,
    Warning,
    Info,
    CheckAll,
    Eye,
    Card,
    Globe,
    LargeType,
    Contrast,
    Lower,
    Speaker,
    Volume,
    Book,
    Undo,
    Skip,
    Write,
    Sheet,
    Telephone,
    Up,
    Down,
    LeapUp,
    LeapDown,
    Person,
    Clock,
    Battery,
    BatteryLow,
};

void draw_icon(Canvas& canvas, const Rect& into, Icon icon, Colour colour);

}  // namespace uketsuke::ui
