// Colours by role and sizes by role; the only place that knows a colour or a type size.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace uketsuke::ui {

enum class Theme : std::uint8_t { Light, HighContrast };

struct Colour {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;
    std::uint8_t alpha = 255;
    friend bool operator==(const Colour&, const Colour&) = default;
};

// A surface together with what may be written on it and the line around it. Text is always drawn in the ink of the
// tone that it stands on, so that its contrast is a property of the theme.
enum class Tone : std::uint8_t {
    Ground,   // the screen itself
    Muted,    // quieter words on the screen itself
    Panel,    // a raised area
    Primary,  // the plainly usual choice
    PrimaryHeld,
    Secondary,  // another choice
    SecondaryHeld,
    Quiet,  // leaving, going back
    QuietHeld,
    Key,      // of a keypad; has no held state on purpose
    KeyIdle,  // a key that does nothing now
    Notice,
    Caution,
    Danger,
    Done,
    Demo,  // demonstration strip and bar
    DemoHeld,
};
inline constexpr std::size_t k_tones = 17;

struct Surface {
    Colour fill;
    Colour ink;
    Colour edge;   // line around it, or its lower lip
    bool control;  // edge or fill must stand out from the ground by 3:1
};

// Colours of the drawn pictures.
enum class Art : std::uint8_t { Line, Device, DeviceDark, DeviceLight, Card, CardText, Photo, Person, Accent, Soft };
inline constexpr std::size_t k_arts = 10;

struct Palette {
    std::array<Surface, k_tones> surfaces;
    std::array<Colour, k_arts> arts;
    const Surface& operator[](Tone tone) const { return surfaces[static_cast<std::size_t>(tone)]; }
    Colour operator[](Art art) const { return arts[static_cast<std::size_t>(art)]; }
};

const Palette& palette(Theme theme);

// WCAG 2.1 contrast ratio of two opaque colours, 1–21.
double contrast(Colour one, Colour other);

// Sizes of type by role, in layout units (layout.h).
enum class Type : std::uint8_t { Title, Heading, Body, Label, Small, Digit, Tag };
inline constexpr std::size_t k_types = 7;
inline constexpr std::array<bool, k_types> k_bold{true, true, false, true, false, true, true};

struct TypeScale {
    std::array<float, k_types> sizes;
    float operator[](Type type) const { return sizes[static_cast<std::size_t>(type)]; }
};

// Distances in layout units.
struct Spacing {
    float margin;  // between screen edge and content
    float gap;     // between neighbours
    float radius;  // of buttons and panels
    float lip;     // the lower edge that makes a button a thing to press
};

}  // namespace uketsuke::ui
