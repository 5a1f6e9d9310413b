#include "net/desk/internal/connections.h"

#include <sodium.h>
#include <sys/socket.h>

#include <algorithm>
#include <exception>

#include "net/desk/internal/peer.h"
#include "net/desk/internal/replies.h"

namespace uketsuke::net::internal {
namespace {

// A body of unknown length that is too long is read to its end, so that its sender hears why; up to this.
constexpr std::size_t k_most_thrown_away = 1u << 20;
constexpr std::size_t k_most_headers = 64;

MHD_Result collect(void* cls, MHD_ValueKind, const char* key, const char* value) {
    auto& headers = *static_cast<std::map<std::string, std::vector<std::string>>*>(cls);
    std::string name(key);
    for (char& c : name) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    headers[name].emplace_back(value == nullptr ? "" : value);
    return MHD_YES;
}

void wipe(std::string& text) {
    sodium_memzero(text.data(), text.size());
    text.clear();
}

}  // namespace

struct Connections::Open {
    MHD_Connection* connection = nullptr;
    int fd = -1;
    std::chrono::milliseconds since{0};
    std::string target;
    std::optional<Request> request;
    std::size_t thrown_away = 0;
    bool streams = false;
    bool waits = false;
    bool cut = false;
};

Connections::~Connections() = default;

Connections::Open* Connections::open_of(MHD_Connection* connection) {
    const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info == nullptr ? nullptr : static_cast<Open*>(info->socket_context);
}

void Connections::changed(void* cls, MHD_Connection* connection, void** context, MHD_ConnectionNotificationCode code) {
    auto& self = *static_cast<Connections*>(cls);
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        auto open = std::make_unique<Open>();
        open->connection = connection;
        open->since = self.m_router.now();
        const MHD_ConnectionInfo* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (info != nullptr) open->fd = info->connect_fd;
        self.m_open.insert(open.get());
        *context = open.release();
        return;
    }
    const std::unique_ptr<Open> gone(static_cast<Open*>(*context));
    *context = nullptr;
    if (!gone) return;
    self.m_open.erase(gone.get());
    std::erase(self.m_waiting, gone.get());
    if (gone->request) wipe(gone->request->body);
}

void* Connections::target_came(void*, const char* target, MHD_Connection* connection) {
    if (Open* open = open_of(connection)) {
        open->target = target == nullptr ? "" : target;
        open->request.reset();
    }
    return nullptr;
}

void Connections::completed(void* cls, MHD_Connection* connection, void**, MHD_RequestTerminationCode) {
    auto& self = *static_cast<Connections*>(cls);
    Open* open = open_of(connection);
    if (open == nullptr) return;
    if (open->request) wipe(open->request->body);
    open->request.reset();
    open->since = self.m_router.now();
}

MHD_Result Connections::request(void* cls, MHD_Connection* connection, const char*, const char* method,
                                const char* version, const char* data, std::size_t* size, void**) {
    auto& self = *static_cast<Connections*>(cls);
    Open* open = open_of(connection);
    if (open == nullptr) return MHD_NO;
    // No exception may pass through a library written in C; what is out of memory loses this connection.
    try {
        if (!open->request) return self.begin(*open, method, version);
        if (*size != 0) {
            const std::size_t came = *size;
            *size = 0;
            return self.take_body(*open, data, came);
        }
        return self.finish(*open);
    } catch (const std::exception&) {
        return MHD_NO;
    }
}

MHD_Result Connections::begin(Open& open, const char* method, const char* version) {
    Request& request = open.request.emplace();
    open.thrown_away = 0;
    request.method = method;
    request.version = version;
    request.raw_target = std::move(open.target);
    MHD_get_connection_values(open.connection, MHD_HEADER_KIND, &collect, &request.headers);
    const MHD_ConnectionInfo* info = MHD_get_connection_info(open.connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    request.peer = address_text(info == nullptr ? nullptr : info->client_addr);
    request.local = local_address(open.fd);
    auto refused = m_router.check_head(request);
    if (!refused && request.headers.size() > k_most_headers) {
        refused = refusal(431, "too-many-headers");
        refused->close = true;
    }
    return refused ? send(open.connection, std::move(*refused)) : MHD_YES;
}

MHD_Result Connections::take_body(Open& open, const char* data, std::size_t size) {
    std::string& body = open.request->body;
    if (open.thrown_away == 0 && body.size() + size <= DeskRouter::k_largest_body) {
        if (body.size() + size > body.capacity()) {
            // Grown by hand: a password must not stay behind in the smaller buffer.
            std::string larger;
            larger.reserve(std::max(2 * (body.size() + size), std::size_t{1024}));
            larger = body;
            wipe(body);
            body.swap(larger);
        }
        body.append(data, size);
        return MHD_YES;
    }
    wipe(body);
    open.thrown_away += size;
    return open.thrown_away <= k_most_thrown_away ? MHD_YES : MHD_NO;
}

MHD_Result Connections::finish(Open& open) {
    if (open.thrown_away != 0) {
        Answer answer = refusal(413, "too-long");
        answer.close = true;
        return send(open.connection, std::move(answer));
    }
    Answer answer = m_router.answer(*open.request);
    switch (answer.kind) {
        case Answer::Kind::Reply:
            wipe(open.request->body);
            return send(open.connection, std::move(answer));
        case Answer::Kind::Stream:
            open.streams = true;
            return m_streams.open(open.connection, answer.session, m_house.board());
        case Answer::Kind::Wait:
            break;
    }
    if (m_stopping || m_waiting.size() >= k_most_waiting) {
        Answer busy = refusal(429, "busy");
        busy.headers.emplace_back("Retry-After", "2");
        return send(open.connection, std::move(busy));
    }
    open.waits = true;
    m_waiting.push_back(&open);
    MHD_suspend_connection(open.connection);
    return MHD_YES;
}

void Connections::next_turn() {
    if (m_waiting.empty() || std::chrono::steady_clock::now() < m_router.next_turn()) return;
    Open* open = m_waiting.front();
    m_waiting.pop_front();
    open->waits = false;
    MHD_resume_connection(open->connection);
}

void Connections::cut_off_slow() {
    const auto now = m_router.now();
    for (Open* open : m_open) {
        if (open->streams || open->waits || open->cut || now - open->since < m_longest) continue;
        // The library closes a connection that has come to its end; it offers no other way from outside a request.
        open->cut = true;
        ::shutdown(open->fd, SHUT_RDWR);
    }
}

void Connections::wake_all() {
    m_stopping = true;
    for (Open* open : m_waiting) {
        open->waits = false;
        MHD_resume_connection(open->connection);
    }
    m_waiting.clear();
}

}  // namespace uketsuke::net::internal
