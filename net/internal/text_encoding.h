#pragma once
// The encoding of a document: as its XML declaration says, turned into clean UTF-8. Pure.

#include <string>
#include <string_view>

#include "net/error.h"

namespace uketsuke::net::internal {

struct Utf8Text {
    std::string text;
    bool repaired = false;  ///< some bytes were no text and became U+FFFD
};

/// UTF-8 (also when nothing is declared) and Shift_JIS (read as CP932); BadAnswer for any other encoding.
Result<Utf8Text> to_utf8(std::string_view document);

/// What is no UTF-8 becomes U+FFFD; true when there was any.
bool repair_utf8(std::string& text);

struct Cp932Text {
    std::string bytes;
    bool characters_replaced = false;  ///< ● stands for characters that CP932 lacks
};
/// From clean UTF-8. Internal: this machine has no such converter.
Result<Cp932Text> to_cp932(std::string_view utf8);

}  // namespace uketsuke::net::internal
