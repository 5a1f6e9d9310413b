// EF 0002 of the 券面入力補助AP: the four basic attributes as text (facts §1.7).
#pragma once

#include <chrono>
#include <optional>
#include <span>

#include "card/error.h"
#include "card/face_record.h"
#include "card/secret.h"

namespace uketsuke::card {

struct Attributes {
    SecretText name;     // UTF-8, U+3000 between family and given name
    SecretText address;  // UTF-8, full-width digits
    std::optional<std::chrono::year_month_day> birth_date;
    Sex sex = Sex::Unknown;
};

// BadData when the tree is broken, the name is missing, or a text is not UTF-8 or longer than 512 bytes.
Result<Attributes> parse_attributes(std::span<const std::uint8_t> file);

}  // namespace uketsuke::card
