// The flat front and back of an invented person's card, as a printer would make them: no slot, no wear, no camera.
// What stands where follows the general look of the real card; the exact places are our own. Private to card/front.
#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

#include "card/persona.h"

namespace uketsuke::card {

inline constexpr double k_card_width_mm = 85.6;  // ISO/IEC 7810 ID-1
inline constexpr double k_card_height_mm = 54.0;
inline constexpr double k_card_corner_mm = 3.2;
inline constexpr double k_artwork_scale = 20;  // pixels a millimetre

struct Artwork {
    cv::Mat grey;         // 8 bit, k_artwork_scale
    cv::Rect2d code_box;  // millimetres, where the security code stands; empty on any other side or card
};

// seed chooses the typeface and moves every text by up to some millimetres. Empty `grey` when cairo cannot draw.
Artwork draw_card_front(const Persona& persona, std::uint32_t seed);
Artwork draw_card_back(std::uint32_t seed);
// A card with a chip that has none of these texts (a shop's, a railway's).
Artwork draw_other_card(std::uint32_t seed);

}  // namespace uketsuke::card
