// What a status word means on this card (facts §1.5), in one table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "card/error.h"

namespace uketsuke::card {

enum class Status : std::uint8_t {
    Ok,            // 9000
    MoreData,      // 61xx: GET RESPONSE brings the rest
    WrongLength,   // 6Cxx: repeat with Le = xx
    EndOfFile,     // 6B00, 6282: the offset or the end of the file was passed
    TriesLeft,     // 63Cx, x > 0
    Refused,       // 6300: wrong, without a counter
    Locked,        // 63C0, 6983, 6984: meant alike, generations of the card differ
    NotAllowed,    // 6982, 6985, 6986
    NotFound,      // 6A82, 6A83, 6A88
    NotSupported,  // 6700, 6A80, 6A81, 6A86, 6D00, 6E00
    Other,
};

Status status_of(std::uint16_t status_word);
// x of 63Cx; 0 for the other ways of saying "locked".
std::optional<int> tries_in(std::uint16_t status_word);
// The error of a status word that was not expected at `where`.
Error error_of(std::uint16_t status_word, std::string where);

}  // namespace uketsuke::card
