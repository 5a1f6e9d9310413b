// 被保険者資格申立書 as a page for the browser to print or to save, filled with what is known. Pure.
#pragma once

#include <string>
#include <string_view>

#include "app/desk/arrivals.h"

namespace uketsuke::desk {

struct DeclarationFacts {
    const Person* person = nullptr;  // nullptr: the empty form
    std::string institution;
    std::string day;      // yyyyMMdd; empty: left to be written
    std::string request;  // its id; empty: none
};

// `form` is assets/declaration/form.html; each {{name}} becomes its value, escaped. Personal: wipe after use.
std::string declaration_page(std::string_view form, const DeclarationFacts& facts);

}  // namespace uketsuke::desk
