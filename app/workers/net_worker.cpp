#include "app/workers/net_worker.h"

#include <algorithm>
#include <utility>

#include "app/core/masked_name.h"

namespace uketsuke::workers {
namespace {

constexpr std::chrono::milliseconds k_longest_sleep{60'000};
constexpr std::chrono::milliseconds k_shortest_sleep{20};
constexpr std::chrono::milliseconds k_quiet{1'000};
// A connection that was cut once is nobody's concern.
constexpr std::chrono::seconds k_away_after{60};
constexpr std::chrono::seconds k_clock_set_from{30};

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

// What the patient says and staff look up; who is confirmed has nothing to say.
int number_of(net::Meaning meaning) {
    const net::MeaningRow& row = net::row_of(meaning);
    return row.patient == net::PatientReads::Confirmed ? 0 : row.number;
}

// Of the one person whom the service confirmed. Repaired text would show the patient somebody else's name.
core::ShownName name_of(const net::DrainStep& step, core::NameDisplay display) {
    const bool one = step.answer && step.answer->results.size() == 1 && !step.answer->text_repaired;
    if (!one || outcome_of(step.meaning) != core::Outcome::Confirmed) return {};
    return core::shown_name(step.answer->results.front().name, display);
}

std::string words_for(const net::DrainStep& step) {
    const std::string remarks = net::words_for(step.remarks);
    return net::name_of(step.meaning) + (remarks.empty() ? std::string() : " (" + remarks + ")");
}

}  // namespace

NetWorker::NetWorker(net::Outbox& outbox, net::EligibilityClient& client, net::NetworkWatch& network,
                     EventQueue& events, StaffNotes& notes, NoticeSink notice, NetWorkerOptions options)
    : m_outbox(outbox),
      m_client(client),
      m_network(network),
      m_events(events),
      m_notes(notes),
      m_notice(std::move(notice)),
      m_options(std::move(options)),
      m_care(outbox, client, m_notice, m_options.relation) {}

void NetWorker::stop() {
    const std::lock_guard lock(m_mutex);
    m_stopping = true;
    m_client.cancel();
    m_network.wake();
}

void NetWorker::wake() {
    {
        const std::lock_guard lock(m_mutex);
        m_work = true;
        if (m_fetching) m_client.cancel();
    }
    m_network.wake();
}

void NetWorker::network_back() {
    {
        const std::lock_guard lock(m_mutex);
        m_network_back = true;
    }
    m_network.wake();
}

void NetWorker::run() {
    // Reading the fonts takes a moment that the first patient need not wait for.
    if (m_options.drain.covers) m_options.drain.covers(U' ');
    m_options.drain.settle = false;
    while (true) {
        bool back = false;
        {
            const std::lock_guard lock(m_mutex);
            if (m_stopping) break;
            back = std::exchange(m_network_back, false);
            m_work = false;
        }
        if (back) {
            m_care.network_back(m_options.now());
            if (const auto due = m_outbox.make_all_due(m_options.now()); !due) {
                m_notice(NoticeLevel::Error, due.error().where);
            }
        }
        look_at_clock();
        auto step = net::drain_once(m_outbox, m_client, m_options.now(), m_options.random(), m_options.drain);
        note_for_staff(step);
        if (step.id) m_care.reached(!step.error);
        if (step.timing && m_options.timed) m_options.timed(*step.timing);
        told(step);
        count_waiting();
        if (step.device_lost && m_options.device_lost) m_options.device_lost();
        if (step.answer) net::wipe(*step.answer);
        const bool busy = step.outcome == net::DrainOutcome::Delivered ||
                          step.outcome == net::DrainOutcome::Processing ||
                          step.outcome == net::DrainOutcome::NeedsStaff;
        if (busy) continue;
        if (!quiet(step.next_call)) continue;
        if (const auto settled = m_outbox.settle(); !settled) m_notice(NoticeLevel::Error, settled.error().where);
        if (step.outcome == net::DrainOutcome::Idle) {
            if (const auto purged = m_outbox.purge(m_options.now()); !purged) {
                m_notice(NoticeLevel::Error, purged.error().where);
            }
        }
        if (may_fetch(step)) {
            fetch_care();
            continue;
        }
        sleep_until(step.next_call);
    }
}

bool NetWorker::may_fetch(const net::DrainStep& step) const {
    const bool empty = step.outcome == net::DrainOutcome::Idle && !step.next_call;
    return m_options.at_home && empty && m_care.due(m_options.now());
}

void NetWorker::fetch_care() {
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_work) return;
        m_fetching = true;
    }
    const auto fetched = m_care.fetch(m_options.now());
    {
        const std::lock_guard lock(m_mutex);
        m_fetching = false;
        if (!m_stopping) m_client.resume();
    }
    if (fetched.changed) m_events.post(core::event::CareChanged{});
    if (fetched.device_lost && m_options.device_lost) m_options.device_lost();
}

void NetWorker::count_waiting() {
    if (!m_options.at_home) return;
    const auto counts = m_outbox.counts();
    if (!counts || m_waiting == counts->waiting()) return;
    m_waiting = counts->waiting();
    m_events.post(core::event::QueueCounted{*m_waiting});
}

void NetWorker::told(const net::DrainStep& step) {
    if (step.error) m_notice(NoticeLevel::Warning, "service: " + step.error->where);
    if (!step.id) return;
    const core::RequestId request{step.id->text()};
    switch (step.outcome) {
        case net::DrainOutcome::Delivered:
        case net::DrainOutcome::NeedsStaff:
            m_notice(NoticeLevel::Info, "request " + request.text + ": " + words_for(step));
            m_events.post(core::event::Answered{request, outcome_of(step.meaning), number_of(step.meaning),
                                                name_of(step, m_options.name_display)});
            if (m_options.at_home) m_events.post(core::event::CareChanged{});
            m_options.delivered();
            return;
        case net::DrainOutcome::Processing:
        case net::DrainOutcome::Postponed:
            // The patient need not wait for a service that has already said, or shown, that it takes longer.
            m_notice(NoticeLevel::Info, "request " + request.text + ": " + words_for(step));
            m_events.post(core::event::Answered{request, core::Outcome::Queued, number_of(step.meaning)});
            return;
        case net::DrainOutcome::Idle:
        case net::DrainOutcome::Cancelled:
        case net::DrainOutcome::Storage:
            return;
    }
}

void NetWorker::note_for_staff(const net::DrainStep& step) {
    if (step.service_time) m_options.service_time(*step.service_time);
    if (!step.id || step.outcome == net::DrainOutcome::Cancelled || step.outcome == net::DrainOutcome::Storage) return;
    const bool unanswered = step.error.has_value();
    const bool certificates = unanswered && net::row_of(step.meaning).next == net::NextStep::CallIt;
    m_notes.set(core::StaffNote::OwnCertificate, certificates);
    if (!unanswered) {
        m_away_since.reset();
    } else if (!m_away_since) {
        m_away_since = m_options.now();
    }
    const bool away = m_away_since && m_options.now() - *m_away_since >= k_away_after;
    m_notes.set(core::StaffNote::ServiceAway, away);
}

// A clock that was set back would make whatever waits wait longer by as much.
void NetWorker::look_at_clock() {
    const auto steady = std::chrono::steady_clock::now().time_since_epoch();
    const auto gap = m_options.now().time_since_epoch() - std::chrono::duration_cast<std::chrono::milliseconds>(steady);
    const bool was_set = m_clock_gap && std::chrono::abs(gap - *m_clock_gap) >= k_clock_set_from;
    m_clock_gap = gap;
    if (!was_set) return;
    if (const auto due = m_outbox.forget_waits(m_options.now()); !due) m_notice(NoticeLevel::Error, due.error().where);
}

bool NetWorker::nothing_woke_it(std::chrono::milliseconds within) {
    const auto woke = m_network.wait(within);
    if (woke == net::Woke::NetworkUp) {
        const std::lock_guard lock(m_mutex);
        m_network_back = true;
    }
    return woke == net::Woke::TimedOut;
}

// Tidying up waits for the disk, and so would whoever is accepted meanwhile.
bool NetWorker::quiet(const std::optional<net::WallTime>& next_call) {
    auto wait = k_quiet;
    if (next_call) wait = std::clamp(*next_call - m_options.now(), k_shortest_sleep, k_quiet);
    return nothing_woke_it(wait) && wait == k_quiet;
}

void NetWorker::sleep_until(const std::optional<net::WallTime>& when) {
    auto wait = k_longest_sleep;
    if (when) wait = std::clamp(*when - m_options.now(), k_shortest_sleep, k_longest_sleep);
    nothing_woke_it(wait);
}

}  // namespace uketsuke::workers
