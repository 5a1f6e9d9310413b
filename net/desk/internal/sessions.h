#pragma once
// Who is signed in. Ids are 256 random bits that only the browser keeps: here is their hash. Time is handed in.
// One thread.

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "net/desk/desk_server.h"

namespace uketsuke::net::internal {

using SessionKey = std::array<std::uint8_t, 32>;  ///< SHA-256 of the id

struct Session {
    SignedIn who;
    bool must_change = false;
    std::string csrf;
    std::uint64_t generation = 0;
    std::chrono::milliseconds began{0};
    std::chrono::milliseconds used{0};
};

class Sessions {
  public:
    static constexpr std::size_t k_most = 64;
    static constexpr std::size_t k_most_of_one = 8;
    static constexpr std::size_t k_id_size = 64;  ///< hexadecimal

    Sessions(std::chrono::milliseconds idle, std::chrono::milliseconds longest) : m_idle(idle), m_longest(longest) {}

    /// The new session's id. The account's oldest one ends when there are too many, else the one idle for longest.
    std::string begin(SignedIn who, bool must_change, std::uint64_t generation, std::chrono::milliseconds now);
    /// The live session of an id; nullptr: none. `touch`: the person did something, idle time begins anew.
    Session* find(const std::string& id, std::chrono::milliseconds now, bool touch);
    const Session* find(const SessionKey& key, std::chrono::milliseconds now);
    void end(const std::string& id);
    void end(const SessionKey& key) { m_sessions.erase(key); }
    /// The same session under a new id, which is returned; the old id is nobody's from now on.
    std::string renew(const std::string& id);

    std::size_t size() const { return m_sessions.size(); }

    static SessionKey key_of(const std::string& id);

  private:
    bool is_over(const Session& session, std::chrono::milliseconds now) const;
    void make_room_for(const std::string& name);

    std::chrono::milliseconds m_idle;
    std::chrono::milliseconds m_longest;
    std::map<SessionKey, Session> m_sessions;
};

/// Takes as long for any two texts of one length.
bool same_secret(std::string_view one, std::string_view other);

}  // namespace uketsuke::net::internal
