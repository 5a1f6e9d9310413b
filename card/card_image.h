// The small black-and-white pictures that stand in a card's face record (PNG, 1 bit). Private to the card room.
#pragma once

#include <string_view>

#include "card/error.h"

namespace uketsuke::card {

// A PNG of `width` × `height` pixels, 1 bit grey. Digits of `text` are drawn, 5 × 7 dots each, from the top left;
// any other character is drawn as a block of its own pattern, so that two texts give two pictures.
Bytes draw_card_image(std::string_view text, int width, int height);

}  // namespace uketsuke::card
