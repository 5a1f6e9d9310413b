// The institution's patients in continuing care, fetched from the service and merged into this device's own: what one
// tablet received, renewed or withdrew, the others list.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "app/workers/staff_notes.h"
#include "net/eligibility_client.h"
#include "net/outbox.h"

namespace uketsuke::workers {

// When it is time again, and what is done then. One thread; time always comes in as an argument. It asks at once, then
// whenever the network comes back, and at most every quarter of an hour meanwhile.
class CareFetcher {
  public:
    struct Fetched {
        bool changed = false;
        bool device_lost = false;
        bool cancelled = false;  // still due
    };

    // `relation`: who was not visited for so long is not taken in, since the list would forget them at once.
    CareFetcher(net::Outbox& outbox, net::EligibilityClient& client, NoticeSink notice, std::chrono::days relation);

    void network_back(net::WallTime now);
    // Whether a call about a request reached the service.
    void reached(bool service);
    bool due(net::WallTime now) const;
    // A failure is only noted.
    Fetched fetch(net::WallTime now);

  private:
    void failed(const net::Error& error);

    net::Outbox& m_outbox;
    net::EligibilityClient& m_client;
    NoticeSink m_notice;
    std::chrono::days m_relation;
    std::optional<net::WallTime> m_asked;  // empty: due
    std::optional<net::WallTime> m_next;
    bool m_away = false;  // the last fetch did not reach the service
};

}  // namespace uketsuke::workers
