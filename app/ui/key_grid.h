// Where the keys of a keyboard stand to each other. Pure. Private to app/ui.
#pragma once

#include <cstdint>
#include <vector>

#include "app/core/declaration.h"
#include "app/core/keyboard.h"

namespace uketsuke::ui {

struct KeyPlace {
    std::uint8_t key = 0;  // as in core::Intent::TypeKey
    float column = 0;
    float row = 0;
    float columns = 1;  // so wide
};

struct KeyGrid {
    float columns = 1;
    float rows = 1;
    std::vector<KeyPlace> keys;  // in the order of their numbers
};

// Kana stand as on the table at school, あ at the right; `flat`, where there is room for four rows only, from the left,
// three of its columns a row. Digits are those that the field may hold.
KeyGrid key_grid(core::Keyboard keyboard, core::DeclarationField field, bool flat);

}  // namespace uketsuke::ui
