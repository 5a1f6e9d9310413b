#include "net/desk/desk_server.h"

#include <microhttpd.h>
#include <poll.h>
#include <sodium.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <exception>

#include "net/desk/internal/connections.h"
#include "net/desk/internal/desk_certificate.h"
#include "net/desk/internal/desk_router.h"
#include "net/desk/internal/event_streams.h"
#include "net/desk/internal/page_files.h"
#include "net/desk/internal/peer.h"
#include "net/internal/unique_fd.h"

namespace uketsuke::net {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t k_memory_of_connection = 32 * 1024;
constexpr milliseconds k_tick{100};
constexpr std::chrono::seconds k_board_anyway{5};
constexpr milliseconds k_between_boards{20};

// TLS 1.2 with authenticated ciphers and forward secrecy, and 1.3.
constexpr const char* k_tls =
    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-256-GCM:+AES-128-GCM:+CHACHA20-POLY1305:"
    "-KX-ALL:+ECDHE-ECDSA:+ECDHE-RSA:-MAC-ALL:+AEAD:%SERVER_PRECEDENCE";

// Targets are decoded by our own, stricter reading.
std::size_t keep_as_it_is(void*, MHD_Connection*, char* text) {
    return std::strlen(text);
}

// The first thing the library says of a start that fails is its reason.
void remember(void* cls, const char* format, va_list arguments) {
    auto& reason = *static_cast<std::string*>(cls);
    if (!reason.empty()) return;
    std::array<char, 256> text{};
    std::vsnprintf(text.data(), text.size(), format, arguments);
    reason = text.data();
    while (!reason.empty() && reason.back() == '\n') reason.pop_back();
}

struct DaemonStop {
    void operator()(MHD_Daemon* daemon) const { MHD_stop_daemon(daemon); }
};

}  // namespace

struct DeskServer::Parts {
    DeskServerOptions options;
    DeskHouse& house;
    internal::DeskCertificate certificate;
    internal::DeskRouter router;
    internal::EventStreams streams;
    milliseconds told_at{0};  // the board, by the router's clock
    internal::Connections connections;
    std::string reason;
    internal::UniqueFd wake;
    std::atomic<bool> stopping{false};
    std::atomic<bool> board_changed{false};
    int port = 0;
    // Last, so that it stops before what its callbacks use.
    std::unique_ptr<MHD_Daemon, DaemonStop> daemon;

