#pragma once
// What a declaration asks the service by (query_text()), read again from the document. Pure.

#include <optional>
#include <string>

#include "net/oqs_xml.h"
#include "net/reception.h"

namespace uketsuke::net::internal {

inline constexpr const char* declared_person_name = "DeclaredPerson";

/// Whom an answer to this request must be about, yyyyMMdd: the card's holder, or whoever a declaration's question is
/// about. Empty: not known. Personal: wipe after use.
std::string birthdate_of(const SignedRequest& request);

struct DeclaredQuery {
    std::string birthdate;  ///< yyyyMMdd
    std::string name;
    std::string name_kana;
};
/// Empty when the document asks by numbers. Only the simulator reads questions so; its people are invented.
std::optional<DeclaredQuery> declared_query(const OqsRequest& request);

}  // namespace uketsuke::net::internal
