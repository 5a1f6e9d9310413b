// EF 0002 of the 券面事項確認AP: what is printed on the card, with the photo (facts §1.6).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "card/error.h"
#include "card/issuer_signature.h"
#include "card/secret.h"

namespace uketsuke::card {

enum class Sex : std::uint8_t { Unknown, Male, Female, NotApplicable };

std::string_view name_of(Sex sex);                       // "male", …
Sex sex_from_card(std::span<const std::uint8_t> ascii);  // '1' 男, '2' 女, '9' 適用不能
char sex_on_card(Sex sex);

struct FaceRecord {
    SecretBytes photo_jp2;  // JP2 file, monochrome; starts with the JP2 signature box, not decoded here
    std::optional<std::chrono::year_month_day> birth_date;
    Sex sex = Sex::Unknown;
    std::optional<std::chrono::year_month_day> card_expiry;  // outside of the issuer's signature
    SecretBytes name_png;                                    // empty when absent
    SecretBytes address_png;
    SecretBytes security_code_png;
    SecretBytes issuer_signature;  // DF28; empty when absent
    // Filled by MyNumberCard::read_face_record, which never returns a record whose check is Wrong.
    IssuerCheck issuer_check = IssuerCheck::NotChecked;
};

// Verifies no signature. BadData when the tree is broken or the photo is missing or is no JP2. Unknown tags are
// skipped, up to two stray bytes before FF20 are allowed.
Result<FaceRecord> parse_face_record(std::span<const std::uint8_t> file);

}  // namespace uketsuke::card
