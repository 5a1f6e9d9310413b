#include "app/workers/net_worker.h"

#include <algorithm>
#include <utility>

namespace uketsuke::workers {
namespace {

constexpr std::chrono::milliseconds k_longest_sleep{60'000};
constexpr std::chrono::milliseconds k_shortest_sleep{20};

core::Outcome outcome_of(net::Meaning meaning) {
    switch (net::row_of(meaning).patient) {
        case net::PatientReads::Confirmed:
            return core::Outcome::Confirmed;
        case net::PatientReads::ConfirmedLater:
            return core::Outcome::Queued;
        case net::PatientReads::SeeTheDesk:
            return core::Outcome::SeeTheDesk;
    }
    return core::Outcome::Queued;
}

}  // namespace

NetWorker::NetWorker(net::Outbox& outbox, net::EligibilityClient& client, EventQueue& events, NoticeSink notice,
                     NetWorkerOptions options)
    : m_outbox(outbox),
      m_client(client),
      m_events(events),
      m_notice(std::move(notice)),
      m_options(std::move(options)) {}

void NetWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_client.cancel();
    m_changed.notify_all();
}

void NetWorker::wake() {
    const std::lock_guard lock(m_mutex);
    m_work = true;
    m_changed.notify_all();
}

void NetWorker::network_back() {
    const std::lock_guard lock(m_mutex);
    m_network_back = true;
    m_work = true;
    m_changed.notify_all();
}

void NetWorker::run() {
    while (true) {
        bool back = false;
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping) break;
            m_work = false;
            back = std::exchange(m_network_back, false);
        }
        if (back) {
            if (const auto due = m_outbox.make_all_due(m_options.now()); !due) {
                m_notice(NoticeLevel::Error, due.error().where);
            }
        }
        auto step = net::drain_once(m_outbox, m_client, m_options.now(), m_options.random(), m_options.drain);
        told(step);
        if (step.answer) net::wipe(*step.answer);
        const bool busy = step.outcome == net::DrainOutcome::Delivered ||
                          step.outcome == net::DrainOutcome::Processing ||
                          step.outcome == net::DrainOutcome::NeedsStaff;
        if (busy) continue;
        if (const auto settled = m_outbox.settle(); !settled) m_notice(NoticeLevel::Error, settled.error().where);
        if (step.outcome == net::DrainOutcome::Idle) {
            if (const auto purged = m_outbox.purge(m_options.now()); !purged) {
                m_notice(NoticeLevel::Error, purged.error().where);
            }
        }
        sleep_until(step.next_call);
    }
}

void NetWorker::told(const net::DrainStep& step) {
    if (step.error) m_notice(NoticeLevel::Warning, "service: " + step.error->where);
    if (!step.id) return;
    const core::RequestId request{step.id->text()};
    switch (step.outcome) {
        case net::DrainOutcome::Delivered:
        case net::DrainOutcome::NeedsStaff:
            m_notice(NoticeLevel::Info, "request " + request.text + ": " + net::name_of(step.meaning));
            m_events.post(core::event::Answered{request, outcome_of(step.meaning)});
            return;
        case net::DrainOutcome::Processing:
        case net::DrainOutcome::Postponed:
            // The patient need not wait for a service that has already said, or shown, that it takes longer.
            m_notice(NoticeLevel::Info, "request " + request.text + ": " + net::name_of(step.outcome));
            m_events.post(core::event::Answered{request, core::Outcome::Queued});
            return;
        case net::DrainOutcome::Idle:
        case net::DrainOutcome::Cancelled:
        case net::DrainOutcome::Storage:
            return;
    }
}

void NetWorker::sleep_until(const std::optional<net::WallTime>& when) {
    auto wait = k_longest_sleep;
    if (when) wait = std::clamp(*when - m_options.now(), k_shortest_sleep, k_longest_sleep);
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, wait, [&] { return m_work || m_stopping; });
}

}  // namespace uketsuke::workers
