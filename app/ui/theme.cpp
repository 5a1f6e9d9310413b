#include "app/ui/theme.h"

#include <algorithm>
#include <cmath>

namespace uketsuke::ui {

namespace {

constexpr Colour rgb(std::uint32_t hex) {
    return {static_cast<std::uint8_t>(hex >> 16), static_cast<std::uint8_t>(hex >> 8), static_cast<std::uint8_t>(hex),
            255};
}

constexpr Surface surface(std::uint32_t fill, std::uint32_t ink, std::uint32_t edge, bool control) {
    return {rgb(fill), rgb(ink), rgb(edge), control};
}

// In the order of Tone and Art.
constexpr Palette k_light{
    {surface(0xF4F7F5, 0x15302B, 0xF4F7F5, false),  // Ground
     surface(0xF4F7F5, 0x48615B, 0xF4F7F5, false),  // Muted
     surface(0xFFFFFF, 0x15302B, 0xD5E0DB, false),  // Panel
     surface(0x0A6A57, 0xFFFFFF, 0x06473A, true),   // Primary
     surface(0x07503F, 0xFFFFFF, 0x06473A, true),   // PrimaryHeld
     surface(0xFFFFFF, 0x0B4F42, 0x3D8474, true),   // Secondary
     surface(0xDDEFE9, 0x0B4F42, 0x3D8474, true),   // SecondaryHeld
     surface(0xEAF0ED, 0x334B45, 0x728A83, true),   // Quiet
     surface(0xD5E0DB, 0x334B45, 0x728A83, true),   // QuietHeld
     surface(0xFFFFFF, 0x15302B, 0x6C8880, true),   // Key
     surface(0xEAF0ED, 0x5A6E68, 0xD5E0DB, false),  // KeyIdle
     surface(0xE1F0EB, 0x0B4F42, 0xA9CFC2, false),  // Notice
     surface(0xFFF0D1, 0x5B3A00, 0xE3B563, false),  // Caution
     surface(0xFCE5DF, 0x7A1F12, 0xDC9484, false),  // Danger
     surface(0xDDF1E4, 0x0D5230, 0x8CC9A4, false),  // Done
     surface(0x34313F, 0xF6F1DC, 0x8F8AA0, true),   // Demo
     surface(0x5A5470, 0xFFFFFF, 0x8F8AA0, true)},  // DemoHeld
    {rgb(0x1F4A40), rgb(0x33484F), rgb(0x223338), rgb(0x8FA6AC), rgb(0xFBEFF2), rgb(0x7C6A86), rgb(0xC9B8DA),
     rgb(0x6E8C98), rgb(0xE08A2C), rgb(0xDCEAE5)},
};

constexpr Palette k_high_contrast{
    {surface(0x000000, 0xFFFFFF, 0x000000, false),  // Ground
     surface(0x000000, 0xE0E0E0, 0x000000, false),  // Muted
     surface(0x101010, 0xFFFFFF, 0x9A9A9A, false),  // Panel
     surface(0xFFD94A, 0x000000, 0xFFFFFF, true),   // Primary
     surface(0xFFF3C0, 0x000000, 0xFFFFFF, true),   // PrimaryHeld
     surface(0x000000, 0xFFFFFF, 0xFFFFFF, true),   // Secondary
     surface(0x3A3A3A, 0xFFFFFF, 0xFFFFFF, true),   // SecondaryHeld
     surface(0x000000, 0xFFFFFF, 0xB8B8B8, true),   // Quiet
     surface(0x3A3A3A, 0xFFFFFF, 0xB8B8B8, true),   // QuietHeld
     surface(0x000000, 0xFFFFFF, 0xFFFFFF, true),   // Key
     surface(0x000000, 0xA8A8A8, 0x6A6A6A, false),  // KeyIdle
     surface(0x0B2A45, 0xFFFFFF, 0x7FC4FF, false),  // Notice
     surface(0x332500, 0xFFE08A, 0xFFD94A, false),  // Caution
     surface(0x3A0B05, 0xFFD9D2, 0xFF9A8A, false),  // Danger
     surface(0x06301A, 0xD6FFE4, 0x7BE3A3, false),  // Done
     surface(0x34313F, 0xFFFFFF, 0xC0BCD0, true),   // Demo
     surface(0x4A4560, 0xFFFFFF, 0xC0BCD0, true)},  // DemoHeld
    {rgb(0xFFFFFF), rgb(0x4C5A60), rgb(0x2A3438), rgb(0xB9C7CC), rgb(0xFFFFFF), rgb(0x4A4A4A), rgb(0xB9B9B9),
     rgb(0xC6D6DC), rgb(0xFFD94A), rgb(0x2A2A2A)},
};

double linear(std::uint8_t channel) {
    const double value = channel / 255.0;
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(Colour colour) {
    return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace

const Palette& palette(Theme theme) {
    switch (theme) {
        case Theme::Light:
            return k_light;
        case Theme::HighContrast:
            return k_high_contrast;
    }
    return k_light;
}

double contrast(Colour one, Colour other) {
    const double first = luminance(one);
    const double second = luminance(other);
    const double darker = std::min(first, second);
    const double lighter = std::max(first, second);
    return (lighter + 0.05) / (darker + 0.05);
}

}  // namespace uketsuke::ui
