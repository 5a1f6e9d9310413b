#include "app/workers/session_vault.h"

#include <algorithm>

namespace uketsuke::workers {

namespace {

std::size_t kind_of(core::SessionId session) {
    return core::begun_without_card(session) ? 1 : 0;
}

}  // namespace

SessionVault::~SessionVault() {
    for (auto& [session, request] : m_requests) net::wipe(request);
}

void SessionVault::put(core::SessionId session, net::SignedRequest request) {
    const std::lock_guard lock(m_mutex);
    if (session <= m_wiped_up_to[kind_of(session)]) {
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
    core::SessionId& up_to = m_wiped_up_to[kind_of(session)];
    up_to = std::max(up_to, session);
    for (auto it = m_requests.begin(); it != m_requests.end();) {
        if (kind_of(it->first) == kind_of(session) && it->first <= up_to) {
            net::wipe(it->second);
            it = m_requests.erase(it);
        } else {
            ++it;
        }
    }
}

std::size_t SessionVault::size() const {
    const std::lock_guard lock(m_mutex);
    return m_requests.size();
}

}  // namespace uketsuke::workers
