#pragma once
// What an answer means for a patient in continuing care. Pure.

#include <string>

#include "net/care.h"
#include "net/meaning.h"
#include "net/oqs_xml.h"

namespace uketsuke::net::internal {

/// Codes of answers about continuing care. The real ones are not public: these are the simulated service's, and the
/// one place where others would be put.
namespace care_code {
inline constexpr const char* already_received = "SIM-I0002";    ///< this visit came under another key
inline constexpr const char* consents_withdrawn = "SIM-E0019";  ///< すべての同意を取消す
inline constexpr const char* consents_expired = "SIM-E0020";    ///< their term ended before this visit
inline constexpr const char* no_base = "SIM-E0021";        ///< no reception of this institution that it could rest on
inline constexpr const char* online_visual = "SIM-E0022";  ///< online, and the card was never opened by its PIN
}  // namespace care_code

/// The person is named when every result is about the same one and no character of the document was lost.
/// `code`: of the answer (Reply::code). `answer`: null when there is none to believe, as one about somebody else.
/// Personal: wipe() after use.
CareAnswer care_answer(Meaning meaning, const std::string& code, const OqsAnswer* answer);

}  // namespace uketsuke::net::internal
