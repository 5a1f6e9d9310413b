// The size of a JPEG 2000 picture, from the header boxes of its JP2 file (ISO/IEC 15444-1 annex I). Decodes nothing.
#pragma once

#include <cstdint>
#include <span>

#include "card/error.h"

namespace uketsuke::card {

struct PictureSize {
    std::uint32_t width = 0;  // pixels
    std::uint32_t height = 0;
    std::uint16_t components = 0;
};

// BadData unless the file starts with the JP2 signature and holds an image header of at most 4,096 × 4,096 pixels and
// four components before its codestream.
Result<PictureSize> jp2_size(std::span<const std::uint8_t> file);

}  // namespace uketsuke::card
