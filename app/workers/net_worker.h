// The net thread: empties the outbox towards the eligibility service, and on a tablet fetches the institution's
// patients in continuing care when there is nothing else to do.
#pragma once

#include <functional>
#include <mutex>

#include "app/core/shown_name.h"
#include "app/workers/care_fetcher.h"
#include "app/workers/event_queue.h"
#include "app/workers/staff_notes.h"
#include "net/drain.h"
#include "net/eligibility_client.h"
#include "net/network_watch.h"
#include "net/outbox.h"

namespace uketsuke::workers {

struct NetWorkerOptions {
    net::DrainOptions drain;
    std::function<net::WallTime()> now;  // any thread
    std::function<double()> random;      // in [0, 1); net thread
    // Takes the service's time, as it has just said it. Net thread.
    std::function<void(std::chrono::sys_seconds)> service_time;
    std::function<void()> delivered;                    // an answer was recorded. Net thread.
    std::function<void(const net::CallTiming&)> timed;  // of each answered call; may be empty. Net thread.
    core::NameDisplay name_display = core::NameDisplay::None;
    bool at_home = false;               // who visits sees what waits, and what became of each patient
    std::chrono::days relation{100};    // at home: as CareOptions
    std::function<void()> device_lost;  // the clinic has reported it. Net thread; may be empty
};

// run() is the net thread's whole life; everything else may be called from any thread.
class NetWorker {
  public:
    NetWorker(net::Outbox& outbox, net::EligibilityClient& client, net::NetworkWatch& network, EventQueue& events,
              StaffNotes& notes, NoticeSink notice, NetWorkerOptions options);

    void run();
    void stop();
    // There is work: a row was added. It waits for no list that is being fetched.
    void wake();
    // What waits for want of a network is due now.
    void network_back();

  private:
    void told(const net::DrainStep& step);
    void note_for_staff(const net::DrainStep& step);
    void look_at_clock();
    void count_waiting();
    bool may_fetch(const net::DrainStep& step) const;
    void fetch_care();
    bool nothing_woke_it(std::chrono::milliseconds within);
    bool quiet(const std::optional<net::WallTime>& next_call);
    void sleep_until(const std::optional<net::WallTime>& when);

    net::Outbox& m_outbox;
    net::EligibilityClient& m_client;
    net::NetworkWatch& m_network;
    EventQueue& m_events;
    StaffNotes& m_notes;
    NoticeSink m_notice;
    NetWorkerOptions m_options;
    std::optional<net::WallTime> m_away_since;             // net thread only
    std::optional<std::chrono::milliseconds> m_clock_gap;  // wall clock minus steady clock; net thread only
    CareFetcher m_care;                                    // net thread only
    std::mutex m_mutex;
    std::optional<std::int64_t> m_waiting;  // as it was told last; net thread only
    bool m_network_back = false;
    bool m_fetching = false;
    bool m_work = false;  // came since the queue was last looked at
    bool m_stopping = false;
};

}  // namespace uketsuke::workers
