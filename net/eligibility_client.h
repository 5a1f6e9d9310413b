#pragma once
// The eligibility service over HTTPS (libcurl): one request, one answer, as values.
//   POST <url>/receptions        body: the signed document; Idempotency-Key, Uketsuke-Signature, Uketsuke-Certificate,
//                                and without a PIN Uketsuke-Attestation (each base64 but the key)
//   GET  <url>/receptions/<id>   asks for the answer of a request that is 処理中
//   GET  <url>/registrations/<sha256 of the certificate>   whether the card is registered as a health insurance card
//   POST <url>/receptions        a re-inquiry (net/care.h): attested, no card's signature or certificate
//   POST <url>/consents          a renewal or withdrawal, likewise; answered as /receptions
//   GET  <url>/continuing-care   the institution's patients in continuing care (net/internal/care_list.h);
//                                Uketsuke-Institution names it
//   GET  <url>/devices/<device>  204: nothing is wrong; 410: the clinic has reported it as lost
//   POST <url>/queries           body: an OQSsiquc01req document of a receipt computer, or a self-declaration's
//                                (net/declaration.h); Idempotency-Key
// With ServiceOptions::device every call carries Uketsuke-Device, and any answer may carry Uketsuke-Device-Standing.
// TLS 1.2 or newer, the given CA and no other, no redirect, no proxy from the environment, bounded answers, connections
// kept.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/care.h"
#include "net/error.h"
#include "net/oqs_xml.h"
#include "net/reception.h"

