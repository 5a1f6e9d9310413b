// The registration thread: asks, while the card is still being read, whether it is registered as a health insurance
// card. Nobody waits for it: an answer that comes late, or not at all, changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/workers/bounded_queue.h"
#include "app/workers/event_queue.h"
#include "net/eligibility_client.h"

namespace uketsuke::workers {

// run() is the registration thread's whole life; everything else may be called from any thread and returns at once.
class RegistrationWorker {
  public:
    // A client of its own, with short limits. It must outlive the worker.
    RegistrationWorker(net::EligibilityClient& client, EventQueue& events) : m_client(client), m_events(events) {}

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
    BoundedQueue<Question> m_questions{16};
};

}  // namespace uketsuke::workers
