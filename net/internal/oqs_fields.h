#pragma once
// Which element each field of the OQS values is, in writing order.
// Pure; the returned pointers live as long as the value they were taken from.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/oqs_xml.h"

namespace uketsuke::net::internal {

template <class Text>
using Fields = std::vector<std::pair<std::string_view, Text*>>;

/// The same list for reading (T mutable) and for writing (T const).
template <class T>
auto header_fields(T& h) {
    using Text = std::remove_reference_t<decltype((h.error_code))>;
    return Fields<Text>{
        {"ProcessExecutionTime", &h.process_execution_time},
        {"QualificationConfirmationDate", &h.qualification_confirmation_date},
        {"MedicalInstitutionCode", &h.medical_institution_code},
        {"ArbitraryFileIdentifier", &h.arbitrary_file_identifier},
        {"ReferenceClassification", &h.reference_classification},
        {"ErrorCode", &h.error_code},
        {"ErrorMessage", &h.error_message},
        {"CharacterCodeIdentifier", &h.character_code_identifier},
    };
}

template <class T, class Text>
void add_consents(T& value, Fields<Text>& fields) {
    const auto add = [&fields](auto& triple, std::string_view flag, std::string_view at, std::string_view till) {
        fields.emplace_back(flag, &triple.flag);
        fields.emplace_back(at, &triple.at);
        fields.emplace_back(till, &triple.available_till);
    };
    add(value.health_checkup, "SpecificHealthCheckupsInfoConsFlg", "SpecificHealthCheckupsInfoConsTime",
        "SpecificHealthCheckupsInfoAvailableTime");
    add(value.pharmacists, "PharmacistsInfoConsFlg", "PharmacistsInfoConsTime", "PharmacistsInfoAvailableTime");
    add(value.diagnosis, "DiagnosisInfoConsFlg", "DiagnosisInfoConsTime", "DiagnosisInfoAvailableTime");
    add(value.operation, "OperationInfoConsFlg", "OperationInfoConsTime", "OperationInfoAvailableTime");
}

template <class T>
auto result_fields(T& r) {
    using Text = std::remove_reference_t<decltype((r.name))>;
    Fields<Text> fields{
        {"InsuredCardClassification", &r.insured_card_classification},
        {"InsurerNumber", &r.insurer_number},
        {"InsurerName", &r.insurer_name},
        {"InsuredCardSymbol", &r.insured_card_symbol},
        {"InsuredIdentificationNumber", &r.insured_identification_number},
        {"InsuredBranchNumber", &r.insured_branch_number},
        {"PersonalFamilyClassification", &r.personal_family_classification},
        {"InsuredName", &r.insured_name},
        {"Name", &r.name},
        {"NameOfOther", &r.name_of_other},
        {"NameKana", &r.name_kana},
        {"NameOfOtherKana", &r.name_of_other_kana},
        {"Sex1", &r.sex1},
        {"Sex2", &r.sex2},
        {"Birthdate", &r.birthdate},
        {"PostNumber", &r.post_number},
        {"Address", &r.address},
        {"QualificationDate", &r.qualification_date},
        {"DisqualificationDate", &r.disqualification_date},
        {"InsuredCertificateIssuanceDate", &r.insured_certificate_issuance_date},
        {"InsuredCardValidDate", &r.insured_card_valid_date},
        {"InsuredCardExpirationDate", &r.insured_card_expiration_date},
        {"InsuredPartialContributionRatio", &r.insured_partial_contribution_ratio},
        {"PreschoolClassification", &r.preschool_classification},
        {"ReasonOfLoss", &r.reason_of_loss},
        {"LimitApplicationCertificateRelatedConsFlg", &r.limit_application_flag},
        {"LimitApplicationCertificateRelatedConsTime", &r.limit_application_time},
        {"SpecificDiseasesCertificateRelatedConsFlg", &r.specific_diseases_flag},
        {"SpecificDiseasesCertificateRelatedConsTime", &r.specific_diseases_time},
        {"ArbitraryIdentifier", &r.arbitrary_identifier},
        {"ReferenceNumber", &r.reference_number},
        {"QualificationConfirmationKey", &r.qualification_confirmation_key},
    };
    add_consents(r, fields);
    return fields;
}

inline constexpr const char* elderly_recipient_name = "ElderlyRecipientCertificateInfo";
template <class T>
auto elderly_recipient_fields(T& c) {
    using Text = std::remove_reference_t<decltype((c.date))>;
    return Fields<Text>{{"ElderlyRecipientCertificateDate", &c.date},
                        {"ElderlyRecipientValidStartDate", &c.valid_start_date},
                        {"ElderlyRecipientValidEndDate", &c.valid_end_date},
                        {"ElderlyRecipientContributionRatio", &c.contribution_ratio}};
}

inline constexpr const char* limit_application_name = "LimitApplicationCertificateRelatedInfo";
template <class T>
auto limit_application_fields(T& c) {
    using Text = std::remove_reference_t<decltype((c.date))>;
    return Fields<Text>{{"LimitApplicationCertificateClassification", &c.classification},
                        {"LimitApplicationCertificateClassificationFlag", &c.classification_flag},
                        {"LimitApplicationCertificateDate", &c.date},
                        {"LimitApplicationCertificateValidStartDate", &c.valid_start_date},
                        {"LimitApplicationCertificateValidEndDate", &c.valid_end_date},
                        {"LimitApplicationCertificateLongTermDate", &c.long_term_date}};
}

inline constexpr const char* specific_diseases_list_name = "SpecificDiseasesCertificateList";
inline constexpr const char* specific_diseases_name = "SpecificDiseasesCertificateInfo";
template <class T>
auto specific_diseases_fields(T& c) {
    using Text = std::remove_reference_t<decltype((c.date))>;
    return Fields<Text>{{"SpecificDiseasesDiseaseCategory", &c.category},
                        {"SpecificDiseasesCertificateDate", &c.date},
                        {"SpecificDiseasesValidStartDate", &c.valid_start_date},
                        {"SpecificDiseasesValidEndDate", &c.valid_end_date},
                        {"SpecificDiseasesSelfPay", &c.self_pay}};
}

/// Below MessageBody/QualificationConfirmSearchInfo.
template <class T>
auto search_fields(T& q) {
    using Text = std::remove_reference_t<decltype((q.method))>;
    Fields<Text> fields{
        {"InsurerNumber", &q.insurer_number},
        {"InsuredCardSymbol", &q.insured_card_symbol},
        {"InsuredIdentificationNumber", &q.insured_identification_number},
        {"InsuredBranchNumber", &q.insured_branch_number},
        {"Birthdate", &q.birthdate},
        {"LimitApplicationCertificateRelatedConsFlg", &q.limit_application_flag},
        {"LimitApplicationCertificateRelatedConsTime", &q.limit_application_time},
        {"ArbitraryIdentifier", &q.arbitrary_identifier},
    };
    add_consents(q, fields);
    return fields;
}

/// Below MessageBody/ReceptionConfirmation: ours.
template <class T>
auto confirmation_fields(T& q) {
    using Text = std::remove_reference_t<decltype((q.method))>;
    return Fields<Text>{{"Method", &q.method},
                        {"ConfirmedAt", &q.confirmed_at},
                        {"CertificateSha256", &q.certificate_sha256},
                        {"RegistrationWish", &q.registration_wish}};
}

template <class T>
auto body_fields(T& a) {
    using Text = std::remove_reference_t<decltype((a.processing_code))>;
    return Fields<Text>{{"ProcessingResultCode", &a.processing_code},
                        {"ProcessingResultMessage", &a.processing_message},
                        {"PrescriptionIssueSelect", &a.prescription_issue_select}};
}

SegmentOfResult segment_of(std::string_view code);
ProcessingResultStatus status_of(std::string_view code);
QualificationValidity validity_of(std::string_view code);

}  // namespace uketsuke::net::internal
