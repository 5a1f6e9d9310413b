// How many touches it takes to write something with the kiosk's keys, as a careful person would: the fewest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/ime/converter.h"
#include "app/ime/postal_codes.h"

namespace uketsuke::ime {

struct Piece {
    std::string reading;  // hiragana; empty: typed with the digits' keys
    std::string text;     // as it is wanted
};

// Keys of the kana keyboard: each kana with its marks. Goes through core::type_kana and checks what came of it.
int touches_of_kana(std::string_view hiragana);
// Keys of the digits' keyboard: 丁目 is one.
int touches_of_digits(std::string_view text);

struct Counted {
    int keys = 0;       // kana with marks, digits
    int picks = 0;      // candidates, each with the pages to it
    int switches = 0;   // of the keyboard
    bool found = true;  // false: some text is no candidate
    int all() const { return keys + picks + switches; }
};

// One composition a piece. Counts a touch of 変える for each change between kana and digits, which begins with kana.
Counted touches_of(Converter& converter, core::KanaHint hint, const std::vector<Piece>& pieces);
// Seven digits and the place among those of the code.
Counted touches_of_postal_code(const PostalCodes& codes, std::string_view code, std::string_view place);

}  // namespace uketsuke::ime
