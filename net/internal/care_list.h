#pragma once
// The institution's patients in continuing care as the service tells them: the document of GET /continuing-care. How a
// real service tells them is not public (facts 3.6, §7, 12): the document is ours, in the field's words where there are
// any.
//
//   XmlMsg/MessageHeader   ProcessExecutionTime, MedicalInstitutionCode, SegmentOfResult 1
//   XmlMsg/MessageBody/ContinuingCareList/ContinuingCarePatient, any number:
//     BaseReception       the reception or renewal whose consents stand, or stood until they were withdrawn
//     CertificateSha256   of the card
//     Name, NameKana, Birthdate   left out where the service does not know one for certain
//     OperationInfo…, DiagnosisInfo…, SpecificHealthCheckupsInfo…   ConsFlg, ConsTime and, where agreed, AvailableTime;
//                         診療・薬剤情報 is one question, told as DiagnosisInfo. Withdrawn: 0, at the withdrawal's
//                         moment
//     ConsentDateTo       the last day of their term
//     Withdrawn           1 すべての同意を取消す, else 0
//     WithoutPin          1: the base was received without the card's PIN, else 0
//     LastVisit           yyyyMMddHHmmss, from any device
//
// Pure. Personal: wipe() what was read after use.

#include <chrono>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/care.h"
#include "net/error.h"

namespace uketsuke::net::internal {

/// Of a list no more are read, or written.
inline constexpr std::size_t most_listed = 2000;
/// What they fill, at the very most.
inline constexpr std::size_t longest_care_list = std::size_t{4} << 20;

std::string write_care_list(const std::string& institution_code, std::chrono::sys_seconds now,
                            std::span<const CarePatient> patients);
/// Number, latest and result stay as they are in a new CarePatient. A patient of whom anything but the name, the kana
/// and the birth date is missing or no such thing is left out; of those three is left empty what stands there twice, is
/// no birth date, or holds a character that could not be read. BadAnswer, AnswerTooBig: it is no such document, or
/// another institution's.
Result<std::vector<CarePatient>> read_care_list(std::string_view document, const std::string& institution_code);

}  // namespace uketsuke::net::internal