    Parts(const DeskServerOptions& o, internal::DeskCertificate c, internal::PageFiles files, StaffAccounts& accounts,
          DeskHouse& h)
        : options(o),
          house(h),
          certificate(std::move(c)),
          router(o, std::move(files), accounts, h),
          connections(router, streams, h, milliseconds(o.silence) * 2),
          wake(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {}

    Result<void> start();
    int info(MHD_DaemonInfoType type) const;
    milliseconds patience(steady_clock::time_point last_tick, steady_clock::time_point last_board) const;
    void tell_board();
    void poke() const {
        const std::uint64_t one = 1;
        // Full means that it is awake already.
        [[maybe_unused]] const ssize_t ignored = ::write(wake.get(), &one, sizeof one);
    }
};

Result<void> DeskServer::Parts::start() {
    const auto bound = internal::bound_address(options.address, options.port);
    if (!bound.ok) return fail(Fault::BadOptions, "the desk's address: " + options.address);
    if (!wake.ok()) return fail(Fault::Internal, "the desk's server: no event counter");
    unsigned flags = MHD_USE_EPOLL | MHD_USE_TLS | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    if (bound.ipv6) flags |= MHD_USE_DUAL_STACK;
    daemon.reset(MHD_start_daemon(
        flags, static_cast<std::uint16_t>(options.port), nullptr, nullptr, &internal::Connections::request,
        &connections, MHD_OPTION_EXTERNAL_LOGGER, &remember, &reason, MHD_OPTION_SOCK_ADDR, &bound.storage,
        MHD_OPTION_HTTPS_MEM_CERT, certificate.certificate_pem.c_str(), MHD_OPTION_HTTPS_MEM_KEY,
        certificate.key_pem.c_str(), MHD_OPTION_HTTPS_PRIORITIES, k_tls, MHD_OPTION_CONNECTION_LIMIT,
        options.connections, MHD_OPTION_PER_IP_CONNECTION_LIMIT, options.connections_of_one,
        MHD_OPTION_CONNECTION_TIMEOUT, static_cast<unsigned>(options.silence.count()),
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, k_memory_of_connection, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_NOTIFY_CONNECTION, &internal::Connections::changed, &connections, MHD_OPTION_NOTIFY_COMPLETED,
        &internal::Connections::completed, &connections, MHD_OPTION_URI_LOG_CALLBACK,
        &internal::Connections::target_came, &connections, MHD_OPTION_UNESCAPE_CALLBACK, &keep_as_it_is, nullptr,
        MHD_OPTION_END));
    sodium_memzero(certificate.key_pem.data(), certificate.key_pem.size());
    if (!daemon) {
        const std::string where = options.address + ":" + std::to_string(options.port);
        return fail(Fault::BadOptions, "the desk's page at " + where + ": " + reason);
    }
    port = info(MHD_DAEMON_INFO_BIND_PORT);
    return {};
}

int DeskServer::Parts::info(MHD_DaemonInfoType type) const {
    const MHD_DaemonInfo* value = MHD_get_daemon_info(daemon.get(), type);
    if (value == nullptr) return -1;
    return type == MHD_DAEMON_INFO_BIND_PORT ? value->port : value->epoll_fd;
}

// How long there is nothing to do but to wait for somebody; −1: for ever.
milliseconds DeskServer::Parts::patience(steady_clock::time_point last_tick,
                                         steady_clock::time_point last_board) const {
    const auto now = steady_clock::now();
    milliseconds wait{-1};
    const auto at_most = [&](steady_clock::duration time) {
        const auto rounded = std::max(milliseconds{0}, std::chrono::ceil<milliseconds>(time));
        wait = wait.count() < 0 ? rounded : std::min(wait, rounded);
    };
    MHD_UNSIGNED_LONG_LONG library = 0;
    if (MHD_get_timeout(daemon.get(), &library) == MHD_YES) {
        at_most(milliseconds(static_cast<milliseconds::rep>(std::min<MHD_UNSIGNED_LONG_LONG>(library, 60'000))));
    }
    if (connections.count() != 0) at_most(last_tick + k_tick - now);
    if (connections.has_waiting()) at_most(router.next_turn() - now);
    if (board_changed) at_most(last_board + k_between_boards - now);
    return wait;
}

void DeskServer::Parts::tell_board() {
    if (streams.count() == 0) return;
    try {
        told_at = router.now();
        streams.tell(house.board());
    } catch (const std::exception&) {
        // The page keeps what it shows; the next change tells again.
    }
}

DeskServer::DeskServer(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

DeskServer::~DeskServer() {
    m_parts->streams.end_all();
    m_parts->connections.wake_all();
}

Result<std::unique_ptr<DeskServer>> DeskServer::create(const DeskServerOptions& options, StaffAccounts& accounts,
                                                       DeskHouse& house) {
    if (sodium_init() < 0) return fail(Fault::Internal, "libsodium does not start");
    if (options.connections < 4 || options.connections_of_one < 2 || options.silence.count() < 1) {
        return fail(Fault::BadOptions, "the desk's server: limits that nobody could use it with");
    }
    auto files = internal::read_page_files(options.files);
    if (!files) return tl::unexpected(files.error());
    auto certificate =
        options.certificate.empty()
            ? internal::own_certificate(options.folder, internal::names_for(options.address, options.names))
            : internal::load_certificate(options.certificate, options.certificate_key);
    if (!certificate) return tl::unexpected(certificate.error());
    auto parts = std::make_unique<Parts>(options, std::move(*certificate), std::move(*files), accounts, house);
    if (auto started = parts->start(); !started) return tl::unexpected(started.error());
    return std::unique_ptr<DeskServer>(new DeskServer(std::move(parts)));
}

void DeskServer::run() {
    Parts& p = *m_parts;
    auto last_tick = steady_clock::now();
    auto last_board = last_tick - k_between_boards;
    std::array<pollfd, 2> fds{{{p.info(MHD_DAEMON_INFO_EPOLL_FD), POLLIN, 0}, {p.wake.get(), POLLIN, 0}}};
    bool some_ended = false;
    while (!p.stopping) {
        // When all places were taken the library listens again only in the run after one became free.
        const auto wait = some_ended ? milliseconds{0} : p.patience(last_tick, last_board);
        ::poll(fds.data(), fds.size(), static_cast<int>(wait.count()));
        std::uint64_t pokes = 0;
        [[maybe_unused]] const ssize_t ignored = ::read(p.wake.get(), &pokes, sizeof pokes);
        const auto now = steady_clock::now();
        if (p.board_changed && now - last_board >= k_between_boards) {
            p.board_changed = false;
            last_board = now;
            p.tell_board();
        }
        p.connections.next_turn();
        if (now - last_tick >= k_tick) {
            last_tick = now;
            p.connections.cut_off_slow();
            p.streams.end_those([&](const auto& key) { return !p.router.is_signed_in(key); });
            // What grows old without an event (an age, the disk) is shown, and the page knows that the kiosk lives.
            if (p.streams.count() != 0 && p.router.now() - p.told_at >= k_board_anyway) p.board_changed = true;
        }
        const std::size_t before = p.connections.count();
        MHD_run(p.daemon.get());
        some_ended = p.connections.count() < before;
    }
    // Suspended connections must go on before the daemon stops; the streams say good-bye.
    p.streams.end_all();
    p.connections.wake_all();
    MHD_run(p.daemon.get());
}

void DeskServer::stop() {
    m_parts->stopping = true;
    m_parts->poke();
}

void DeskServer::notify() {
    m_parts->board_changed = true;
    m_parts->poke();
}

int DeskServer::port() const {
    return m_parts->port;
}

std::string DeskServer::url() const {
    const std::string& address = m_parts->options.address;
    const std::string host = address.find(':') == std::string::npos ? address : "[" + address + "]";
    return "https://" + host + ":" + std::to_string(m_parts->port) + "/";
}

std::string DeskServer::fingerprint() const {
    return m_parts->certificate.fingerprint;
}

int DeskServer::streams() const {
    return m_parts->streams.count();
}

}  // namespace uketsuke::net
