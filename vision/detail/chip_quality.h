#pragma once

#include <cstdint>
#include <vector>

namespace uketsuke::vision::detail {

// Light and sharpness of an aligned gray chip (networks.h: chip_side²), looked at in its middle, where the face is.
// Pure.
struct ChipQuality {
    double brightness = 0;
    double clipped = 0;
    double sharpness = 0;
};
ChipQuality quality_of(const std::vector<std::uint8_t>& gray_chip);

}  // namespace uketsuke::vision::detail
