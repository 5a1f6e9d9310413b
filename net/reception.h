#pragma once
// The reception as a value: what the patient confirmed at the kiosk, the exact bytes that the card signs for it, and
// the signed request that is queued and sent. Pure values; owner: whoever holds them; no thread.

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "net/error.h"
#include "net/request_id.h"

namespace uketsuke::net {

enum class Method {
    Face,
    Pin,
    Visual,
    Declaration,  ///< nobody was identified: asked by what a self-declaration says (net/declaration.h)
    // Of a patient in continuing care, without the card (net/care.h):
    Reinquiry,       ///< 再照会: a visit that rests on an earlier one and its consents
    ConsentRenewal,  ///< other consents, or the same for a further term
    Withdrawal,      ///< すべての同意を取消す
};
/// By the terminal's word alone: no card has signed.
constexpr bool without_card(Method method) {
    return method == Method::Reinquiry || method == Method::ConsentRenewal || method == Method::Withdrawal;
}
enum class ConsentItem {
    Operation,            ///< 手術情報
    MedicationDiagnosis,  ///< 診療・薬剤情報 (one question, two OQS triples: DiagnosisInfo and PharmacistsInfo)
    HealthCheckup,        ///< 特定健診情報
};

/// "face", "pin", "visual", "declaration", "reinquiry", "consent-renewal", "withdrawal"
const char* name_of(Method method);
const char* name_of(ConsentItem item);  ///< "operation", "medication_diagnosis", "health_checkup"

struct Consent {
    ConsentItem item = ConsentItem::Operation;
    bool agreed = false;
    std::chrono::sys_seconds at{};  ///< when the patient answered
    bool operator==(const Consent&) const = default;
};

/// What a visit is for: MedicalTreatmentFlag / OQSCD028 (facts §2.3, §2.4).
enum class Treatment : std::uint8_t { Outpatient = 1, HomeVisit = 2, Online = 3 };

/// Of a reception at home (居宅同意取得型): its consents stand for continuing care, not for a day.
struct VisitTerms {
    Treatment treatment = Treatment::HomeVisit;
    std::chrono::sys_seconds consented_until{};
};

struct Reception {
    RequestId id;
    std::string institution_code;  ///< MedicalInstitutionCode, 10 digits
    Method method = Method::Pin;
    std::array<Consent, 3> consents{Consent{ConsentItem::Operation, false, {}},
                                    Consent{ConsentItem::MedicationDiagnosis, false, {}},
                                    Consent{ConsentItem::HealthCheckup, false, {}}};
    bool limit_amount_provided = false;  ///< 限度額情報を提供する
    bool registration_wished = false;  ///< マイナンバーカードを健康保険証として登録する (facts 3.5)
    std::chrono::sys_seconds confirmed_at{};    ///< when the last question was answered
    std::vector<std::uint8_t> certificate_der;  ///< the card's user-authentication certificate
    std::optional<VisitTerms> visit;            ///< empty: at a counter
    /// Several devices of the institution receive patients: the document names the visit as all of them do
    /// (visit_identifier()), so that the service takes it in once.
    bool share_visits = false;
};

/// Consents stand for 24 hours (facts 2.4: AvailableTime = ConsTime + 24 h in a real file).
inline constexpr std::chrono::hours consent_lasts{24};

/// The canonical bytes that the card signs: an OQS XmlMsg request, UTF-8, fixed element order, times in JST. Equal
/// receptions give equal bytes. The same bytes are the HTTP body. Elements whose names are not public OQS vocabulary
/// (confirmation method, moment and certificate digest) stand under MessageBody/ReceptionConfirmation and are ours.
/// Refused with BadOptions: nil id, an institution code that is not 10 digits, consents of a repeated item.
Result<std::string> signed_text(const Reception& reception);

struct SignedRequest {
    RequestId id;
    Method method = Method::Pin;
    std::vector<std::uint8_t> body;             ///< signed_text()
    std::vector<std::uint8_t> signature;        ///< RSA PKCS#1 v1.5 with SHA-256 over body, by the card
    std::vector<std::uint8_t> certificate_der;  ///< who signed
    /// Without a PIN the terminal vouches for the method: its Ed25519 signature over attested_text(). Empty with a PIN.
    std::vector<std::uint8_t> attestation;
    /// yyyyMMdd, where the kiosk has read it from the card, or of a self-declaration: an answer about somebody born on
    /// another day goes to staff. Never sent. Empty: not known.
    std::string holder_birthdate;
    /// encode(Declaration) of a form that came without a reception; the body is then its query_text(), or empty when
    /// too little was said to ask. Kept, never sent.
    std::vector<std::uint8_t> declaration;
    bool operator==(const SignedRequest&) const = default;
};

/// What the terminal signs where the card was opened without its PIN: "uketsuke attestation", the method's name and the
/// SHA-256 of the body, one a line. The real protocol of an approved verifier is not public (facts 6.3).
std::string attested_text(Method method, std::span<const std::uint8_t> body);

/// One self-describing byte string (version, lengths, parts), the plain text of an outbox row. Personal: wipe after
/// use.
std::vector<std::uint8_t> encode(const SignedRequest& request);
/// BadPayload when it is not exactly what encode() writes; every length is bounded before it is believed.
Result<SignedRequest> decode(std::span<const std::uint8_t> bytes);

/// Overwrites everything but the id and the method.
void wipe(SignedRequest& request);

}  // namespace uketsuke::net
