#pragma once
// OQS `XmlMsg` documents: the field's vocabulary, read by name in any order, written in a fixed order. Element names
// and codes: domain facts 2.3 and 2.4 (several independent public implementations agree). Pure; no thread; no file.
// Elements of certificates whose names the facts shorten are spelled as public readers of the format spell them
// (github.com: the onshi result viewers, OQSDrug2); none is from the closed specification itself.
// Bounded: no DOCTYPE, no entity beyond the five of XML, limits on bytes, depth and elements. Texts are UTF-8 inside
// the program; a document says its own encoding and UTF-8 or Shift_JIS (CP932) is read and written.

#include <cstddef>
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

/// An element without a field of its own, with everything below it, in the order of the document. Attributes and
/// comments are not kept: the format has none. Line ends within a text are "\n".
struct OqsElement {
    std::string name;
    std::string text;
    std::vector<OqsElement> children;
    bool operator==(const OqsElement&) const = default;
};
using OtherElements = std::vector<OqsElement>;
/// The first of that name; nullptr: there is none.
const OqsElement* find_element(const OtherElements& elements, std::string_view name);

struct ConsentTriple {
    std::string flag;            ///< …ConsFlg: 0 no, 1 agreed, 2 expired, 3 could not be asked
    std::string at;              ///< …ConsTime, yyyyMMddHHmmss
    std::string available_till;  ///< …AvailableTime
    bool operator==(const ConsentTriple&) const = default;
};

/// ElderlyRecipientCertificateInfo (高齢受給者証). Dates yyyyMMdd, as the service wrote them.
struct ElderlyRecipientCertificate {
    std::string date;
    std::string valid_start_date;
    std::string valid_end_date;
    std::string contribution_ratio;  ///< three digits, "020": two tenths
    OtherElements other;
    bool operator==(const ElderlyRecipientCertificate&) const = default;
};

/// LimitApplicationCertificateRelatedInfo (限度額適用認定証).
struct LimitApplicationCertificate {
    std::string classification;       ///< 01–03
    std::string classification_flag;  ///< A01 ア … A06 オ(境), B01 … B10
    std::string date;
    std::string valid_start_date;
    std::string valid_end_date;
    std::string long_term_date;  ///< 長期入院該当年月日
    OtherElements other;
    bool operator==(const LimitApplicationCertificate&) const = default;
};

/// One SpecificDiseasesCertificateInfo (特定疾病療養受療証) of SpecificDiseasesCertificateList.
struct SpecificDiseasesCertificate {
    std::string category;  ///< 1 人工透析, 2 血友病系, 3 HIV
    std::string date;
    std::string valid_start_date;
    std::string valid_end_date;
    std::string self_pay;  ///< yen a month
    OtherElements other;
    bool operator==(const SpecificDiseasesCertificate&) const = default;
};

/// MessageHeader, both directions; an empty text is an absent element. A code that is in no list reads as Unknown and
/// stays under its element's name in `other`, so that it is written again as it came.
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
    bool operator==(const OqsHeader&) const = default;
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
    std::string limit_application_flag;  ///< LimitApplicationCertificateRelatedConsFlg: 0 not provided, 1 provided
    std::string limit_application_time;  ///< LimitApplicationCertificateRelatedConsTime
    LimitApplicationCertificate limit_application;
    ElderlyRecipientCertificate elderly_recipient;
    std::string specific_diseases_flag;  ///< SpecificDiseasesCertificateRelatedConsFlg
    std::string specific_diseases_time;  ///< SpecificDiseasesCertificateRelatedConsTime
    std::vector<SpecificDiseasesCertificate> specific_diseases;
    OtherElements other_in_specific_diseases;  ///< beside the certificates of the list
    ConsentTriple health_checkup;              ///< SpecificHealthCheckupsInfo…
    ConsentTriple pharmacists;                 ///< PharmacistsInfo…
    ConsentTriple diagnosis;                   ///< DiagnosisInfo…
    ConsentTriple operation;                   ///< OperationInfo…
    std::string arbitrary_identifier;
    std::string reference_number;                ///< 照会番号
    std::string qualification_confirmation_key;  ///< QualificationConfirmationKey
    OtherElements other;
    bool operator==(const QualificationResult&) const = default;
};

struct OqsAnswer {
    OqsHeader header;
    ProcessingResultStatus processing_status = ProcessingResultStatus::Missing;
    std::string processing_code;
    std::string processing_message;
    QualificationValidity validity = QualificationValidity::Missing;
    std::string prescription_issue_select;  ///< 1 electronic prescription, 2 paper
    std::vector<QualificationResult> results;
    OtherElements other;             ///< of MessageBody
    OtherElements other_in_list;     ///< of ResultList
    OtherElements other_in_message;  ///< of XmlMsg
    bool text_repaired = false;      ///< bytes that are no text in the document's encoding became U+FFFD
    bool operator==(const OqsAnswer&) const = default;
};

/// The request document (OQSsiquc01req): what a reception writes, and what a receipt computer asks by.
struct OqsRequest {
    OqsHeader header;
    std::string insurer_number;  ///< eight characters: padded_insurer_number()
    std::string insured_card_symbol;
    std::string insured_identification_number;
    std::string insured_branch_number;
    std::string birthdate;             ///< yyyyMMdd
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
    OtherElements other;                  ///< of QualificationConfirmSearchInfo
    OtherElements other_in_confirmation;  ///< of ReceptionConfirmation (ours)
    OtherElements other_in_body;          ///< of MessageBody
    OtherElements other_in_message;       ///< of XmlMsg
    bool operator==(const OqsRequest&) const = default;
};

/// The spelling of an insurer number in a document: eight characters, spaces on the left. A longer one stays as it is.
std::string padded_insurer_number(std::string_view number);

/// BadAnswer (or AnswerTooBig) with the reason and the byte offset where there is one; never a value from the document.
Result<OqsAnswer> read_answer(std::string_view document, const XmlLimits& limits = {});
Result<OqsRequest> read_request(std::string_view document, const XmlLimits& limits = {});

/// UTF-8 documents with an XML declaration (standalone="no", as real files have). What was read is written so that
/// reading it again gives an equal value, whatever elements it had.
std::string write_answer(const OqsAnswer& answer);
std::string write_request(const OqsRequest& request);

enum class Encoding { Utf8, ShiftJis /*CP932*/ };
struct OqsDocument {
    std::string bytes;
    bool characters_replaced = false;  ///< ● stands for characters that the encoding lacks
};
/// In that encoding; CharacterCodeIdentifier says which (0, 1), whatever the answer's header says. Internal: this
/// machine cannot write Shift_JIS.
Result<OqsDocument> write_answer(const OqsAnswer& answer, Encoding encoding);
Result<OqsDocument> write_request(const OqsRequest& request, Encoding encoding);

/// Overwrites every text; call it on every way out once the value was used.
void wipe(OqsAnswer& answer);
void wipe(OqsRequest& request);
void wipe(OtherElements& elements);

}  // namespace uketsuke::net
