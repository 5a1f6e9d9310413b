#pragma once
// A TLS server that says one thing, for what the simulator never does: certificates that do not hold, old TLS, an
// answer that stops.

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/internal/tls_identity.h"

namespace uketsuke::net::testing {

struct TlsServerOptions {
    const internal::TlsIdentity* identity = nullptr;
    int newest_tls = 0;                        ///< TLS1_1_VERSION…; 0: what OpenSSL has
    std::string answer;                        ///< bytes after each request
    std::vector<std::string> first_answers{};  ///< or these, to the first requests
    bool stays = false;                        ///< leaves the connection open after the answer, and says nothing more
    bool silent = false;                       ///< takes connections and never shakes hands
    bool hangs_up = false;                     ///< closes a connection as soon as its first bytes come
};

/// Listens on every loopback address from construction to destruction; one connection at a time.
class TlsServer {
  public:
    explicit TlsServer(const TlsServerOptions& options);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    std::string url(const std::string& host = "127.0.0.1") const;
    std::vector<std::string> requests() const;  ///< as received, head and body

  private:
    void serve();
    void talk(int socket);

    TlsServerOptions m_options;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<int> m_connection{-1};
    std::atomic<bool> m_stopping{false};
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::jthread m_thread;
};

/// An HTTP/1.1 answer with its length.
std::string http_answer(int status, const std::string& body, const std::string& more_headers = "");

}  // namespace uketsuke::net::testing
