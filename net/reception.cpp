#include "net/reception.h"

#include <algorithm>

#include "net/internal/hex.h"
#include "net/internal/sha256.h"
#include "net/oqs_xml.h"
#include "net/wall_time.h"

namespace uketsuke::net {
namespace {

ConsentTriple triple_of(const Consent& consent) {
    ConsentTriple triple;
    triple.flag = std::string(consent.agreed ? "1" : "0");
    triple.at = jst_date_time(consent.at);
    if (consent.agreed) triple.available_till = jst_date_time(consent.at + consent_lasts);
    return triple;
}

}  // namespace

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
    document.header.qualification_confirmation_date = jst_date(reception.confirmed_at);
    document.header.medical_institution_code = code;
    document.header.arbitrary_file_identifier = reception.id.text();
    document.header.reference_classification = std::string("1");
    document.header.character_code_identifier = std::string("0");
    document.arbitrary_identifier = reception.id.text();
    document.method = name_of(reception.method);
    document.confirmed_at = jst_date_time(reception.confirmed_at);
    document.certificate_sha256 = internal::to_hex(internal::sha256(reception.certificate_der));
    document.limit_application_flag = std::string(reception.limit_amount_provided ? "1" : "0");
    document.limit_application_time = document.confirmed_at;
    if (reception.registration_wished) document.registration_wish = std::string("1");

    int seen = 0;
    for (const Consent& consent : reception.consents) {
        seen |= 1 << static_cast<int>(consent.item);
        switch (consent.item) {
            case ConsentItem::Operation:
                document.operation = triple_of(consent);
                break;
            case ConsentItem::MedicationDiagnosis:
                document.pharmacists = triple_of(consent);
                document.diagnosis = document.pharmacists;
                break;
            case ConsentItem::HealthCheckup:
                document.health_checkup = triple_of(consent);
                break;
        }
    }
    if (seen != 0b111) return fail(Fault::BadOptions, "reception: a consent item is missing or repeated");
    return write_request(document);
}

}  // namespace uketsuke::net
