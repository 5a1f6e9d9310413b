#pragma once
// The simulated service without its HTTP: calls in, answers out. Any thread; one call at a time is decided.

#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <random>
#include <string>

#include "net/internal/card_signature.h"
#include "net/internal/simulator_state.h"
#include "net/simulator.h"

namespace uketsuke::net::internal {

struct ServiceCall {
    std::string key;          ///< Idempotency-Key
    std::string signature;    ///< base64
    std::string certificate;  ///< base64
    std::string body;
};

struct ServiceAnswer {
    int status = 200;
    std::string body;
    std::chrono::seconds retry_after{0};  ///< sent when above zero
    Cut cut = Cut::None;                  ///< Before and After: close without an answer
};

class SimulatedService {
  public:
    static Result<std::unique_ptr<SimulatedService>> create(const SimulatorOptions& options);

    ServiceAnswer post(const ServiceCall& call);
    ServiceAnswer ask(const std::string& key);

    void add_person(const SimulatedPerson& person);
    void set_fault(const SimulatorFaults& faults);
    SimulatorFaults fault() const;
    std::vector<ReceivedReception> receptions() const;
    std::string state_json() const;
    std::int64_t calls() const;
    bool wait_for_calls(std::int64_t n, std::chrono::milliseconds limit) const;
    void idle();  ///< writes what waits
    void stop();  ///< ends the waiting of slow answers

  private:
    explicit SimulatedService(const SimulatorOptions& options) : m_options(options), m_chance(options.seed) {}
    /// Waits and decides what the faults do to this call.
    Cut arrive(std::unique_lock<std::mutex>& lock);
    ServiceAnswer take_in(const ServiceCall& call);
    ServiceAnswer answer_of(BookEntry& entry);
    std::string answer_for(const OqsRequest& request, const std::string& serial) const;

    SimulatorOptions m_options;
    StorePtr m_card_store;
    mutable std::mutex m_mutex;
    mutable std::condition_variable m_changed;
    std::map<std::string, SimulatedPerson> m_people;
    SimulatorFaults m_faults;
    ReceptionBook m_book;
    std::mt19937_64 m_chance;
    std::int64_t m_calls = 0;
    bool m_stopping = false;
};

}  // namespace uketsuke::net::internal
