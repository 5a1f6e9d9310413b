#include "net/internal/consent_triples.h"

#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

template <class Until>
ConsentTriple triple_of(const Consent& consent, Until until) {
    ConsentTriple triple;
    triple.flag = std::string(consent.agreed ? "1" : "0");
    triple.at = jst_date_time(consent.at);
    if (consent.agreed) triple.available_till = jst_date_time(until(consent));
    return triple;
}

template <class Until>
bool put(const std::array<Consent, 3>& consents, OqsRequest& document, Until until) {
    int seen = 0;
    for (const Consent& consent : consents) {
        seen |= 1 << static_cast<int>(consent.item);
        switch (consent.item) {
            case ConsentItem::Operation:
                document.operation = triple_of(consent, until);
                break;
            case ConsentItem::MedicationDiagnosis:
                document.pharmacists = triple_of(consent, until);
                document.diagnosis = document.pharmacists;
                break;
            case ConsentItem::HealthCheckup:
                document.health_checkup = triple_of(consent, until);
                break;
        }
    }
    return seen == 0b111;
}

}  // namespace

OqsElement treatment_element(Treatment treatment) {
    return {treatment_name, std::to_string(static_cast<int>(treatment)), {}};
}

void put_head(const RequestId& id, const std::string& institution_code, std::chrono::sys_seconds at, Method method,
              OqsRequest& document) {
    document.header.qualification_confirmation_date = jst_date(at);
    document.header.medical_institution_code = institution_code;
    document.header.arbitrary_file_identifier = id.text();
    document.header.reference_classification = std::string("1");
    document.header.character_code_identifier = std::string("0");
    document.arbitrary_identifier = id.text();
    document.method = name_of(method);
    document.confirmed_at = jst_date_time(at);
}

bool put_consents(const std::array<Consent, 3>& consents, std::chrono::sys_seconds until, OqsRequest& document) {
    return put(consents, document, [until](const Consent& /*consent*/) { return until; });
}

bool put_consents_of_a_day(const std::array<Consent, 3>& consents, OqsRequest& document) {
    return put(consents, document, [](const Consent& consent) { return consent.at + consent_lasts; });
}

}  // namespace uketsuke::net::internal
