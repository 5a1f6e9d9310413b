#pragma once
// The eligibility service, simulated: HTTPS on a loopback port with a certificate made at start, people in a table,
// faults by call or by HTTP, and the same contract as the service we would talk to (one reception per Idempotency-Key).
// It is a product for training and demonstrations as much as a tool for tests. It holds no real person.
//   POST /receptions, GET /receptions/<id>   the service; face and visual carry Uketsuke-Attestation, base64
//                  A re-inquiry carries the attestation alone. One visit (VisitIdentifier) that several devices receive
//                  is one reception: the later ones are answered with the person's results and SIM-I0002
//   POST /consents renewals and withdrawals (net/care.h), attested alone
//   GET  /continuing-care   the patients of the institution that Uketsuke-Institution names (net/internal/care_list.h),
//                  as their next visit would be answered
//   GET  /devices/<device>   204, or 410 for one that was reported as lost;  POST /devices {"device":"…","lost":true}
//                  reports it. A call that names a lost device is answered with Uketsuke-Device-Standing: lost
//   GET  /registrations/<sha256 of the certificate>   MessageBody/HealthCardRegistration 1 or 2, 404 for a card that
//                  never called; with an Uketsuke-Certificate header (base64 DER) for any card
//   POST /queries  an OQSsiquc01req document, by the insurer's number, the person's number and the birth date; or with
//                  a DeclaredPerson (net/declaration.h) by the birth date and the kana or the name, whatever their
//                  blanks, widths and variants: 4 when it is nobody's, 5 when it is two persons'
//   POST /faults   a JSON object with the keys of SimulatorFaults as faults_json() names them; keys left out become
//                  "no fault". A browser's call is taken only from the page of this simulator
//   GET  /state    what was received, as the state file has it;  GET /   the same as a page, with a form for the faults
// What it refuses and under which code: net/internal/simulated_checks.h.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "net/error.h"
#include "net/oqs_xml.h"
#include "net/reception.h"
#include "net/wall_time.h"

