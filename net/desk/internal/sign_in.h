#pragma once
// Signing in and changing a password: the throttle, the turns for Argon2id, and what is told of them. One thread.

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "net/desk/desk_server.h"
#include "net/desk/internal/exchange.h"
#include "net/desk/internal/sessions.h"
#include "net/desk/internal/sign_in_throttle.h"

namespace uketsuke::net::internal {

/// The name of the cookie that carries a session's id.
inline constexpr const char* k_cookie = "__Host-desk";
std::string cookie_with(const std::string& id);  ///< empty id: takes the cookie away

std::string session_json(const Session& session);

class SignIn {
  public:
    SignIn(const DeskServerOptions& options, StaffAccounts& accounts, Sessions& sessions);

    /// POST /session. Wait: not its turn yet.
    Answer begin(Request& request, std::chrono::milliseconds now);
    /// POST /password of who is signed in under `id`.
    Answer change_password(Request& request, const std::string& id, Session& session, std::chrono::milliseconds now);

    /// When the next Argon2id run may be, by the machine's own clock: they leave half of the time to everything else.
    std::chrono::steady_clock::time_point next_turn() const { return m_next_turn; }

  private:
    std::optional<Answer> hold(Request& request, const std::string& account, std::chrono::milliseconds now);
    bool password_matches(const std::string& name, const std::string& password);
    void rest(std::chrono::steady_clock::time_point began);
    void tell(DeskNews::Kind kind, const std::string& name, const std::string& address);

    StaffAccounts& m_accounts;
    Sessions& m_sessions;
    SignInThrottle m_throttle;
    std::function<void(const DeskNews&)> m_news;
    std::chrono::steady_clock::time_point m_next_turn{};
};

}  // namespace uketsuke::net::internal
