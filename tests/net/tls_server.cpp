#include "tests/net/tls_server.h"

#include <arpa/inet.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <memory>
#include <stdexcept>

namespace uketsuke::net::testing {
namespace {

using ContextPtr = std::unique_ptr<SSL_CTX, internal::OpensslFree<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, internal::OpensslFree<SSL_free>>;

ContextPtr context_of(const TlsServerOptions& options) {
    ContextPtr context(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate(context.get(), options.identity->certificate.get());
    SSL_CTX_use_PrivateKey(context.get(), options.identity->key.get());
    if (options.newest_tls != 0) {
        SSL_CTX_set_security_level(context.get(), 0);  // OpenSSL gives up TLS 1.1 above
        SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context.get(), options.newest_tls);
    }
    return context;
}

bool is_whole(const std::string& request) {
    const std::size_t end = request.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const std::size_t length = request.find("Content-Length: ");
    return length > end || request.size() >= end + 4 + std::stoul(request.substr(length + 16));
}

}  // namespace

TlsServer::TlsServer(const TlsServerOptions& options) : m_options(options) {
    std::signal(SIGPIPE, SIG_IGN);  // the client may be gone when the answer is written
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    socklen_t size = sizeof(address);
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, generic, size) != 0 || ::listen(m_listener, 8) != 0 ||
        ::getsockname(m_listener, generic, &size) != 0) {
        throw std::runtime_error("no port for a TLS server");
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::jthread([this] { serve(); });
}

TlsServer::~TlsServer() {
    m_stopping = true;
    ::shutdown(m_listener, SHUT_RDWR);
    if (const int connection = m_connection; connection >= 0) ::shutdown(connection, SHUT_RDWR);
    m_thread.join();
    ::close(m_listener);
}

std::string TlsServer::url(const std::string& host) const {
    return "https://" + host + ":" + std::to_string(m_port);
}

std::vector<std::string> TlsServer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

void TlsServer::serve() {
    while (!m_stopping) {
        const int socket = ::accept(m_listener, nullptr, nullptr);
        if (socket < 0) continue;
        m_connection = socket;
        // The destructor either sees this connection or has said so before.
        if (!m_stopping) talk(socket);
        m_connection = -1;
        ::close(socket);
    }
}

void TlsServer::talk(int socket) {
    char byte = 0;
    if (m_options.hangs_up) {
        (void)::recv(socket, &byte, 1, MSG_PEEK);
        return;  // with bytes unread, close() resets the connection
    }
    if (m_options.silent) {
        while (::read(socket, &byte, 1) > 0) {
        }
        return;
    }
    const ContextPtr context = context_of(m_options);
    const SslPtr ssl(SSL_new(context.get()));
    SSL_set_fd(ssl.get(), socket);
    if (SSL_accept(ssl.get()) != 1) return;
    std::string request;
    std::array<char, 4096> chunk{};
    for (;;) {
        const int size = SSL_read(ssl.get(), chunk.data(), static_cast<int>(chunk.size()));
        if (size <= 0) return;
        request.append(chunk.data(), static_cast<std::size_t>(size));
        if (!is_whole(request)) continue;
        const std::string* answer = &m_options.answer;
        {
            const std::lock_guard lock(m_mutex);
            if (m_requests.size() < m_options.first_answers.size()) {
                answer = &m_options.first_answers[m_requests.size()];
            }
            m_requests.push_back(std::move(request));
        }
        request.clear();
        SSL_write(ssl.get(), answer->data(), static_cast<int>(answer->size()));
        if (!m_options.stays) break;
    }
    SSL_shutdown(ssl.get());
}

std::string http_answer(int status, const std::string& body, const std::string& more_headers) {
    return "HTTP/1.1 " + std::to_string(status) + " X\r\n" + more_headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace uketsuke::net::testing
