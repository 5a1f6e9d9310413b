#pragma once
// OQS `XmlMsg` documents: the field's vocabulary, read by name in any order, written in a fixed order. Element names
// and codes: domain facts 2.3 and 2.4 (several independent public implementations agree). Pure; no thread; no file.
// Bounded: no DOCTYPE, no entity beyond the five of XML, limits on bytes, depth and elements. Texts are UTF-8 inside
// the program; a document says its own encoding and UTF-8 or Shift_JIS (CP932) is read.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"

namespace uketsuke::net {

struct XmlLimits {
    std::size_t bytes = 1u << 20;
    int depth = 16;
    std::size_t elements = 20'000;
};

enum class SegmentOfResult { Missing, Normal /*1*/, Processing /*2*/, Abnormal /*9*/, Unknown };
enum class ProcessingResultStatus { Missing, Normal /*1*/, Failed /*2*/, Unknown };
enum class QualificationValidity {
    Missing,
    Valid,              ///< 1 有効
    Invalid,            ///< 2 無効
    InvalidNewer,       ///< 3 無効（新しい資格あり）
    NotFound,           ///< 4 該当資格なし
    Several,            ///< 5 複数該当
    ValidUnregistered,  ///< 6 有効（未登録; 医療扶助）
    Unknown,
};
const char* code_of(SegmentOfResult value);  ///< "1", "2", "9"; "" for Missing and Unknown
const char* code_of(ProcessingResultStatus value);
const char* code_of(QualificationValidity value);

/// Elements without a field of their own, by path below their parent ("LimitApplicationCertificateRelatedInfo/…Flag").
using OtherElements = std::multimap<std::string, std::string>;

struct ConsentTriple {
    std::string flag;            ///< …ConsFlg: "1" agreed, "0" not
    std::string at;              ///< …ConsTime, yyyyMMddHHmmss
    std::string available_till;  ///< …AvailableTime
    bool operator==(const ConsentTriple&) const = default;
};

/// MessageHeader, both directions; an empty text is an absent element.
struct OqsHeader {
    std::string process_execution_time;
    std::string qualification_confirmation_date;
    std::string medical_institution_code;
    std::string arbitrary_file_identifier;
    std::string reference_classification;  ///< 1 マイナンバーカード, 2 被保険者証
    SegmentOfResult segment_of_result = SegmentOfResult::Missing;
    std::string error_code;
    std::string error_message;
    std::string character_code_identifier;  ///< 0 UTF-8, 1 Shift_JIS (some lists say 1/2): the XML declaration decides
    OtherElements other;
};

/// One ResultOfQualificationConfirmation. Dates yyyyMMdd, kept as the service wrote them.
struct QualificationResult {
    std::string insured_card_classification;
    std::string insurer_number;
    std::string insurer_name;
    std::string insured_card_symbol;
    std::string insured_identification_number;
    std::string insured_branch_number;
    std::string personal_family_classification;
    std::string insured_name;
    std::string name;
    std::string name_of_other;
    std::string name_kana;
    std::string name_of_other_kana;
    std::string sex1;
    std::string sex2;
    std::string birthdate;
    std::string post_number;
    std::string address;
    std::string qualification_date;
    std::string disqualification_date;
    std::string insured_certificate_issuance_date;
    std::string insured_card_valid_date;
    std::string insured_card_expiration_date;
    std::string insured_partial_contribution_ratio;
    std::string preschool_classification;
    std::string reason_of_loss;
    std::string limit_application_flag;   ///< LimitApplicationCertificateRelatedConsFlg
    std::string limit_application_time;   ///< LimitApplicationCertificateRelatedConsTime
    std::string limit_application_class;  ///< …RelatedInfo/LimitApplicationCertificateClassificationFlag, "A03"
    ConsentTriple health_checkup;         ///< SpecificHealthCheckupsInfo…
    ConsentTriple pharmacists;            ///< PharmacistsInfo…
    ConsentTriple diagnosis;              ///< DiagnosisInfo…
    ConsentTriple operation;              ///< OperationInfo…
    std::string arbitrary_identifier;
    std::string reference_number;
    OtherElements other;
};

struct OqsAnswer {
    OqsHeader header;
    ProcessingResultStatus processing_status = ProcessingResultStatus::Missing;
    std::string processing_code;
    std::string processing_message;
    QualificationValidity validity = QualificationValidity::Missing;
    std::string prescription_issue_select;
    std::vector<QualificationResult> results;
    OtherElements other;
    bool text_repaired = false;  ///< bytes that are no text in the document's encoding became U+FFFD
};

/// The request document, as a reception writes it and the simulator reads it.
struct OqsRequest {
    OqsHeader header;
    std::string arbitrary_identifier;  ///< the request's id
    std::string method;                ///< "face", "pin", "visual" (ours)
    std::string confirmed_at;          ///< yyyyMMddHHmmss (ours)
    std::string certificate_sha256;    ///< lower-case hexadecimal (ours)
    std::string registration_wish;     ///< "1": to be registered as a health insurance card (ours)
    std::string limit_application_flag;
    std::string limit_application_time;
    ConsentTriple health_checkup;
    ConsentTriple pharmacists;
    ConsentTriple diagnosis;
    ConsentTriple operation;
    OtherElements other;
};

/// BadAnswer (or AnswerTooBig) with the reason and the byte offset where there is one; never a value from the document.
Result<OqsAnswer> read_answer(std::string_view document, const XmlLimits& limits = {});
Result<OqsRequest> read_request(std::string_view document, const XmlLimits& limits = {});

/// UTF-8 documents with an XML declaration (standalone="no", as real files have).
std::string write_answer(const OqsAnswer& answer);
std::string write_request(const OqsRequest& request);

/// Overwrites every text of the answer; call it on every way out once the answer was used.
void wipe(OqsAnswer& answer);

}  // namespace uketsuke::net