namespace uketsuke::net {

struct ServiceOptions {
    std::string url;                           ///< "https://host:port", no trailing slash needed
    std::string ca_pem;                        ///< the CA that the service must show; used when ca_file is empty
    std::filesystem::path ca_file;             ///< or from this file
    std::filesystem::path client_certificate;  ///< PEM chain; empty: no client certificate
    std::filesystem::path client_key;          ///< PEM
    std::string client_key_uri;                ///< or "pkcs11:…" (RFC 7512), a key that never leaves its token;
                                               ///< needs Debian's libengine-pkcs11-openssl
    std::filesystem::path pkcs11_module;       ///< the token's library; empty: the one p11-kit finds
    std::filesystem::path pkcs11_pin_file;  ///< first line: the token's PIN, mode 0600; empty: the URI has it, or none
    std::string client_certificate_pem;     ///< or from memory (the embedded simulator)
    std::string client_key_pem;
    std::chrono::milliseconds connect_limit{5'000};
    std::chrono::milliseconds total_limit{30'000};
    std::chrono::seconds low_speed_limit{10};  ///< slower than 16 bytes a second for this long: Timeout
    std::size_t answer_limit = 1u << 20;       ///< bytes
    /// Sent with every call as Uketsuke-Device (Keyring::device()): letters, digits and hyphens; empty: none.
    std::string device;
    /// MedicalInstitutionCode, 10 digits, of what is asked without a document: continuing_care(); empty: nothing is.
    std::string institution_code;
};

enum class ReplyKind {
    Answered,    ///< the service decided; `answer` is complete and its validity says what it means
    Processing,  ///< 処理中: accepted, ask later
    TryLater,    ///< overloaded or failing (408, 429, 5xx): send the same key again
    UnknownKey,  ///< to ask(): the service never got it; send
    Refused,     ///< it will never be accepted as it is (OQS error, 4xx): staff
};
const char* name_of(ReplyKind kind);

/// Where the time of a call went.
struct CallTiming {
    std::chrono::microseconds connect{0};  ///< name, TCP and TLS; 0: a kept connection
    std::chrono::microseconds answer{
        0};  ///< from the request's end to the answer's end: the service, and the way there
    bool operator==(const CallTiming&) const = default;
};

/// What came with an answer besides its body, as received.
struct ReplyHead {
    int status = 0;
    std::string retry_after;  ///< seconds, or a date, which is measured from `date` and never from our own clock
    std::string date;         ///< HTTP date of the service
    int http_version = 0;     ///< 10, 11, 20
    CallTiming timing{};
    bool device_lost = false;  ///< Uketsuke-Device-Standing: lost
};

enum class Registration { Registered, NotRegistered, Unknown };

struct RegistrationReply {
    Registration registration = Registration::Unknown;
    std::optional<std::chrono::sys_seconds> service_time;  ///< as Reply::service_time
};

struct Reply {
    ReplyKind kind = ReplyKind::TryLater;
    int http_status = 0;
    int http_version = 0;  ///< what was negotiated: 10, 11, 20
    CallTiming timing{};
    std::optional<std::chrono::seconds> retry_after;       ///< the service's wish, bounded to an hour
    std::optional<std::chrono::sys_seconds> service_time;  ///< its Date header: what a wrong clock is found by
    std::string code;                                      ///< the service's ErrorCode or ProcessingResultCode, else ""
    std::string message;                 ///< its text, at most 200 characters; may go to staff, not to a log
    std::optional<OqsAnswer> answer;     ///< parsed, when the body was a readable document
    std::vector<std::uint8_t> document;  ///< the body as it came; personal
    /// Uketsuke-Device-Standing: lost. The clinic wants everything here destroyed. An answer that would have been an
    /// error is a Reply then, TryLater.
    bool device_lost = false;
};

/// Of continuing_care(). Personal: wipe() after use.
struct CareReply {
    std::vector<CarePatient> patients;
    bool device_lost = false;  ///< as Reply; there is nobody in the list then
};
void wipe(CareReply& reply);

/// One client, one thread at a time for send() and ask(); cancel() from any thread. Keeps its connections between
/// calls.
class EligibilityClient {
  public:
    /// BadOptions: an url that is not https, no CA; OwnIdentity: a client certificate that cannot be read, or a token
    /// without the key (or the token itself, its library, or its PIN); it is asked once.
    static Result<std::unique_ptr<EligibilityClient>> create(const ServiceOptions& options);
    ~EligibilityClient();
    EligibilityClient(const EligibilityClient&) = delete;
    EligibilityClient& operator=(const EligibilityClient&) = delete;

    /// Errors: NameUnknown, Unreachable, TlsRefused, OwnIdentity, Timeout, Cancelled, BadAnswer, AnswerTooBig. After
    /// any of them the outcome is unknown and the same request must be sent again.
    Result<Reply> send(const SignedRequest& request);
    Result<Reply> ask(const RequestId& id);
    /// Whether the card is registered as a health insurance card; Unknown when the service does not say. For a client
    /// of its own with short limits: it is asked while the patient is at the counter and may be late.
    Result<RegistrationReply> registration(const std::string& certificate_sha256);
    /// A question without a card, passed on as it is. The same id again gives the same answer, and asks for one that
    /// is 処理中.
    Result<Reply> query(const RequestId& id, std::string_view document);

    /// The institution's patients in continuing care, whichever of its devices received them: at most 2,000, in an
    /// answer four times as long as others may be. Errors as send(); BadAnswer also when the service does not tell;
    /// BadOptions: there is no institution_code.
    Result<CareReply> continuing_care();

    /// Whether the clinic has reported this device (ServiceOptions::device) as lost: GET <url>/devices/<device>, which
    /// needs no client certificate, so that a tablet whose tour is closed can ask. Errors as send(); BadOptions: there
    /// is no device.
    Result<bool> device_lost();

    /// The call in progress and every later one returns Cancelled at once, until resume().
    void cancel();
    void resume();

    struct Parts;

  private:
    explicit EligibilityClient(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

/// Reads status, headers and body into a Reply: the pure part of the client, for every byte string without a crash.
Result<Reply> understand_reply(const ReplyHead& head, std::string_view body, bool asked);

}  // namespace uketsuke::net
