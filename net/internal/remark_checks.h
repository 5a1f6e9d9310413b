#pragma once
// The single questions that remarks are made of. Pure.

#include <string_view>

#include "net/remarks.h"

namespace uketsuke::net::internal {

/// Texts that were read are clean UTF-8; others end at the first byte that is none.
std::u32string characters_of(std::string_view text);
bool is_blank(std::string_view text);  ///< nothing but spaces, U+3000 included
/// yyyyMMdd of a day that exists.
bool is_date(std::string_view text);
/// Both are dates and `a` is before `b`.
bool is_before(std::string_view a, std::string_view b);

bool has_replaced_character(const QualificationResult& result);
bool has_unknown_character(const QualificationResult& result, const std::function<bool(char32_t)>& covers);
/// The number ends in one or two digits that something sets apart: "1234-01", "1234　01", "1234(枝番01)".
bool ends_in_branch(std::string_view number);
/// No share is written, or one that is none, and the law does not say it either: school children are asked, younger
/// ones (2 tenths) and people on medical assistance (none) are not.
bool lacks_contribution_ratio(const QualificationResult& result, const RemarkContext& context);
bool has_unreadable_date(const QualificationResult& result);
bool has_unknown_code(const OqsAnswer& answer);
bool consents_differ(const QualificationResult& result, const ConsentsGiven& given);

}  // namespace uketsuke::net::internal
