// 被保険者資格申立書 as one page of A4: the layout of the official form (facts §3.7), set by pango, drawn by cairo,
// fonts embedded, its text extractable, its metadata without a personal value. Equal forms give equal bytes. Any
// thread: they take turns over the fonts, which are read once.
#pragma once

#include <cstdint>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "net/declaration.h"

namespace uketsuke::declaration {

struct PageOptions {
    std::string institution;  // its name, or its code; empty: a line to write it on
};

// Always one page: what is long is set smaller, and then on more lines. A character that no font has is drawn as the
// font's box and counted: `unknown_characters`.
struct Page {
    std::vector<std::uint8_t> pdf;  // personal: wipe
    int unknown_characters = 0;
};

// `declaration` without a name: the empty form. Error: the fonts are missing, or a text does not fit at any size.
tl::expected<Page, std::string> page_of(const net::Declaration& declaration, const PageOptions& options);

}  // namespace uketsuke::declaration
