#include "app/workers/webhook_worker.h"

#include <algorithm>
#include <utility>

#include "net/backoff.h"

namespace uketsuke::workers {
namespace {

constexpr std::chrono::milliseconds k_longest_sleep{60'000};
constexpr std::chrono::milliseconds k_shortest_sleep{20};

}  // namespace

WebhookWorker::WebhookWorker(net::Outbox& outbox, net::Webhook* webhook, NoticeSink notice,
                             WebhookWorkerOptions options)
    : m_outbox(outbox), m_webhook(webhook), m_notice(std::move(notice)), m_options(std::move(options)) {}

void WebhookWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    if (m_webhook != nullptr) m_webhook->cancel();
    m_changed.notify_all();
}

void WebhookWorker::wake() {
    const std::lock_guard lock(m_mutex);
    m_work = true;
    m_changed.notify_all();
}

std::optional<WebhookTrouble> WebhookWorker::trouble() const {
    const std::lock_guard lock(m_mutex);
    return m_trouble;
}

bool WebhookWorker::stopping() const {
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

void WebhookWorker::run() {
    if (m_webhook == nullptr) return;
    while (!stopping()) {
        {
            const std::lock_guard lock(m_mutex);
            m_work = false;
        }
        auto next = tell_all();
        if (!next) {
            set_trouble(next.error().where, false);
            pause(std::nullopt);
        }
        sleep(next ? *next : std::nullopt);
    }
}

net::Result<std::optional<net::WallTime>> WebhookWorker::tell_all() {
    for (;;) {
        const auto told = tell_one();
        if (!told) return tl::unexpected(told.error());
        if (!*told) return m_outbox.next_notify_time();
    }
}

net::Result<bool> WebhookWorker::tell_one() {
    if (stopping() || Steady::now() < m_pause_until) return false;
    auto task = m_outbox.next_to_notify(m_options.now());
    if (!task) return tl::unexpected(task.error());
    if (!*task) return false;
    std::string body = net::webhook_body(**task, m_options.covers);
    net::wipe(**task);
    const std::string key = (*task)->summary.id.text() + ":" + std::to_string((*task)->version);
    const auto at = std::chrono::floor<std::chrono::seconds>(m_options.now());
    const net::WebhookResult result = m_webhook->post(key, body, at);
    net::wipe(body);
    // Cut off by stop(), nothing is known: it is told again after the next start, under the same key.
    if (stopping() && result.status == 0) return false;
    return record(**task, result).map([] { return true; });
}

net::Result<void> WebhookWorker::record(const net::NotifyTask& task, const net::WebhookResult& result) {
    const net::RequestId& id = task.summary.id;
    switch (result.reply) {
        case net::WebhookReply::Taken:
            over();
            return m_outbox.notified(id, task.version);
        case net::WebhookReply::TryLater: {
            set_trouble(result.why, false);
            pause(result.retry_after);
            const auto wait = net::backoff_delay(task.attempts + 1, m_options.random(), result.retry_after);
            return m_outbox.notify_later(id, task.version, m_options.now() + wait);
        }
        case net::WebhookReply::Refused:
            m_notice(
                NoticeLevel::Warning,
                "request " + id.text() + ": the clinic's own system refuses to be told of it (" + result.why + ")");
            set_trouble(result.why, true);
            return m_outbox.notify_later(id, task.version, std::nullopt);
    }
    return {};
}

// Whatever else waits meets the same system: one probe at a time.
void WebhookWorker::pause(std::optional<std::chrono::seconds> wish) {
    m_pause_until = Steady::now() + net::backoff_delay(std::min(++m_failures, 5), m_options.random(), wish);
}

void WebhookWorker::set_trouble(std::string what, bool refused) {
    bool news = false;
    {
        const std::lock_guard lock(m_mutex);
        news = !m_trouble || m_trouble->refused;
        const net::WallTime since = m_trouble ? m_trouble->since : m_options.now();
        m_trouble = WebhookTrouble{what, since, refused};
    }
    if (news && !refused) m_notice(NoticeLevel::Warning, "the clinic's own system cannot be told: " + what);
}

void WebhookWorker::over() {
    m_failures = 0;
    m_pause_until = {};
    {
        const std::lock_guard lock(m_mutex);
        if (!m_trouble) return;
        m_trouble.reset();
    }
    m_notice(NoticeLevel::Info, "the clinic's own system is told again");
}

void WebhookWorker::sleep(const std::optional<net::WallTime>& next) {
    auto wait = k_longest_sleep;
    if (next) wait = std::clamp(*next - m_options.now(), k_shortest_sleep, k_longest_sleep);
    const auto paused = std::chrono::ceil<std::chrono::milliseconds>(m_pause_until - Steady::now());
    // While it is away, an arrival is no reason to look for it.
    const bool patient = paused.count() > 0;
    if (patient) wait = std::min(paused, k_longest_sleep);
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, wait, [&] { return (m_work && !patient) || m_stopping; });
}

}  // namespace uketsuke::workers
