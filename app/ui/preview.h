// The camera picture behind the face screen.
#pragma once

#include <cstdint>
#include <span>

namespace uketsuke::ui {

// RGB, 8 bits each, rows from top to bottom without padding: rgb.size() == width * height * 3, anything else is not
// drawn. The caller owns the pixels; they are read only during Window::frame(). The window keeps one copy in the
// graphics memory and overwrites it with the next picture; it is erased as soon as a frame comes without a preview.
// Drawn mirrored, as a person expects to see himself.
struct Preview {
    int width = 0;
    int height = 0;
    std::span<const std::uint8_t> rgb;
    std::uint64_t sequence = 0;  // another number means another picture
};

}  // namespace uketsuke::ui