namespace uketsuke::net {

enum class Cut {
    None,
    Before,  ///< closes the connection before the request is taken in
    After,   ///< takes the request in, then closes without an answer
    Half,    ///< takes it in, sends half of the answer, then closes
};

enum class Expired {
    None,
    Card,           ///< the insured card ended yesterday although the answer says valid
    Qualification,  ///< the insurance ended yesterday: QualificationValidity 2
};

/// Queries with a DeclaredPerson meet them all but other_request and shift_jis; of those by numbers only duplicate,
/// black_circles and expired change the answer.
/// What answers say (answer_as, duplicate, black_circles, expired) is decided when a key is first received, as the same
/// key always gets its first answer; how it is sent (the others) is decided at each call.
struct SimulatorFaults {
    bool down = false;                  ///< every service call is closed without an answer
    std::chrono::milliseconds slow{0};  ///< waits before it answers
    double flaky = 0.0;                 ///< part of the calls that are cut at a random place (before, after, half)
    int processing = 0;                 ///< that many answers of a request are 処理中 first; -1: until cleared
    std::string error;                  ///< OQS error with this code, SegmentOfResult 9; nothing is taken in
    Cut cut = Cut::None;
    int status = 0;  ///< answers this HTTP status (503, 429…); nothing is taken in
    std::chrono::seconds retry_after{1};
    bool retry_after_as_date = false;  ///< Retry-After as an HTTP date by the service's clock
    bool duplicate = false;            ///< every result twice
    std::string answer_as;             ///< the id of the person that every card is answered as
    /// Sends the answer document of an earlier key; while there is none, its own under another identifier.
    bool other_request = false;
    bool shift_jis = false;
    int black_circles = 0;  ///< every n-th character of names and addresses is ●
    Expired expired = Expired::None;
    std::chrono::seconds clock{0};  ///< how far the service's clock is ahead; negative: behind
    bool operator==(const SimulatorFaults&) const = default;
};

/// The object that POST /faults takes: {"down":bool,"slow_ms":n,"flaky":p,"processing":n,"error":"CODE",
/// "cut":"none|before|after|half","status":503,"retry_after":s,"retry_after_as_date":bool,"duplicate":bool,
/// "answer_as":"ID","other_request":bool,"shift_jis":bool,"black_circles":n,"expired":"none|card|qualification",
/// "clock":s}
std::string faults_json(const SimulatorFaults& faults);

/// A person the service knows, by the serials of the cards' certificates (hexadecimal, any case, leading zeros
/// ignored). Dates in results may be written "today", "today-92" and "today+30": days from the service's own day.
struct SimulatedPerson {
    std::string serial;  ///< of the card; empty: only to be answered as
    QualificationValidity validity = QualificationValidity::Valid;
    std::vector<QualificationResult>
        results;                  ///< what it answers; consents and identifiers are filled from the request
    std::string processing_code;  ///< side information, e.g. a certificate that expires soon
    std::string processing_message;
    std::string id;                          ///< of people_file; empty: none
    std::string label;                       ///< what this person shows
    std::vector<std::string> other_serials;  ///< further cards, a telephone
    bool registered = true;     ///< as a health insurance card; else answered 4 until a reception wishes it
    bool shift_jis = false;     ///< answered in Shift_JIS
    int black_circles = 0;      ///< as the fault
    std::string error_code;     ///< answered with SegmentOfResult 9 and this code
    std::string error_message;  ///< beside it
    /// Answered as this person, name, kana, birth date, sex and address that results leave empty are those of the
    /// card's own person; not the elements named here, which stay empty.
    std::vector<std::string> blanks;
};

enum class UnknownPerson { Valid, NotFound };

struct SimulatorOptions {
    std::string bind = "127.0.0.1";
    int port = 0;                       ///< 0: any free one
    std::filesystem::path state_file;   ///< empty: none. Read at start, so that known keys stay known
    std::filesystem::path people_file;  ///< TOML, its keys in assets/eligibility/README.md; empty: none
    std::string card_ca_pem;            ///< empty: any issuer is accepted, the signature is still checked
    bool check_signatures = true;       ///< false: neither signature nor attestation
    bool require_client_certificate = false;
    std::string institution;             ///< 10 digits: the only MedicalInstitutionCode served; empty: any
    bool client_is_institution = false;  ///< the client certificate's CN must be the document's MedicalInstitutionCode
    std::vector<std::uint8_t> terminal_public_key;    ///< Ed25519, 32 bytes: of the attestations; empty: not checked
    std::chrono::seconds clock_tolerance{300};        ///< how far a kiosk's clock may be ahead
    std::chrono::seconds accept_for{14 * 24 * 3600};  ///< since ConfirmedAt: queues wait for days
    UnknownPerson unknown_person = UnknownPerson::Valid;
    std::uint64_t seed = 1;         ///< of the flaky fault
    std::function<WallTime()> now;  ///< called on any thread; empty: the system's clock
};

struct ReceivedReception {
    std::string key;
    Method method = Method::Pin;
    std::string person;  ///< certificate serial, lower-case hexadecimal in whole bytes
    std::vector<Consent> consents;
    bool limit_amount_provided = false;
    int times_received = 0;  ///< how often this key was sent with these bytes
    bool registration_wished = false;
    std::string institution;
    std::chrono::sys_seconds confirmed_at{};  ///< at the kiosk
    std::chrono::sys_seconds received_at{};   ///< first, by the service's clock
    std::string base;                         ///< of a request without a card: what it rests on
    std::string visit;                        ///< VisitIdentifier, or empty
    struct OtherKey {
        std::string key;
        int times_received = 0;
        bool operator==(const OtherKey&) const = default;
    };
    std::vector<OtherKey> other_keys;  ///< under which the same visit came, too
};

/// A question of a receipt computer, or of a self-declaration.
struct ReceivedQuery {
    std::string key;
    bool declared = false;  ///< by what somebody said, not by numbers
    std::string asked;      ///< for the page; not kept in the state file
    std::string found;      ///< the ids of whom it was answered as, divided by blanks; empty: nobody, or one without
    QualificationValidity validity = QualificationValidity::Missing;
    int times_received = 0;                  ///< how often this key was sent with these bytes
    std::chrono::sys_seconds received_at{};  ///< first, by the service's clock
};

/// A call that was not taken in.
struct RefusedCall {
    std::string key;  ///< as sent, at most 64 characters
    std::string code;
    std::string message;
    std::chrono::sys_seconds at{};
};

/// create() binds the port; run() serves on the caller's thread (cpp-httplib adds its own worker pool) until stop(),
/// which any thread may call. Every other member is for any thread. Destroy after run() returned.
class EligibilitySimulator {
  public:
    /// BadOptions: an option that cannot work; with file and line where the people file is wrong.
    static Result<std::unique_ptr<EligibilitySimulator>> create(const SimulatorOptions& options);
    ~EligibilitySimulator();
    EligibilitySimulator(const EligibilitySimulator&) = delete;
    EligibilitySimulator& operator=(const EligibilitySimulator&) = delete;

    void run();
    void stop();

    int port() const;
    std::string url() const;     ///< "https://127.0.0.1:<port>"
    std::string ca_pem() const;  ///< what a client must trust
    /// A client certificate and key (PEM) that this simulator accepts, made on each call; `name` is its CN.
    Result<std::pair<std::string, std::string>> issue_client_identity(const std::string& name) const;

    /// Takes the place of whoever had this id or one of these serials.
    void add_person(const SimulatedPerson& person);
    std::vector<SimulatedPerson> people() const;
    /// That a card with this certificate (DER) exists, so that /registrations answers for a card that never called. A
    /// reception and a certificate header make it known, too. BadPayload: it is no certificate.
    Result<void> introduce_card(std::span<const std::uint8_t> certificate_der);
    /// BadOptions for a value out of its range or an unknown answer_as; the faults then stay as they were.
    Result<void> set_fault(const SimulatorFaults& faults);
    SimulatorFaults fault() const;
    std::vector<ReceivedReception> receptions() const;
    /// Renewals and withdrawals, in order of arrival.
    std::vector<ReceivedReception> consent_calls() const;
    std::vector<ReceivedQuery> queries() const;  ///< the latest 10,000, in order of arrival
    std::vector<RefusedCall> refused() const;    ///< the latest 200, oldest first
    /// What the clinic reports of its tablet.
    void set_device_lost(const std::string& device, bool lost);
    bool is_device_lost(const std::string& device) const;
    std::string state_json() const;
    /// Calls to the service so far, whatever became of them.
    std::int64_t calls() const;
    /// Blocks until calls() ≥ n, or the limit passed; true when it was reached.
    bool wait_for_calls(std::int64_t n, std::chrono::milliseconds limit) const;

    struct Parts;

  private:
    explicit EligibilitySimulator(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::net
