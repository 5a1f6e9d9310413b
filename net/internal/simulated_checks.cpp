#include "net/internal/simulated_checks.h"

#include <sodium.h>

#include <algorithm>
#include <array>

#include "net/internal/hex.h"
#include "net/internal/sha256.h"
#include "net/wall_time.h"

namespace uketsuke::net::internal {
namespace {

constexpr std::chrono::hours longest_visit{1};

template <class Request>
auto consents_of(Request& request) {
    return std::array{&request.operation, &request.pharmacists, &request.diagnosis, &request.health_checkup};
}

bool is_attested(Method method, const SignedParts& parts, const std::vector<std::uint8_t>& terminal) {
    if (parts.attestation.size() != crypto_sign_BYTES || terminal.size() != crypto_sign_PUBLICKEYBYTES) return false;
    const std::string text = attested_text(method, parts.body);
    return crypto_sign_verify_detached(parts.attestation.data(), reinterpret_cast<const unsigned char*>(text.data()),
                                       text.size(), terminal.data()) == 0;
}

std::optional<Refusal> check_attestation(Method method, const SignedParts& parts, const SimulatorOptions& options) {
    switch (method) {
        case Method::Pin:
            if (parts.attestation.empty()) return std::nullopt;
            return Refusal{200, refused::needless, "with a PIN the card itself proves it: no attestation is expected"};
        case Method::Face:
        case Method::Visual:
        case Method::Reinquiry:
        case Method::ConsentRenewal:
        case Method::Withdrawal:
            if (options.terminal_public_key.empty() || is_attested(method, parts, options.terminal_public_key)) {
                return std::nullopt;
            }
            return Refusal{200, refused::attestation, "without a PIN the terminal must attest the method"};
        case Method::Declaration:
            return Refusal{200, refused::attestation, "a self-declaration confirms nobody"};
    }
    return std::nullopt;
}

// At home consents stand as long as the document says, at a counter for a day.
bool stands_as_said(const ConsentTriple& triple, std::chrono::sys_seconds at, const CareWords& words) {
    if (triple.flag != "1") return triple.available_till.empty();
    if (!words.treatment) return triple.available_till == jst_date_time(at + consent_lasts);
    const auto till = parse_jst_date_time(triple.available_till);
    return till && *till > at && jst_date(*till) == words.until;
}

std::optional<Refusal> check_consent(const ConsentTriple& triple, std::chrono::sys_seconds confirmed,
                                     const CareWords& words, const SimulatorOptions& options) {
    if (triple.flag != "0" && triple.flag != "1") {
        return Refusal{200, refused::flag, "a consent is neither 0 nor 1"};
    }
    const auto at = parse_jst_date_time(triple.at);
    if (!at || *at > confirmed + options.clock_tolerance || *at < confirmed - longest_visit) {
        return Refusal{200, refused::consent_time, "a consent was not given within the hour before the confirmation"};
    }
    if (!stands_as_said(triple, *at, words)) {
        return Refusal{200, refused::available_time,
                       "a consent stands for 24 hours, at home until ConsentDateTo, and a refusal for none"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Method> method_of(const std::string& name) {
    for (const Method method :
         {Method::Face, Method::Pin, Method::Visual, Method::Reinquiry, Method::ConsentRenewal, Method::Withdrawal}) {
        if (name == name_of(method)) return method;
    }
    return std::nullopt;
}

std::optional<Refusal> check_signed(const OqsRequest& request, Method method, const SignedParts& parts,
                                    X509* certificate, const SimulatorOptions& options) {
    if (const auto held = check_signature(certificate, parts.body, parts.signature); !held) {
        return Refusal{200, refused::signature, held.error().where};
    }
    if (request.certificate_sha256 != to_hex(sha256(parts.certificate_der))) {
        return Refusal{200, refused::other_certificate, "the document names another certificate"};
    }
    return check_attestation(method, parts, options);
}

std::optional<Refusal> check_institution(const OqsRequest& request, const std::string& client,
                                         const SimulatorOptions& options) {
    const std::string& code = request.header.medical_institution_code;
    if (!options.institution.empty() && code != options.institution) {
        return Refusal{200, refused::institution, "this institution is not served here"};
    }
    if (options.client_is_institution && code != client) {
        return Refusal{200, refused::other_client, "the client certificate is another institution's"};
    }
    return std::nullopt;
}

std::optional<Refusal> check_attested(Method method, const SignedParts& parts, const SimulatorOptions& options) {
    if (!parts.signature.empty() || !parts.certificate_der.empty()) {
        return Refusal{200, refused::needless, "no card is there that could have signed this"};
    }
    return check_attestation(method, parts, options);
}

namespace {

std::optional<Refusal> check_moment(const OqsRequest& request, std::chrono::sys_seconds now,
                                    const SimulatorOptions& options) {
    const auto confirmed = parse_jst_date_time(request.confirmed_at);
    if (!confirmed) return Refusal{400, refused::document, "ConfirmedAt is no moment"};
    if (*confirmed > now + options.clock_tolerance) {
        return Refusal{200, refused::future, "confirmed later than now: is the kiosk's clock ahead?"};
    }
    if (*confirmed < now - options.accept_for) {
        return Refusal{200, refused::stale, "confirmed too long ago to be taken in"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Refusal> check_care_words(const OqsRequest& request, Method method, const CareWords& words,
                                        std::chrono::sys_seconds now, const SimulatorOptions& options) {
    if (auto wrong = check_moment(request, now, options)) return wrong;
    if (!words.treatment) return Refusal{200, refused::flag, "MedicalTreatmentFlag is none that is known"};
    const std::size_t most_bases = method == Method::Withdrawal ? 1 + CarePatient::most_earlier : 1;
    const bool named = !words.bases.empty() && words.bases.size() <= most_bases &&
                       std::all_of(words.bases.begin(), words.bases.end(),
                                   [](const std::string& base) { return RequestId::parse(base).has_value(); });
    if (!named) return Refusal{400, refused::document, "BaseReception is no identifier, or too many"};
    const auto confirmed = parse_jst_date_time(request.confirmed_at).value_or(std::chrono::sys_seconds{});
    for (const ConsentTriple* triple : consents_of(request)) {
        if (triple->flag != "0" && triple->flag != "1") {
            return Refusal{200, refused::flag, "a consent is neither 0 nor 1"};
        }
        if (method != Method::ConsentRenewal) continue;
        if (auto wrong = check_consent(*triple, confirmed, words, options)) return wrong;
    }
    return std::nullopt;
}

std::optional<Refusal> check_times(const OqsRequest& request, std::chrono::sys_seconds now,
                                   const SimulatorOptions& options) {
    if (auto wrong = check_moment(request, now, options)) return wrong;
    const auto confirmed = parse_jst_date_time(request.confirmed_at).value_or(std::chrono::sys_seconds{});
    const CareWords words = care_words(request);
    if (request.limit_application_flag != "0" && request.limit_application_flag != "1") {
        return Refusal{200, refused::flag, "the limit-amount flag is neither 0 nor 1"};
    }
    for (const ConsentTriple* triple : consents_of(request)) {
        if (auto wrong = check_consent(*triple, confirmed, words, options)) return wrong;
    }
    return std::nullopt;
}

Standing standing_of(std::chrono::sys_seconds not_after, std::chrono::sys_seconds confirmed_at) {
    using namespace std::chrono;
    if (confirmed_at <= not_after) return Standing::Good;
    constexpr hours japan{9};
    const year_month_day last{floor<days>(not_after + japan)};
    const sys_seconds end = sys_days{(last.year() / last.month() + months(4)) / 1} - japan;
    return confirmed_at < end ? Standing::EligibilityOnly : Standing::Ended;
}

void answer_consents(OqsRequest& request, Standing standing, std::chrono::sys_seconds now) {
    for (ConsentTriple* triple : consents_of(request)) {
        if (standing != Standing::Good) {
            triple->flag = std::string("0");
            triple->available_till.clear();
        } else if (const auto till = parse_jst_date_time(triple->available_till); till && *till < now) {
            triple->flag = std::string("2");
        }
    }
}

}  // namespace uketsuke::net::internal
