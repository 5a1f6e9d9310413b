#include "net/desk/internal/sessions.h"

#include <sodium.h>

#include <algorithm>

#include "net/internal/hex.h"
#include "net/internal/sha256.h"

namespace uketsuke::net::internal {
namespace {

std::string random_text() {
    std::array<std::uint8_t, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    return to_hex(bytes);
}

}  // namespace

SessionKey Sessions::key_of(const std::string& id) {
    return sha256(id);
}

bool Sessions::is_over(const Session& session, std::chrono::milliseconds now) const {
    return now - session.used >= m_idle || now - session.began >= m_longest;
}

void Sessions::make_room_for(const std::string& name) {
    const auto longest_idle = [&](bool only_of_name) {
        auto oldest = m_sessions.end();
        for (auto it = m_sessions.begin(); it != m_sessions.end(); ++it) {
            if (only_of_name && it->second.who.name != name) continue;
            if (oldest == m_sessions.end() || it->second.used < oldest->second.used) oldest = it;
        }
        return oldest;
    };
    const auto of_name = std::count_if(m_sessions.begin(), m_sessions.end(),
                                       [&](const auto& entry) { return entry.second.who.name == name; });
    if (static_cast<std::size_t>(of_name) >= k_most_of_one) {
        m_sessions.erase(longest_idle(true));
    } else if (m_sessions.size() >= k_most) {
        m_sessions.erase(longest_idle(false));
    }
}

std::string Sessions::begin(SignedIn who, bool must_change, std::uint64_t generation, std::chrono::milliseconds now) {
    std::erase_if(m_sessions, [&](const auto& entry) { return is_over(entry.second, now); });
    make_room_for(who.name);
    std::string id = random_text();
    m_sessions[key_of(id)] = Session{std::move(who), must_change, random_text(), generation, now, now};
    return id;
}

Session* Sessions::find(const std::string& id, std::chrono::milliseconds now, bool touch) {
    if (id.size() != k_id_size) return nullptr;
    const auto found = m_sessions.find(key_of(id));
    if (found == m_sessions.end()) return nullptr;
    if (is_over(found->second, now)) {
        m_sessions.erase(found);
        return nullptr;
    }
    if (touch) found->second.used = now;
    return &found->second;
}

const Session* Sessions::find(const SessionKey& key, std::chrono::milliseconds now) {
    const auto found = m_sessions.find(key);
    return found == m_sessions.end() || is_over(found->second, now) ? nullptr : &found->second;
}

void Sessions::end(const std::string& id) {
    m_sessions.erase(key_of(id));
}

std::string Sessions::renew(const std::string& id) {
    auto node = m_sessions.extract(key_of(id));
    if (node.empty()) return {};
    std::string fresh = random_text();
    node.key() = key_of(fresh);
    m_sessions.insert(std::move(node));
    return fresh;
}

bool same_secret(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace uketsuke::net::internal
