#pragma once
// The eligibility service, simulated: HTTPS on a loopback port with a certificate made at start, people in a table,
// faults by call or by HTTP, and the same contract as the service we would talk to (one reception per Idempotency-Key).
// It is a product for training and demonstrations as much as a tool for tests. It holds no real person.
//   POST /receptions, GET /receptions/<id>   the service
//   POST /faults   {"down":bool,"slow_ms":n,"flaky":p,"processing":n,"error":"CODE","cut":"none|before|after|half",
//                   "status":503,"retry_after":s}   keys left out become "no fault"
//   GET  /state    what was received, as the state file has it;  GET /   the same as a page

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "net/error.h"
#include "net/oqs_xml.h"
#include "net/reception.h"

namespace uketsuke::net {

enum class Cut {
    None,
    Before,  ///< closes the connection before the request is taken in
    After,   ///< takes the request in, then closes without an answer
    Half,    ///< takes it in, sends half of the answer, then closes
};

struct SimulatorFaults {
    bool down = false;                  ///< every service call is closed without an answer
    std::chrono::milliseconds slow{0};  ///< waits before it answers
    double flaky = 0.0;                 ///< part of the calls that are cut at a random place (before, after, half)
    int processing = 0;                 ///< that many answers of a request are 処理中 first; -1: until cleared
    std::string error;                  ///< OQS error with this code, SegmentOfResult 9; nothing is taken in
    Cut cut = Cut::None;
    int status = 0;  ///< answers this HTTP status (503, 429…); nothing is taken in
    std::chrono::seconds retry_after{1};
};

/// A person the service knows, by the serial of the card's certificate.
struct SimulatedPerson {
    std::string serial;  ///< hexadecimal, any case, leading zeros ignored
    QualificationValidity validity = QualificationValidity::Valid;
    std::vector<QualificationResult>
        results;                  ///< what it answers; consents and identifiers are filled from the request
    std::string processing_code;  ///< side information, e.g. a certificate that expires soon
    std::string processing_message;
};

enum class UnknownPerson { Valid, NotFound };

struct SimulatorOptions {
    std::string bind = "127.0.0.1";
    int port = 0;                      ///< 0: any free one
    std::filesystem::path state_file;  ///< empty: none. Read at start, so that known keys stay known
    std::string card_ca_pem;           ///< empty: any issuer is accepted, the signature is still checked
    bool check_signatures = true;
    bool require_client_certificate = false;
    UnknownPerson unknown_person = UnknownPerson::Valid;
    std::uint64_t seed = 1;  ///< of the flaky fault
};

struct ReceivedReception {
    std::string key;
    Method method = Method::Pin;
    std::string person;  ///< certificate serial, lower-case hexadecimal in whole bytes
    std::vector<Consent> consents;
    bool limit_amount_provided = false;
    int times_received = 0;  ///< how often this key was sent with these bytes
};

/// create() binds the port; run() serves on the caller's thread (cpp-httplib adds its own worker pool) until stop(),
/// which any thread may call. Every other member is for any thread. Destroy after run() returned.
class EligibilitySimulator {
  public:
    static Result<std::unique_ptr<EligibilitySimulator>> create(const SimulatorOptions& options);
    ~EligibilitySimulator();
    EligibilitySimulator(const EligibilitySimulator&) = delete;
    EligibilitySimulator& operator=(const EligibilitySimulator&) = delete;

    void run();
    void stop();

    int port() const;
    std::string url() const;     ///< "https://127.0.0.1:<port>"
    std::string ca_pem() const;  ///< what a client must trust
    /// A client certificate and key (PEM) that this simulator accepts, made on each call.
    Result<std::pair<std::string, std::string>> issue_client_identity(const std::string& name) const;

    void add_person(const SimulatedPerson& person);
    void set_fault(const SimulatorFaults& faults);
    SimulatorFaults fault() const;
    std::vector<ReceivedReception> receptions() const;
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
