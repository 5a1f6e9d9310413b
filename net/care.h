#pragma once
// Patients in continuing care (継続的な訪問診療等): their first reception at home, with the card, is what later visits
// without a card (再照会) rest on (facts §3.6). Kept in the outbox's file, sealed row by row, so that a request and
// what it means for the patient reach the disk together or not at all.
//
// How long a consent for visits lasts, and how a re-inquiry names the earlier reception, is not public (facts §7, 12):
// the term is the clinic's to configure, and the documents below are ours. They stay behind care_request() and
// EligibilityClient::send().
//
// Pure values; owner: whoever holds them; no thread. Personal: wipe() after use.

#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/error.h"
#include "net/reception.h"
#include "net/request_id.h"
#include "net/wall_time.h"

namespace uketsuke::net {

enum class CareResult : std::uint8_t {
    Nothing,
    Waiting,  ///< the latest request is on disk and not answered
    Confirmed,
    Conflict,
};

enum class CareConflict : std::uint8_t {
    None,
    ReceivedElsewhere,  ///< this visit, from another device of the institution
    ConsentsWithdrawn,
    ConsentsExpired,
    NoRelation,  ///< the service knows no reception that it could rest on
    NotInsured,
    Refused,  ///< another reason: `number`
};

/// What an answer says of its patient.
struct CareAnswer {
    CareResult result = CareResult::Nothing;
    CareConflict conflict = CareConflict::None;
    int meaning = 0;
    std::string name;  ///< empty: it does not say
    std::string kana;
    std::string birth_date;  ///< yyyyMMdd
    RequestId base;          ///< what the answered request rested on; nil: on the card itself
    std::chrono::sys_seconds at{};
};
void wipe(CareAnswer& answer);

/// A reception that the service did not confirm. Nobody else tells staff of it on a tablet.
struct CareTrouble {
    RequestId request;
    CareConflict conflict = CareConflict::None;
    int meaning = 0;  ///< as CarePatient::meaning
    bool operator==(const CareTrouble&) const = default;
};

/// What visits without a card may rest on: a reception at home with the card, or a renewal, and its consents.
struct CareGrounds {
    RequestId base;
    std::array<Consent, 3> consents{};
    std::chrono::sys_seconds consented_until{};
    bool withdrawn = false;
    bool by_pin = false;
    bool operator==(const CareGrounds&) const = default;
};

struct CarePatient {
    std::int64_t number = 0;  ///< of the row; 0: not kept yet
    std::string name;         ///< as the service said; empty: it has not yet
    std::string kana;
    std::string birth_date;  ///< yyyyMMdd, or empty
    std::string
        certificate_sha256;  ///< of the card; lower-case hexadecimal. Who the patient is, before there is a name
    RequestId base;          ///< the reception or renewal whose consents stand, once the service confirms it
    std::array<Consent, 3> consents{};
    std::chrono::sys_seconds consented_until{};
    bool withdrawn = false;
    bool by_pin = false;      ///< `base` rests on a reception whose card was opened by its PIN
    bool pin_locked = false;  ///< the card's, as on a 顔認証マイナンバーカード: no オンライン診療
    /// What `base` is to take the place of and what stands until the service has confirmed it, the oldest first: at
    /// most `most_earlier`. Refused, `base` gives way to the last of them; the outbox sees to both.
    std::vector<CareGrounds> earlier;
    static constexpr std::size_t most_earlier = 8;
    RequestId latest;  ///< the latest request about this patient
    std::chrono::sys_seconds last_visit{};
    CareResult result = CareResult::Nothing;
    CareConflict conflict = CareConflict::None;
    int meaning = 0;  ///< row of the table of answers (net/meaning.h)
    /// Kept until a later reception is confirmed, or it itself, whatever is answered to renewals and withdrawals.
    std::optional<CareTrouble> trouble;
    bool operator==(const CarePatient&) const = default;
};
void wipe(CarePatient& patient);

/// One self-describing byte string, the plain text of a row, which has its number beside it: decode_care() leaves 0.
/// Of longer texts only as much as is ever shown is kept.
std::vector<std::uint8_t> encode(const CarePatient& patient);
/// BadPayload when it is not exactly what encode() writes; every length, code and moment is bounded.
Result<CarePatient> decode_care(std::span<const std::uint8_t> bytes);

/// What is asked about a patient without the card.
struct CareRequest {
    RequestId id;
    Method method = Method::Reinquiry;  ///< Reinquiry, ConsentRenewal or Withdrawal
    std::string institution_code;
    RequestId base;  ///< as CarePatient::base
    /// Of a withdrawal: whatever else may stand (CarePatient::earlier), for the service may refuse `base`, or hear of
    /// it only later.
    std::vector<RequestId> other_bases;
    Treatment treatment = Treatment::HomeVisit;
    std::string certificate_sha256;     ///< as CarePatient's: for the visit's identifier
    std::array<Consent, 3> consents{};  ///< those that stand; of a renewal the new ones
    std::chrono::sys_seconds consented_until{};
    std::string staff;  ///< who visits: a keyed digest, never a name
    std::chrono::sys_seconds at{};
    bool share_visits = false;  ///< as Reception
};

/// The terminal's signature over a text (card::Attestation::vouch): there is no card to sign.
using Vouch = std::function<Result<std::vector<std::uint8_t>>(std::string_view text)>;

/// The signed request: its document, no card's signature, the terminal's attestation over it. A withdrawal says no
/// to every item. BadOptions: a nil id or base, an institution code that is not 10 digits, another method, consents of
/// a repeated item, other bases where there can be none or more than CarePatient::most_earlier.
Result<SignedRequest> care_request(const CareRequest& request, const Vouch& vouch);

/// What `base` of the patient is now.
CareGrounds grounds_of(const CarePatient& patient);

/// Whether a visit of this patient without a card is possible at this moment: consents that are neither withdrawn nor
/// over.
bool consents_stand(const CarePatient& patient, std::chrono::sys_seconds at);

/// When the patient last decided on their consents: the latest moment of one. A withdrawal says no to every item, at
/// its moment.
std::chrono::sys_seconds decided_at(const CarePatient& patient);

/// What the service keeps of a patient who is known here, and whether it changes anything. The base, the consents,
/// their term and a withdrawal of whichever was decided later hold, the card's PIN with them; the service's withdrawal
/// of the same base holds whatever the clocks say. The last visit is the later one. An empty name, kana or birth date
/// is filled. While the latest request from here waits, nothing else is.
bool learn(CarePatient& kept, const CarePatient& said);

/// Which visit a reception is of: the same for every device of an institution, the counter's too, for one person and
/// Japanese calendar day; an online consultation is a visit of its own. Two receptions on either side of midnight are
/// two visits. Nobody can tell the person from it who has not the certificate. Lower-case hexadecimal.
std::string visit_identifier(const std::string& institution_code, const std::string& certificate_sha256,
                             Treatment treatment, std::chrono::sys_seconds at);

}  // namespace uketsuke::net
