#include "tests/net/desk/support.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

namespace uketsuke::net::testing {
namespace fs = std::filesystem;
using namespace std::chrono_literals;

Folder::Folder() {
    std::string name = (fs::temp_directory_path() / "uketsuke-desk-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    m_path = name;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(m_path, ignored);
}

std::string read_text(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

void write_text(const fs::path& file, const std::string& text, bool only_owner) {
    std::ofstream(file, std::ios::binary) << text;
    if (only_owner) fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
}

bool eventually(const std::function<bool()>& holds, std::chrono::milliseconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        ::poll(nullptr, 0, 2);
    }
    return true;
}

std::string Response::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

Client::Client(int port, const ClientOptions& options) {
    m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval wait{5, 0};
    ::setsockopt(m_fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    ::setsockopt(m_fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
    sockaddr_in from{};
    from.sin_family = AF_INET;
    ::inet_pton(AF_INET, options.source.c_str(), &from.sin_addr);
    sockaddr_in to = from;
    ::inet_pton(AF_INET, options.server.c_str(), &to.sin_addr);
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    if (::bind(m_fd, reinterpret_cast<sockaddr*>(&from), sizeof from) != 0) return;
    if (::connect(m_fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) return;
    if (!options.tls) {
        m_connected = true;
        return;
    }
    m_context = SSL_CTX_new(TLS_client_method());
    // The oldest versions are offered only below the library's own level of security.
    if (options.most_tls != 0) SSL_CTX_set_security_level(m_context, 0);
    SSL_CTX_set_min_proto_version(m_context, options.least_tls);
    SSL_CTX_set_max_proto_version(m_context, options.most_tls);
    m_ssl = SSL_new(m_context);
    SSL_set_fd(m_ssl, m_fd);
    m_connected = SSL_connect(m_ssl) == 1;
}

Client::~Client() {
    SSL_free(m_ssl);
    SSL_CTX_free(m_context);
    if (m_fd >= 0) ::close(m_fd);
}

bool Client::send(const std::string& bytes) {
    if (m_ssl != nullptr) return SSL_write(m_ssl, bytes.data(), static_cast<int>(bytes.size())) > 0;
    return ::send(m_fd, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

int Client::read_some() {
    std::array<char, 16'384> bytes{};
    ssize_t n = 0;
    errno = 0;
    if (m_ssl != nullptr) {
        n = SSL_read(m_ssl, bytes.data(), static_cast<int>(bytes.size()));
        if (n <= 0) {
            const int why = SSL_get_error(m_ssl, static_cast<int>(n));
            return why == SSL_ERROR_WANT_READ || errno == EAGAIN ? -1 : 0;
        }
    } else {
        n = ::recv(m_fd, bytes.data(), bytes.size(), 0);
        if (n < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? -1 : 0;
    }
    m_buffer.append(bytes.data(), static_cast<std::size_t>(n));
    return static_cast<int>(n);
}

bool Client::read_until(const std::string& text) {
    while (m_buffer.find(text) == std::string::npos) {
        if (read_some() <= 0) return false;
    }
    return true;
}

bool Client::is_closed() {
    int n = 0;
    do {
        n = read_some();
    } while (n > 0);
    return n == 0;
}

std::string Client::tls_version() const {
    return m_ssl == nullptr ? "" : SSL_get_version(m_ssl);
}

Response Client::read() {
    Response response;
    if (!read_until("\r\n\r\n")) return response;
    const std::size_t end = m_buffer.find("\r\n\r\n");
    std::istringstream head(m_buffer.substr(0, end + 2));
    m_buffer.erase(0, end + 4);
    std::string line;
    std::getline(head, line);
    response.status = std::stoi(line.substr(line.find(' ') + 1));
    while (std::getline(head, line)) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        const std::size_t colon = line.find(": ");
        if (colon == std::string::npos) continue;
        std::string name = line.substr(0, colon);
        for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (name == "set-cookie") response.cookies.push_back(line.substr(colon + 2));
        response.headers[name] = line.substr(colon + 2);
    }
    const std::string length = response.header("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (m_buffer.size() < size && read_some() > 0) {
    }
    response.body = m_buffer.substr(0, size);
    m_buffer.erase(0, size);
    return response;
}

DeskReply RememberingHouse::answer(const DeskCall& call) {
    const std::lock_guard lock(m_mutex);
    m_calls.push_back(call);
    if (answers) return answers(call);
    return {200, "application/json", R"({"ticket":1})", {}};
}

std::string RememberingHouse::board() {
    ++boards;
    const std::lock_guard lock(m_mutex);
    return m_board;
}

std::vector<DeskCall> RememberingHouse::calls() const {
    const std::lock_guard lock(m_mutex);
    return m_calls;
}

void RememberingHouse::set_board(const std::string& text) {
    const std::lock_guard lock(m_mutex);
    m_board = text;
}

void put_accounts(const fs::path& file) {
    // Argon2id takes its time: once for the whole program.
    static const std::string k_text = [] {
        Folder folder;
        const fs::path made = folder / "accounts.json";
        auto accounts = std::move(*StaffAccounts::open(made));
        const bool done = accounts->add("mori", Role::Manager) && accounts->remove("manager") &&
                          accounts->add("sato", Role::Desk) && accounts->change_password("mori", k_password) &&
                          accounts->change_password("sato", k_password);
        auto shin = accounts->add("shin", Role::Desk);
        if (!done || !shin) throw std::runtime_error("no accounts");
        return shin->password + "\n" + read_text(made);
    }();
    const std::size_t end = k_text.find('\n');
    write_text(file, k_text.substr(end + 1));
    write_text(file.parent_path() / "shin", k_text.substr(0, end));
}

Desk::Desk(const std::function<void(DeskServerOptions&)>& change) {
    put_accounts(folder / "accounts.json");
    accounts = std::move(*StaffAccounts::open(folder / "accounts.json"));
    fs::create_directory(folder / "page");
    write_text(folder / "page/index.html", "<!doctype html><title>desk</title>");
    write_text(folder / "page/app.js", "'use strict';");
    write_text(folder / "page/notes.bin", "not for browsers");
    write_text(folder / "page/.hidden.js", "hidden");
    DeskServerOptions options;
    options.folder = folder / "own";
    options.files = folder / "page";
    options.names = {"kiosk.clinic.example"};
    options.now = [this] { return std::chrono::milliseconds(m_now.load()); };
    options.news = [this](const DeskNews& news) {
        const std::lock_guard lock(m_mutex);
        m_news.push_back(news);
    };
    if (change) change(options);
    auto server = DeskServer::create(options, *accounts, house);
    if (!server) throw std::runtime_error(server.error().where);
    m_server = std::move(*server);
    // Writing to a connection that is gone is the tests' business on their thread, and a fault on the server's.
    const auto with_sigpipe = [](int how) {
        sigset_t pipe{};
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        ::pthread_sigmask(how, &pipe, nullptr);
    };
    with_sigpipe(SIG_BLOCK);
    m_thread = std::thread([this, with_sigpipe] {
        with_sigpipe(SIG_UNBLOCK);
        m_server->run();
    });
}

Desk::~Desk() {
    if (m_server) m_server->stop();
    if (m_thread.joinable()) m_thread.join();
}

std::vector<DeskNews> Desk::news() const {
    const std::lock_guard lock(m_mutex);
    return m_news;
}

std::size_t Desk::count_news(DeskNews::Kind kind) const {
    std::size_t count = 0;
    for (const DeskNews& news : this->news()) count += news.kind == kind ? 1 : 0;
    return count;
}

std::string Browser::request_text(const std::string& method, const std::string& path, const std::string& body,
                                  const std::string& more_headers) const {
    std::string text = method + " " + path + " HTTP/1.1\r\n";
    if (more_headers.find("Host: ") == std::string::npos) text += "Host: " + m_desk.host() + "\r\n";
    if (!cookie.empty()) text += "Cookie: __Host-desk=" + cookie + "\r\n";
    if (!csrf.empty() && method != "GET") text += "X-CSRF-Token: " + csrf + "\r\n";
    if (!body.empty() && more_headers.find("Content-Type: ") == std::string::npos) {
        text += "Content-Type: application/json\r\n";
    }
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text + more_headers + "\r\n" + body;
}

Response Browser::call(const std::string& method, const std::string& path, const std::string& body,
                       const std::string& more_headers) {
    Client client(m_desk.port(), m_options);
    client.send(request_text(method, path, body, more_headers));
    Response response = client.read();
    for (const std::string& set : response.cookies) {
        const std::string name = "__Host-desk=";
        if (set.starts_with(name)) cookie = set.substr(name.size(), set.find(';') - name.size());
    }
    return response;
}

Response Browser::sign_in(const std::string& name, const std::string& password) {
    const nlohmann::json body{{"name", name}, {"password", password}};
    Response response = call("POST", "/session", body.dump());
    if (response.status == 200) csrf = nlohmann::json::parse(response.body).at("csrf");
    return response;
}

std::unique_ptr<Client> Browser::open_stream() {
    auto client = std::make_unique<Client>(m_desk.port(), m_options);
    client->send(request_text("GET", "/events"));
    EXPECT_TRUE(client->read_until("event: board\ndata: "));
    EXPECT_TRUE(client->read_until("}\n\n"));
    return client;
}

}  // namespace uketsuke::net::testing
