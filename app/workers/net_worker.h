// The net thread: empties the outbox towards the eligibility service.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>

#include "app/workers/event_queue.h"
#include "net/drain.h"
#include "net/eligibility_client.h"
#include "net/outbox.h"

namespace uketsuke::workers {

struct NetWorkerOptions {
    net::DrainOptions drain;
    std::function<net::WallTime()> now;  // any thread
    std::function<double()> random;      // in [0, 1); net thread
};

// run() is the net thread's whole life; everything else may be called from any thread.
class NetWorker {
  public:
    NetWorker(net::Outbox& outbox, net::EligibilityClient& client, EventQueue& events, NoticeSink notice,
              NetWorkerOptions options);

    void run();
    void stop();
    // There is work: a row was added.
    void wake();
    // What waits for want of a network is due now.
    void network_back();

  private:
    void told(const net::DrainStep& step);
    void sleep_until(const std::optional<net::WallTime>& when);

    net::Outbox& m_outbox;
    net::EligibilityClient& m_client;
    EventQueue& m_events;
    NoticeSink m_notice;
    NetWorkerOptions m_options;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_work = false;
    bool m_network_back = false;
    bool m_stopping = false;
};

}  // namespace uketsuke::workers
