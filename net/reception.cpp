#include "net/reception.h"

#include "net/care.h"
#include "net/internal/consent_triples.h"
#include "net/internal/hex.h"
#include "net/internal/sha256.h"
#include "net/oqs_xml.h"
#include "net/wall_time.h"

namespace uketsuke::net {
const char* name_of(Method method) {
    switch (method) {
        case Method::Face:
            return "face";
        case Method::Pin:
            return "pin";
        case Method::Visual:
            return "visual";
        case Method::Declaration:
            return "declaration";
        case Method::Reinquiry:
            return "reinquiry";
        case Method::ConsentRenewal:
            return "consent-renewal";
        case Method::Withdrawal:
            return "withdrawal";
    }
    return "pin";
}

const char* name_of(ConsentItem item) {
    switch (item) {
        case ConsentItem::Operation:
            return "operation";
        case ConsentItem::MedicationDiagnosis:
            return "medication_diagnosis";
        case ConsentItem::HealthCheckup:
            return "health_checkup";
    }
    return "operation";
}

std::string attested_text(Method method, std::span<const std::uint8_t> body) {
    const auto digest = internal::sha256(body);
    return std::string("uketsuke attestation\n") + name_of(method) + "\n" + internal::to_hex(digest) + "\n";
}

Result<std::string> signed_text(const Reception& reception) {
    if (reception.id.is_nil()) return fail(Fault::BadOptions, "reception: it has no id");
    const std::string& code = reception.institution_code;
    if (code.size() != 10 || code.find_first_not_of("0123456789") != std::string::npos) {
        return fail(Fault::BadOptions, "reception: the institution code is not 10 digits");
    }
    OqsRequest document;
    internal::put_head(reception.id, code, reception.confirmed_at, reception.method, document);
    document.certificate_sha256 = internal::to_hex(internal::sha256(reception.certificate_der));
    document.limit_application_flag = std::string(reception.limit_amount_provided ? "1" : "0");
    document.limit_application_time = document.confirmed_at;
    if (reception.registration_wished) document.registration_wish = std::string("1");
    const auto& visit = reception.visit;
    const bool complete = visit ? internal::put_consents(reception.consents, visit->consented_until, document)
                                : internal::put_consents_of_a_day(reception.consents, document);
    if (!complete) return fail(Fault::BadOptions, "reception: a consent item is missing or repeated");
    if (visit) {
        document.other.push_back(internal::treatment_element(visit->treatment));
        document.other.push_back({internal::consent_date_to_name, jst_date(visit->consented_until), {}});
    }
    if (reception.share_visits) {
        const Treatment treatment = visit ? visit->treatment : Treatment::Outpatient;
        document.other_in_confirmation.push_back(
            {internal::visit_identifier_name,
             visit_identifier(code, document.certificate_sha256, treatment, reception.confirmed_at),
             {}});
    }
    return write_request(document);
}

}  // namespace uketsuke::net
