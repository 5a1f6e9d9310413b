#pragma once
// What the simulated service checks before it takes a reception in, and its own refusals; the real list (別紙6-1) is
// not public. Pure; the times come in as arguments.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "net/internal/card_signature.h"
#include "net/internal/care_answer.h"
#include "net/internal/continuing_care.h"
#include "net/simulator.h"

namespace uketsuke::net::internal {

/// Each refusal has a code of its own, so that a test, or a person on the telephone, can name it.
namespace refused {
inline constexpr const char* document = "SIM-E0001";           ///< unreadable; a header that is no UUID, no base64
inline constexpr const char* signature = "SIM-E0002";          ///< not the card's over this document
inline constexpr const char* issuer = "SIM-E0003";             ///< the card is not of the known issuers
inline constexpr const char* other_bytes = "SIM-E0004";        ///< a known key with other bytes
inline constexpr const char* identifier = "SIM-E0005";         ///< the document's identifier is not the key
inline constexpr const char* other_certificate = "SIM-E0006";  ///< the document names another certificate
inline constexpr const char* attestation = "SIM-E0007";        ///< face, visual: none, or not the terminal's
inline constexpr const char* needless = "SIM-E0008";  ///< pin, with an attestation; without a card, with a signature
inline constexpr const char* future = "SIM-E0009";    ///< confirmed later than now
inline constexpr const char* stale = "SIM-E0010";     ///< confirmed too long ago
inline constexpr const char* consent_time = "SIM-E0011";  ///< a consent not within the hour before the confirmation
inline constexpr const char* available_time =
    "SIM-E0012";                                  ///< AvailableTime is not ConsTime + 24 h; at home, not ConsentDateTo
inline constexpr const char* flag = "SIM-E0013";  ///< a flag other than 0 and 1
inline constexpr const char* replayed = "SIM-E0014";      ///< these signed bytes came under another key
inline constexpr const char* card_expired = "SIM-E0015";  ///< past the third month after the certificate's end
inline constexpr const char* institution = "SIM-E0016";   ///< not the institution that is served
inline constexpr const char* other_client = "SIM-E0017";  ///< the client certificate is another institution's
inline constexpr const char* query = "SIM-E0018";         ///< a query without number or birth date
inline constexpr const char* consents_withdrawn = care_code::consents_withdrawn;  ///< SIM-E0019
inline constexpr const char* consents_expired = care_code::consents_expired;      ///< SIM-E0020
inline constexpr const char* no_base = care_code::no_base;                        ///< SIM-E0021
inline constexpr const char* online_visual = care_code::online_visual;            ///< SIM-E0022
}  // namespace refused

struct Refusal {
    int http_status = 200;
    const char* code = "";
    std::string message;  ///< no personal value
};

struct SignedParts {
    std::span<const std::uint8_t> body;
    std::span<const std::uint8_t> signature;
    std::span<const std::uint8_t> certificate_der;
    std::span<const std::uint8_t> attestation;
};

/// Signature, the certificate that the document names, and the attestation that the method asks for.
std::optional<Refusal> check_signed(const OqsRequest& request, Method method, const SignedParts& parts,
                                    X509* certificate, const SimulatorOptions& options);
/// Whom the document is from; `client` is the CN of the connection's certificate, empty without one.
std::optional<Refusal> check_institution(const OqsRequest& request, const std::string& client,
                                         const SimulatorOptions& options);
/// Of a request without a card: the terminal's attestation alone.
std::optional<Refusal> check_attested(Method method, const SignedParts& parts, const SimulatorOptions& options);
/// Its freshness and consents: a renewal's were asked within the hour, a re-inquiry's long before.
std::optional<Refusal> check_care_words(const OqsRequest& request, Method method, const CareWords& words,
                                        std::chrono::sys_seconds now, const SimulatorOptions& options);
/// Freshness, and each consent's flag and times.
std::optional<Refusal> check_times(const OqsRequest& request, std::chrono::sys_seconds now,
                                   const SimulatorOptions& options);

enum class Standing {
    Good,
    EligibilityOnly,  ///< expired, until the end of the third month after the month of expiry (facts 3.4)
    Ended,
};
/// At the moment of the confirmation: a queue that waited does not end a card that was good at the counter.
Standing standing_of(std::chrono::sys_seconds not_after, std::chrono::sys_seconds confirmed_at);

/// The consents as the service answers them: none for a card whose certificate has ended, 2 for one whose time has
/// passed (OQSCD016).
void answer_consents(OqsRequest& request, Standing standing, std::chrono::sys_seconds now);

std::optional<Method> method_of(const std::string& name);

}  // namespace uketsuke::net::internal
