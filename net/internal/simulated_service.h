#pragma once
// The simulated service without its HTTP: calls in, answers out. Any thread; one call at a time is decided.

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>

#include "net/care.h"
#include "net/internal/card_signature.h"
#include "net/internal/simulated_checks.h"
#include "net/internal/simulator_state.h"
#include "net/simulator.h"

namespace uketsuke::net::internal {

struct ServiceCall {
    std::string key;          ///< Idempotency-Key
    std::string signature;    ///< base64
    std::string certificate;  ///< base64
    std::string attestation;  ///< base64, or empty
    std::string client;       ///< CN of the connection's certificate, empty without one
    std::string body;
    bool about_consents = false;  ///< POST /consents
};

struct ServiceAnswer {
    int status = 200;
    std::string body;
    std::string retry_after;  ///< sent when not empty
    Cut cut = Cut::None;      ///< Before and After: close without an answer
};

/// "Sun, 06 Nov 1994 08:49:37 GMT", as RFC 9110 spells moments.
std::string http_date(std::chrono::sys_seconds at);

class SimulatedService {
  public:
    static Result<std::unique_ptr<SimulatedService>> create(const SimulatorOptions& options);

    ServiceAnswer post(const ServiceCall& call);
    ServiceAnswer ask(const std::string& key);
    /// `certificate` is base64 DER, or empty.
    ServiceAnswer registration(const std::string& certificate_sha256, const std::string& certificate);
    ServiceAnswer query(const std::string& key, const std::string& document);

    /// The institution's patients; `client` as in ServiceCall.
    ServiceAnswer continuing_care(const std::string& institution, const std::string& client);
    ServiceAnswer device(const std::string& device);
    void set_device_lost(const std::string& device, bool lost);
    bool is_device_lost(const std::string& device) const;

    void add_person(const SimulatedPerson& person);
    std::vector<SimulatedPerson> people() const;
    Result<void> introduce_card(std::span<const std::uint8_t> certificate_der);
    Result<void> set_fault(const SimulatorFaults& faults);
    SimulatorFaults fault() const;
    std::vector<ReceivedReception> receptions() const;
    std::vector<ReceivedReception> consent_calls() const;
    std::vector<ReceivedQuery> queries() const;
    std::vector<RefusedCall> refused() const;
    std::string state_json() const;
    std::int64_t calls() const;
    bool wait_for_calls(std::int64_t n, std::chrono::milliseconds limit) const;
    std::chrono::sys_seconds now() const;  ///< by the service's clock, its fault included
    void idle();                           ///< writes what waits
    void stop();                           ///< ends the waiting of slow answers

    struct ReadCall;

  private:
    using Person = std::shared_ptr<const SimulatedPerson>;

    explicit SimulatedService(const SimulatorOptions& options) : m_options(options), m_chance(options.seed) {}

    /// Waits and decides what the faults do to this call; an answer that is complete already has a status or a cut.
    std::optional<ServiceAnswer> arrive(std::unique_lock<std::mutex>& lock, const std::string& key, Cut& cut);
    ServiceAnswer take_in(const ServiceCall& call);
    ServiceAnswer refuse(const std::string& key, const Refusal& refusal);
    static tl::expected<ReadCall, Refusal> read(const ServiceCall& call);
    std::optional<Refusal> check(const ServiceCall& call, const ReadCall& parts, X509* certificate) const;
    BookEntry& enter(const ReadCall& parts, X509* certificate);  ///< into the book, with its answer
    BookEntry& enter_as(const ReadCall& parts, const OqsRequest& request, const std::string& person);
    std::optional<Refusal> check_care(const ServiceCall& call, const ReadCall& parts) const;
    BookEntry& enter_care(const ReadCall& parts);  ///< a request without a card
    /// Keeps what later visits rest on. False: its consents were withdrawn already.
    bool take_base(const OqsRequest& request, const std::string& person, Method method);
    CarePatient listed(const CareBase& base);
    ServiceAnswer answer_of(BookEntry& entry);
    ServiceAnswer sent(std::string document, bool shift_jis) const;
    std::string answer_for(const OqsRequest& request, const std::string& serial, bool again);
    ServiceAnswer answer_query(const std::string& key, const std::string& document);
    /// Finds whom a query is about, and its first answer. A refusal: what is wrong with it.
    std::optional<Refusal> decide(QueryEntry& entry, const OqsRequest& request) const;
    ServiceAnswer answer_of(QueryEntry& entry);
    std::vector<const SimulatedPerson*> everybody() const;

    Person person_of(const std::string& serial) const;  ///< null: not in the table
    Person person_called(const std::string& id) const;
    std::chrono::sys_seconds service_time() const;
    std::string retry_after() const;

    SimulatorOptions m_options;
    StorePtr m_card_store;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::vector<Person> m_people;
    std::map<std::string, Person> m_by_serial;
    SimulatorFaults m_faults;
    ReceptionBook m_book;
    std::mt19937_64 m_chance;
    std::int64_t m_calls = 0;
    bool m_stopping = false;
};

}  // namespace uketsuke::net::internal
