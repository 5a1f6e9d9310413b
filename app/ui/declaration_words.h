// What the fields of the form are called, and what may be said in them. Private to app/ui.
#pragma once

#include <cstdint>

#include "app/core/declaration.h"
#include "app/core/japanese_era.h"
#include "app/ui/message.h"

namespace uketsuke::ui {

Message field_label(core::DeclarationField field);     // "住所"
Message field_question(core::DeclarationField field);  // "住所を|入れてください"

Message sex_words(core::Sex sex);
Message insurance_words(core::InsuranceKind kind);
Message ratio_words(std::uint8_t tenths);

Message era_words(core::Era era);
Message era_year_words(core::Era era, int year);  // "昭和25年"

}  // namespace uketsuke::ui
