#pragma once
// The staff's page over HTTPS (GNU libmicrohttpd, TLS 1.2 and newer): connections, limits, sign-in, sessions, CSRF,
// roles, headers, files and the stream of live events. What the page shows and does is asked from a DeskHouse.
//
//   GET  /                     the page and its files, from memory: no path reaches the disk
//   POST /session              {"name","password"} → 200 {"name","role","csrf","must_change"} and the cookie
//                              __Host-desk (Secure, HttpOnly, SameSite=Strict); 401 wrong, 429 too often (Retry-After)
//   GET  /session              the same object, or 401
//   DELETE /session            signs out: 204
//   POST /password             {"old","new"} → 204 and a new cookie; the token stays, the account's other sessions end;
//                              400 {"error"}: wrong-password, same-password, or a word of why_not_a_password()
//   GET  /events               text/event-stream: "event: board", data: the house's board: at once, after notify(), and
//                              every five seconds
//   GET  /health, /metrics     of the house; only from this machine, or with "Authorization: Bearer <token>"
//   everything under /api/     the house, for who is signed in
//
// With must_change /api and /events answer 403 must-change. Every refusal is JSON:
// {"error":"<stable word>"}: 400 (bad-target, bad-body, …), 401 signed-out, 403 (csrf, cross-site, must-change),
// 404, 405, 413, 415, 421 other-host, 429 (too-often, busy), 503.
//
// Every call that changes something needs the session's token in X-CSRF-Token and, where the browser sends them, an
// Origin of this server and Sec-Fetch-Site same-origin. Bodies are application/json, at most 64 KiB. A call without a
// body needs no content type.
//
// Bounded: connections in all and from one address, bytes of headers and bodies, seconds of silence, streams of one
// session, sign-in attempts by address and by account. create() binds; run() serves on the caller's thread until
// stop(). One thread does it all: a slow or hostile client costs its own connection and nothing else.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/desk/staff_accounts.h"
#include "net/error.h"

namespace uketsuke::net {

struct SignedIn {
    std::string name;
    Role role = Role::Desk;
};

/// A call under /api/, checked: who it is from, that it is wanted, that its body is JSON text of bounded size.
struct DeskCall {
    std::string method;                        ///< "GET", "POST", "PUT", "DELETE"
    std::string path;                          ///< decoded, without /api and without query: "/arrivals/3f…/seen"
    std::map<std::string, std::string> query;  ///< decoded, at most 16
    std::string body;
    SignedIn who;
    std::string address;  ///< of the browser
};

struct DeskReply {
    int status = 204;
    std::string type = "application/json";
    std::string body;      ///< may be personal: it is overwritten once it was sent. Always sent with no-store
    std::string download;  ///< file name to save it under, ASCII; empty: shown
};

/// Called on the server's thread; returns soon (milliseconds).
class DeskHouse {
  public:
    virtual ~DeskHouse() = default;
    virtual DeskReply answer(const DeskCall& call) = 0;
    /// JSON in one line: what the page shows now. The same for all who are signed in.
    virtual std::string board() = 0;
    virtual DeskReply health() = 0;
    virtual DeskReply metrics() = 0;
};

/// For the audit log. Called on the server's thread.
struct DeskNews {
    enum class Kind : std::uint8_t { SignedIn, SignInRefused, SignInPaused, SignedOut, PasswordChanged };
    Kind kind{};
    std::string name;  ///< as it was typed, at most 32 characters; only printable ones
    std::string address;
};

struct DeskServerOptions {
    std::string address = "127.0.0.1";
    int port = 0;                       ///< 0: any free one
    std::filesystem::path certificate;  ///< PEM; empty: one of our own making, kept in `folder`
    std::filesystem::path certificate_key;
    std::filesystem::path folder;
    std::vector<std::string> names;  ///< of this machine, for that certificate
    std::filesystem::path files;     ///< the page's folder, read once (assets/desk)
    std::string metrics_token;       ///< empty: only from this machine
    std::chrono::milliseconds signed_in_idle{std::chrono::minutes{30}};
    std::chrono::milliseconds signed_in_longest{std::chrono::hours{12}};
    int sign_in_failures = 5;                         ///< of an account from one address, before the pause
    std::chrono::milliseconds sign_in_pause{60'000};  ///< doubles with each further failure, up to 15 minutes
    unsigned connections = 256;
    unsigned connections_of_one = 48;
    std::chrono::seconds silence{15};
    std::function<std::chrono::milliseconds()> now;  ///< never backwards; empty: the steady clock
    std::function<void(const DeskNews&)> news;       ///< may be empty
};

class DeskServer {
  public:
    /// BadOptions: an address that is not this machine's, a port in use, a certificate that does not load, missing
    /// files. `accounts` and `house` outlive the server.
    static Result<std::unique_ptr<DeskServer>> create(const DeskServerOptions& options, StaffAccounts& accounts,
                                                      DeskHouse& house);
    ~DeskServer();
    DeskServer(const DeskServer&) = delete;
    DeskServer& operator=(const DeskServer&) = delete;

    void run();
    void stop();    ///< any thread
    void notify();  ///< any thread: the board changed. Several at once are told once, at most every 20 ms
    int port() const;
    std::string url() const;          ///< "https://127.0.0.1:8443/"
    std::string fingerprint() const;  ///< SHA-256 of the certificate, as browsers show it: "AB:CD:…"
    int streams() const;              ///< open event streams

    struct Parts;

  private:
    explicit DeskServer(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::net
