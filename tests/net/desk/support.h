#pragma once
// A desk's server on a thread with a manual clock, a house that remembers, and a client that may say anything.

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "net/desk/desk_server.h"
#include "net/desk/staff_accounts.h"

namespace uketsuke::net::testing {

inline constexpr const char* k_password = "a long enough phrase";
inline constexpr const char* k_other_password = "quite another phrase";

/// Removed with everything in it.
class Folder {
  public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }

  private:
    std::filesystem::path m_path;
};

std::string read_text(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, const std::string& text, bool only_owner = true);

/// True as soon as it holds; false after `limit`.
bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds limit = std::chrono::seconds{10});

struct Response {
    int status = 0;                              ///< 0: closed without an answer
    std::map<std::string, std::string> headers;  ///< by lower-case name
    std::vector<std::string> cookies;
    std::string body;
    std::string header(const std::string& name) const;
};

struct ClientOptions {
    std::string source = "127.0.0.1";
    std::string server = "127.0.0.1";
    int least_tls = 0;
    int most_tls = 0;
    bool tls = true;
};

/// One connection. What it reads it waits for at most five seconds.
class Client {
  public:
    explicit Client(int port, const ClientOptions& options = {});
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    bool connected() const { return m_connected; }  ///< TLS included
    bool send(const std::string& bytes);
    Response read();
    /// Reads until the text came; false at the connection's end or after five seconds.
    bool read_until(const std::string& text);
    const std::string& unread() const { return m_buffer; }
    void forget_read() { m_buffer.clear(); }
    /// The other side closed within five seconds.
    bool is_closed();
    std::string tls_version() const;
    SSL* ssl() const { return m_ssl; }
    int fd() const { return m_fd; }

  private:
    int read_some();  ///< bytes, 0 at the end, −1 after waiting

    int m_fd = -1;
    SSL_CTX* m_context = nullptr;
    SSL* m_ssl = nullptr;
    bool m_connected = false;
    std::string m_buffer;
};

class RememberingHouse : public DeskHouse {
  public:
    DeskReply answer(const DeskCall& call) override;
    std::string board() override;
    DeskReply health() override { return {200, "application/json", R"({"state":"good"})", {}}; }
    DeskReply metrics() override { return {200, "text/plain; version=0.0.4", "uketsuke_up 1\n", {}}; }

    std::vector<DeskCall> calls() const;
    void set_board(const std::string& text);
    std::atomic<int> boards{0};
    std::function<DeskReply(const DeskCall&)> answers;

  private:
    mutable std::mutex m_mutex;
    std::vector<DeskCall> m_calls;
    std::string m_board = R"({"n":1})";
};

/// Accounts "sato" (desk), "mori" (manager), both with k_password, and "shin", whose password is to be changed.
void put_accounts(const std::filesystem::path& file);

class Desk {
  public:
    explicit Desk(const std::function<void(DeskServerOptions&)>& change = {});
    ~Desk();

    DeskServer& server() const { return *m_server; }
    int port() const { return m_server->port(); }
    void advance(std::chrono::milliseconds time) { m_now += time.count(); }
    std::vector<DeskNews> news() const;
    std::size_t count_news(DeskNews::Kind kind) const;
    std::string host() const { return "127.0.0.1:" + std::to_string(port()); }

    Folder folder;
    RememberingHouse house;
    std::unique_ptr<StaffAccounts> accounts;

  private:
    std::atomic<std::int64_t> m_now{1'000'000};
    mutable std::mutex m_mutex;
    std::vector<DeskNews> m_news;
    std::unique_ptr<DeskServer> m_server;
    std::thread m_thread;
};

/// A browser that keeps its cookie and its token; each call on a new connection.
class Browser {
  public:
    explicit Browser(Desk& desk, ClientOptions options = {}) : m_desk(desk), m_options(std::move(options)) {}

    Response call(const std::string& method, const std::string& path, const std::string& body = {},
                  const std::string& more_headers = {});
    Response get(const std::string& path) { return call("GET", path); }
    Response sign_in(const std::string& name = "sato", const std::string& password = k_password);
    std::string request_text(const std::string& method, const std::string& path, const std::string& body = {},
                             const std::string& more_headers = {}) const;
    /// The stream, open and with its first event read.
    std::unique_ptr<Client> open_stream();

    std::string cookie;
    std::string csrf;

  private:
    Desk& m_desk;
    ClientOptions m_options;
};

}  // namespace uketsuke::net::testing
