// The webhook thread: tells the clinic's own system of each reception. A system that is away or slow holds up this
// thread and no other.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "app/workers/event_queue.h"
#include "net/outbox.h"
#include "net/webhook.h"

namespace uketsuke::workers {

struct WebhookWorkerOptions {
    std::function<net::WallTime()> now;    // corrected by the service's; any thread
    std::function<double()> random;        // in [0, 1); webhook thread
    std::function<bool(char32_t)> covers;  // as net::RemarkContext::covers; webhook thread
};

// For staff: plain English, no personal value.
struct WebhookTrouble {
    std::string what;
    net::WallTime since{};
    bool refused = false;  // a message was refused and is not sent again; else all wait for the system
};

// run() is the webhook thread's whole life; everything else may be called from any thread.
class WebhookWorker {
  public:
    // `webhook`: null: the thread ends at once. Everything referred to must outlive the worker.
    WebhookWorker(net::Outbox& outbox, net::Webhook* webhook, NoticeSink notice, WebhookWorkerOptions options);

    void run();
    void stop();
    // There may be something to tell.
    void wake();
    // From the first message that was not taken until the next one that is.
    std::optional<WebhookTrouble> trouble() const;

  private:
    using Steady = std::chrono::steady_clock;

    // Tells of one request. True: at once the next one.
    net::Result<bool> tell_one();
    net::Result<void> record(const net::NotifyTask& task, const net::WebhookResult& result);
    net::Result<std::optional<net::WallTime>> tell_all();
    void pause(std::optional<std::chrono::seconds> wish);
    void set_trouble(std::string what, bool refused);
    void over();
    bool stopping() const;
    void sleep(const std::optional<net::WallTime>& next);

    net::Outbox& m_outbox;
    net::Webhook* m_webhook;
    NoticeSink m_notice;
    WebhookWorkerOptions m_options;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_work = false;
    bool m_stopping = false;
    std::optional<WebhookTrouble> m_trouble;

    // Webhook thread only.
    int m_failures = 0;  // in a row
    Steady::time_point m_pause_until{};
};

}  // namespace uketsuke::workers
