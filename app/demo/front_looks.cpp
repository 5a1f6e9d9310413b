#include "app/demo/front_looks.h"

#include <algorithm>
#include <array>
#include <utility>

namespace uketsuke::demo {
namespace {

card::FrontLook turned(int quarter_turns) {
    card::FrontLook look;
    look.quarter_turns = quarter_turns;
    return look;
}

card::FrontLook tilted() {
    card::FrontLook look;
    look.tilt_degrees = 7;
    return look;
}

card::FrontLook worn() {
    card::FrontLook look;
    look.wear = 0.95;
    look.blur = 0.7;
    return look;
}

card::FrontLook glare() {
    card::FrontLook look;
    look.glare = 1;
    look.glare_on_code = true;
    return look;
}

card::FrontLook back() {
    card::FrontLook look;
    look.back = true;
    return look;
}

}  // namespace

std::optional<card::FrontLook> front_look(std::string_view name) {
    const std::array<std::pair<std::string_view, card::FrontLook>, 8> looks{{{"straight", {}},
                                                                             {"right", turned(1)},
                                                                             {"upside-down", turned(2)},
                                                                             {"left", turned(3)},
                                                                             {"tilted", tilted()},
                                                                             {"worn", worn()},
                                                                             {"glare", glare()},
                                                                             {"back", back()}}};
    const auto found = std::find_if(looks.begin(), looks.end(), [&](const auto& look) { return look.first == name; });
    if (found == looks.end()) return std::nullopt;
    return found->second;
}

}  // namespace uketsuke::demo
