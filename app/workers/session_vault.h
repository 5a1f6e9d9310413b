// What is personal and has to pass from one worker to another, by session. The core never sees it.
#pragma once

#include <array>
#include <map>
#include <mutex>
#include <optional>

#include "app/core/vocabulary.h"
#include "net/reception.h"

namespace uketsuke::workers {

// Any thread. A session that was wiped takes nothing in any more: a slow worker cannot bring a patient back.
class SessionVault {
  public:
    SessionVault() = default;
    SessionVault(const SessionVault&) = delete;
    SessionVault& operator=(const SessionVault&) = delete;
    ~SessionVault();

    void put(core::SessionId session, net::SignedRequest request);
    // Moves it out; the caller wipes it.
    std::optional<net::SignedRequest> take(core::SessionId session);
    void wipe(core::SessionId session);
    std::size_t size() const;

  private:
    mutable std::mutex m_mutex;
    std::map<core::SessionId, net::SignedRequest> m_requests;
    // Of sessions that a card began, and of the others: each kind is numbered by itself.
    std::array<core::SessionId, 2> m_wiped_up_to{};
};

}  // namespace uketsuke::workers
