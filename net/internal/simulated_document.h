#pragma once
// Changes to a whole OQS answer document that the values of oqs_xml.h do not express: what faults do to it, and days
// that follow the service's clock. Pure.

#include <chrono>
#include <string>

#include "net/simulator.h"

namespace uketsuke::net::internal {

struct DocumentChanges {
    std::chrono::sys_seconds now{};
    bool hide_limit_amount = false;  ///< the patient did not provide it
    bool duplicate = false;
    int black_circles = 0;
    Expired expired = Expired::None;
};

/// Carries out the changes, and writes "today-92" as the day that it is. UTF-8 in and out.
std::string changed(const std::string& document, const DocumentChanges& changes);
/// "today-92" and the like as yyyyMMdd; any other text as it is.
std::string day_of(const std::string& text, std::chrono::sys_seconds now);
/// Every n-th character ● (blanks are not counted); n below 1: unchanged.
std::string with_black_circles(const std::string& text, int n);
/// The same document under another identifier.
std::string readdressed(const std::string& document, const std::string& identifier);
/// With a further element at the end of MessageBody.
std::string with_body_element(const std::string& document, const char* name, const std::string& text);
/// The text of an element below MessageBody/QualificationConfirmSearchInfo; empty: none.
std::string search_text(const std::string& document, const char* name);
/// In Shift_JIS (CP932), its declaration and CharacterCodeIdentifier changed; a character that it lacks becomes ●. The
/// document as it is where this machine cannot write Shift_JIS.
std::string in_shift_jis(const std::string& document);

}  // namespace uketsuke::net::internal
