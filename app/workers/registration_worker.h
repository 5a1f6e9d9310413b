// The registration thread: asks, while the card is still being read, whether it is registered as a health insurance
// card. Nobody waits for it: an answer that comes late, or not at all, changes nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "app/workers/bounded_queue.h"
#include "app/workers/event_queue.h"
#include "net/eligibility_client.h"

namespace uketsuke::workers {

// run() is the registration thread's whole life; everything else may be called from any thread and returns at once.
class RegistrationWorker {
  public:
    // Takes the service's time, as it has just said it. Registration thread.
    using ServiceTime = std::function<void(std::chrono::sys_seconds)>;

    // A client of its own, with short limits. It must outlive the worker.
    RegistrationWorker(net::EligibilityClient& client, EventQueue& events, ServiceTime service_time)
        : m_client(client), m_events(events), m_service_time(std::move(service_time)) {}

    void run();
    void stop();
    // Newest wins: an earlier card's question is dropped if it has not been sent.
    void ask(core::SessionId session, const std::vector<std::uint8_t>& certificate_der);

  private:
    struct Question {
        core::SessionId session{};
        std::string certificate_sha256;  // lower-case hexadecimal
    };
    net::EligibilityClient& m_client;
    EventQueue& m_events;
    ServiceTime m_service_time;
    BoundedQueue<Question> m_questions{16};
};

}  // namespace uketsuke::workers
