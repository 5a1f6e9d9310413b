// Ways in which a card lies under the camera over the slot, by name: for scenarios.
#pragma once

#include <optional>
#include <string_view>

#include "card/front/drawn_front.h"

namespace uketsuke::demo {

// "straight", "right", "upside-down", "left" (quarter turns), "tilted", "worn", "glare" (over the security code),
// "back" (the wrong side upwards); nullopt for any other.
std::optional<card::FrontLook> front_look(std::string_view name);

}  // namespace uketsuke::demo
