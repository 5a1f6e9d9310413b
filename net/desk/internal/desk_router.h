#pragma once
// What is answered to a request: checks, files, sessions, and the house behind /api. Knows no socket. One thread.

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "net/desk/desk_server.h"
#include "net/desk/internal/exchange.h"
#include "net/desk/internal/page_files.h"
#include "net/desk/internal/sessions.h"
#include "net/desk/internal/sign_in.h"

namespace uketsuke::net::internal {

class DeskRouter {
  public:
    static constexpr std::size_t k_largest_body = 64 * 1024;

    DeskRouter(const DeskServerOptions& options, PageFiles files, StaffAccounts& accounts, DeskHouse& house);

    /// What can be refused before the body was read.
    std::optional<Answer> check_head(Request& request);
    /// The answer, once the body is there. A request that was told to Wait is handed in again.
    Answer answer(Request& request);

    bool is_signed_in(const SessionKey& key);
    std::chrono::milliseconds now() const { return m_now(); }
    std::chrono::steady_clock::time_point next_turn() const { return m_sign_in.next_turn(); }

  private:
    bool is_our_host(const Request& request) const;
    bool comes_from_our_page(const Request& request) const;
    bool may_measure(const Request& request) const;
    Session* session_of(const Request& request, bool touch);
    std::optional<Answer> check_signed_in(const Request& request, const Session* session) const;
    Answer file(const Request& request) const;
    Answer session(Request& request);
    Answer password(Request& request);
    Answer events(const Request& request);
    Answer measured(const Request& request);
    Answer api(Request& request);

    PageFiles m_files;
    StaffAccounts& m_accounts;
    DeskHouse& m_house;
    std::set<std::string> m_names;
    std::string m_metrics_token;
    std::function<std::chrono::milliseconds()> m_now;
    std::function<void(const DeskNews&)> m_news;
    Sessions m_sessions;
    SignIn m_sign_in;
};

}  // namespace uketsuke::net::internal
