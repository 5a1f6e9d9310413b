#include "app/workers/care_fetcher.h"

#include <algorithm>
#include <utility>

namespace uketsuke::workers {
namespace {

constexpr std::chrono::minutes k_every{15};
// A network that comes and goes is no reason to ask again each time.
constexpr std::chrono::minutes k_not_before{1};

// Whether the service, or somebody in its place, answered at all.
bool is_answer(net::Fault fault) {
    return fault == net::Fault::BadAnswer || fault == net::Fault::AnswerTooBig || fault == net::Fault::OwnIdentity;
}

}  // namespace

CareFetcher::CareFetcher(net::Outbox& outbox, net::EligibilityClient& client, NoticeSink notice,
                         std::chrono::days relation)
    : m_outbox(outbox), m_client(client), m_notice(std::move(notice)), m_relation(relation) {}

void CareFetcher::network_back(net::WallTime now) {
    if (!m_asked) return;
    const auto soonest = m_away ? now : *m_asked + k_not_before;
    m_next = std::min(m_next.value_or(soonest), soonest);
}

void CareFetcher::reached(bool service) {
    if (service && std::exchange(m_away, false)) m_asked.reset();
}

bool CareFetcher::due(net::WallTime now) const {
    // A clock that was set back does not put it off.
    return !m_asked || now < *m_asked || now >= m_next.value_or(*m_asked);
}

CareFetcher::Fetched CareFetcher::fetch(net::WallTime now) {
    Fetched fetched;
    auto reply = m_client.continuing_care();
    if (!reply && reply.error().fault == net::Fault::Cancelled) {
        fetched.cancelled = true;
        return fetched;
    }
    m_asked = now;
    m_next = now + k_every;
    m_away = !reply && !is_answer(reply.error().fault);
    if (!reply) {
        failed(reply.error());
        return fetched;
    }
    fetched.device_lost = reply->device_lost;
    const auto since = std::chrono::floor<std::chrono::seconds>(now) - m_relation;
    // Who is wiped has no card any more, and is left out.
    for (auto& patient : reply->patients) {
        if (patient.last_visit < since) net::wipe(patient);
    }
    const auto merged = m_outbox.merge_care(reply->patients);
    net::wipe(*reply);
    if (!merged) failed(merged.error());
    fetched.changed = merged && *merged > 0;
    return fetched;
}

void CareFetcher::failed(const net::Error& error) {
    m_notice(NoticeLevel::Info, "continuing care: the list was not fetched: " + error.where);
}

}  // namespace uketsuke::workers
