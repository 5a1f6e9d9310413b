#include "app/workers/session_vault.h"

#include <algorithm>

namespace uketsuke::workers {

SessionVault::~SessionVault() {
    for (auto& [session, request] : m_requests) net::wipe(request);
}

void SessionVault::put(core::SessionId session, net::SignedRequest request) {
    const std::lock_guard lock(m_mutex);
    if (session <= m_wiped_up_to) {
        net::wipe(request);
        return;
    }
    auto [place, fresh] = m_requests.try_emplace(session);
    if (!fresh) net::wipe(place->second);
    place->second = std::move(request);
}

std::optional<net::SignedRequest> SessionVault::take(core::SessionId session) {
    const std::lock_guard lock(m_mutex);
    const auto found = m_requests.find(session);
    if (found == m_requests.end()) return std::nullopt;
    std::optional<net::SignedRequest> request(std::move(found->second));
    m_requests.erase(found);
    return request;
}

void SessionVault::wipe(core::SessionId session) {
    const std::lock_guard lock(m_mutex);
    m_wiped_up_to = std::max(m_wiped_up_to, session);
    while (!m_requests.empty() && m_requests.begin()->first <= m_wiped_up_to) {
        net::wipe(m_requests.begin()->second);
        m_requests.erase(m_requests.begin());
    }
}

std::size_t SessionVault::size() const {
    const std::lock_guard lock(m_mutex);
    return m_requests.size();
}

}  // namespace uketsuke::workers
