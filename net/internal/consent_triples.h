#pragma once
// What the documents of a reception and of a request without a card have in common: who asks, the consents with their
// times, and the elements of visits. Pure.

#include <array>
#include <chrono>
#include <string>

#include "net/oqs_xml.h"
#include "net/reception.h"

namespace uketsuke::net::internal {

// Below QualificationConfirmSearchInfo: the field's names (facts 2.3).
inline constexpr const char* treatment_name = "MedicalTreatmentFlag";
inline constexpr const char* consent_date_from_name = "ConsentDateFrom";
inline constexpr const char* consent_date_to_name = "ConsentDateTo";
// Below ReceptionConfirmation: ours.
inline constexpr const char* base_reception_name = "BaseReception";
inline constexpr const char* visit_identifier_name = "VisitIdentifier";
inline constexpr const char* staff_digest_name = "StaffDigest";

OqsElement treatment_element(Treatment treatment);
/// The header, the identifiers, the method and the moment.
void put_head(const RequestId& id, const std::string& institution_code, std::chrono::sys_seconds at, Method method,
              OqsRequest& document);
/// What was agreed to stands until `until`. False: an item is missing or repeated.
bool put_consents(const std::array<Consent, 3>& consents, std::chrono::sys_seconds until, OqsRequest& document);
/// What was agreed to stands for a day.
bool put_consents_of_a_day(const std::array<Consent, 3>& consents, OqsRequest& document);

}  // namespace uketsuke::net::internal
