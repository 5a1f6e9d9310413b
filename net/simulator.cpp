#include "net/simulator.h"

#include <httplib.h>
#include <sys/socket.h>

#include <array>
#include <atomic>

#include "net/internal/simulated_service.h"
#include "net/internal/simulator_faults.h"
#include "net/internal/simulator_page.h"
#include "net/internal/tls_identity.h"

namespace uketsuke::net {
namespace {

using internal::ServiceAnswer;
using internal::SimulatedService;

// httplib serves a connection on one worker from handshake to close, so its socket is known to the handlers that way.
thread_local int connection_socket = -1;
thread_local bool connection_known = false;  // its client certificate is one of ours
thread_local std::string connection_name;    // and that certificate's CN

void hang_up() {
    ::shutdown(connection_socket, SHUT_RDWR);
}

void meet(const SSL* ssl) {
    connection_socket = SSL_get_fd(ssl);
    X509* certificate = SSL_get0_peer_certificate(ssl);
    connection_known = certificate != nullptr && SSL_get_verify_result(ssl) == X509_V_OK;
    connection_name.clear();
    std::array<char, 128> name{};
    if (connection_known && X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name.data(),
                                                      static_cast<int>(name.size())) > 0) {
        connection_name = name.data();
    }
}

constexpr std::size_t largest_request = 512u << 10;
constexpr std::size_t largest_faults = 8u << 10;

void put(const ServiceAnswer& answer, httplib::Response& response) {
    response.status = answer.status;
    if (!answer.retry_after.empty()) response.set_header("Retry-After", answer.retry_after);
    if (answer.cut == Cut::Before || answer.cut == Cut::After) {
        hang_up();
        return;
    }
    if (answer.cut == Cut::None || answer.body.empty()) {
        response.set_content(answer.body, "application/xml");
        return;
    }
    response.set_content_provider(answer.body.size(), "application/xml",
                                  [body = answer.body](std::size_t, std::size_t, httplib::DataSink& sink) {
                                      sink.write(body.data(), body.size() / 2);
                                      hang_up();
                                      return false;
                                  });
}

// A browser says where a call comes from, and no page from elsewhere may change the faults; a program on the command
// line says nothing.
bool comes_from_a_browser(const httplib::Request& request) {
    return request.has_header("Origin") || request.has_header("Sec-Fetch-Site");
}

bool comes_from_our_page(const httplib::Request& request) {
    const std::string site = request.get_header_value("Sec-Fetch-Site");
    const std::string origin = request.get_header_value("Origin");
    return (site.empty() || site == "same-origin" || site == "none") &&
           (origin.empty() || origin == "https://" + request.get_header_value("Host"));
}

void change_faults(SimulatedService& service, const httplib::Request& request, httplib::Response& response) {
    const std::string type = request.get_header_value("Content-Type");
    const bool form = type.starts_with("application/x-www-form-urlencoded");
    const bool browser = comes_from_a_browser(request);
    const auto refuse = [&response](int status, const std::string& why) {
        response.status = status;
        response.set_content(why + "\n", "text/plain; charset=utf-8");
    };
    if (browser && !comes_from_our_page(request)) return refuse(403, "faults: only the simulator's own page may");
    if (!form && !type.starts_with("application/json")) {
        return refuse(415, "faults: Content-Type is application/json, or a form's");
    }
    if (request.body.size() > largest_faults) return refuse(413, "faults: too long");
    const bool fields = form && browser;  // curl -d calls JSON a form
    const auto faults = fields ? internal::faults_from_form(request.params) : internal::faults_from_json(request.body);
    if (!faults) return refuse(400, faults.error().where);
    if (const auto set = service.set_fault(*faults); !set) return refuse(400, set.error().where);
    response.status = 204;
    if (!fields) return;
    response.status = 303;
    response.set_header("Location", "/");
}

void report_device(SimulatedService& service, const httplib::Request& request, httplib::Response& response) {
    if (comes_from_a_browser(request) && !comes_from_our_page(request)) {
        response.status = 403;
        return;
    }
    const auto report =
        request.body.size() > largest_faults ? std::nullopt : internal::read_device_report(request.body);
    response.status = report ? 204 : 400;
    if (report) service.set_device_lost(report->device, report->lost);
}

void show_page(const SimulatedService& service, httplib::Response& response) {
    response.set_header("Content-Security-Policy",
                        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
                        "frame-ancestors 'none'");
    response.set_header("Cache-Control", "no-store");
    response.set_header("X-Content-Type-Options", "nosniff");
    response.set_content(internal::page_of({service.now(), service.receptions(), service.consent_calls(),
                                            service.queries(), service.refused(), service.people(), service.fault()}),
                         "text/html; charset=utf-8");
}

// The listening loop calls on_idle() between connections: late state is written there, and a stop() that came before
// run() is noticed there.
class Workers : public httplib::ThreadPool {
  public:
    explicit Workers(std::function<void()> idle) : httplib::ThreadPool(8), m_idle(std::move(idle)) {}
    void on_idle() override { m_idle(); }

  private:
    std::function<void()> m_idle;
};

}  // namespace

struct EligibilitySimulator::Parts {
    SimulatorOptions options;
    internal::TlsIdentity ca;
    internal::TlsIdentity own;
    std::unique_ptr<SimulatedService> service;
    std::unique_ptr<httplib::SSLServer> server;
    std::atomic<bool> stopping{false};
    std::atomic<bool> ran{false};
    int port = 0;

    bool set_up_tls(SSL_CTX& context) const {
        SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
        SSL_CTX_set_info_callback(&context, [](const SSL* ssl, int where, int) {
            if ((where & SSL_CB_HANDSHAKE_DONE) != 0) meet(ssl);
        });
        if (options.require_client_certificate) {
            X509_STORE_add_cert(SSL_CTX_get_cert_store(&context), ca.certificate.get());
            // Refused by an HTTP answer: a handshake that is broken off looks like a broken network to the client.
            SSL_CTX_set_verify(&context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
        }
        return SSL_CTX_use_certificate(&context, own.certificate.get()) == 1 &&
               SSL_CTX_use_PrivateKey(&context, own.key.get()) == 1;
    }

    void set_up_routes() {
        server->set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
            // A tablet that cannot open its own key asks without one how it stands.
            const bool standing = request.method == "GET" && request.path.starts_with("/devices/");
            if (!options.require_client_certificate || connection_known || standing)
                return httplib::Server::HandlerResponse::Unhandled;
            response.status = 403;
            return httplib::Server::HandlerResponse::Handled;
        });
        server->set_post_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
            response.set_header("Date", internal::http_date(service->now()));
            const std::string device = request.get_header_value("Uketsuke-Device");
            if (!device.empty() && service->is_device_lost(device)) {
                response.set_header("Uketsuke-Device-Standing", "lost");
            }
        });
        const auto take_in = [this](const httplib::Request& request, httplib::Response& response) {
            put(service->post(
                    {request.get_header_value("Idempotency-Key"), request.get_header_value("Uketsuke-Signature"),
                     request.get_header_value("Uketsuke-Certificate"), request.get_header_value("Uketsuke-Attestation"),
                     connection_name, request.body, request.path == "/consents"}),
                response);
        };
        server->Post("/receptions", take_in);
        server->Post("/consents", take_in);
        server->Get("/continuing-care", [this](const httplib::Request& request, httplib::Response& response) {
            put(service->continuing_care(request.get_header_value("Uketsuke-Institution"), connection_name), response);
        });
        server->Get(R"(/devices/([0-9A-Za-z-]{1,64}))",
                    [this](const httplib::Request& request, httplib::Response& response) {
                        put(service->device(request.matches[1].str()), response);
                    });
        server->Post("/devices", [this](const httplib::Request& request, httplib::Response& response) {
            report_device(*service, request, response);
        });
        server->Get(R"(/receptions/([0-9a-f-]{36}))",
                    [this](const httplib::Request& request, httplib::Response& response) {
                        put(service->ask(request.matches[1].str()), response);
                    });
        server->Get(
            R"(/registrations/([0-9a-f]{64}))", [this](const httplib::Request& request, httplib::Response& response) {
                put(service->registration(request.matches[1].str(), request.get_header_value("Uketsuke-Certificate")),
                    response);
            });
        server->Post("/queries", [this](const httplib::Request& request, httplib::Response& response) {
            put(service->query(request.get_header_value("Idempotency-Key"), request.body), response);
        });
        server->Post("/faults", [this](const httplib::Request& request, httplib::Response& response) {
            change_faults(*service, request, response);
        });
        server->Get("/state", [this](const httplib::Request&, httplib::Response& response) {
            response.set_content(service->state_json(), "application/json");
        });
        server->Get("/",
                    [this](const httplib::Request&, httplib::Response& response) { show_page(*service, response); });
    }
};

EligibilitySimulator::EligibilitySimulator(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
EligibilitySimulator::~EligibilitySimulator() {
    stop();
    // Only the listening loop closes the port that create() took.
    if (!m_parts->ran) run();
}

Result<std::unique_ptr<EligibilitySimulator>> EligibilitySimulator::create(const SimulatorOptions& options) {
    auto parts = std::make_unique<Parts>();
    parts->options = options;
    auto ca = internal::make_ca("Uketsuke eligibility simulator CA");
    if (!ca) return tl::unexpected(ca.error());
    parts->ca = std::move(*ca);
    auto own = internal::issue(parts->ca, "Uketsuke eligibility simulator", internal::Usage::Server, options.bind);
    if (!own) return tl::unexpected(own.error());
    parts->own = std::move(*own);
    auto service = SimulatedService::create(options);
    if (!service) return tl::unexpected(service.error());
    parts->service = std::move(*service);

    Parts* p = parts.get();
    parts->server = std::make_unique<httplib::SSLServer>([p](SSL_CTX& context) { return p->set_up_tls(context); });
    if (!parts->server->is_valid()) return fail(Fault::Internal, "simulator: OpenSSL refuses its own certificate");
    parts->server->new_task_queue = [p] {
        return new Workers([p] {
            p->service->idle();
            if (p->stopping) p->server->stop();
        });
    };
    parts->server->set_idle_interval(std::chrono::milliseconds(50));
    parts->server->set_tcp_nodelay(true);
    parts->server->set_keep_alive_max_count(1'000'000'000);
    parts->server->set_keep_alive_timeout(2);
    parts->server->set_payload_max_length(largest_request);
    parts->set_up_routes();
    const bool any = options.port == 0;
    const int port = any ? parts->server->bind_to_any_port(options.bind) : options.port;
    if (port <= 0 || (!any && !parts->server->bind_to_port(options.bind, port))) {
        return fail(Fault::BadOptions, "simulator: cannot bind " + options.bind + ":" + std::to_string(options.port));
    }
    parts->port = port;
    return std::unique_ptr<EligibilitySimulator>(new EligibilitySimulator(std::move(parts)));
}

void EligibilitySimulator::run() {
    m_parts->ran = true;
    m_parts->server->listen_after_bind();
    m_parts->service->idle();
}

void EligibilitySimulator::stop() {
    m_parts->stopping = true;
    m_parts->service->stop();
}

int EligibilitySimulator::port() const {
    return m_parts->port;
}

std::string EligibilitySimulator::url() const {
    const bool v6 = m_parts->options.bind.find(':') != std::string::npos;
    const std::string host = v6 ? "[" + m_parts->options.bind + "]" : m_parts->options.bind;
    return "https://" + (host == "0.0.0.0" ? "127.0.0.1" : host) + ":" + std::to_string(m_parts->port);
}

std::string EligibilitySimulator::ca_pem() const {
    return internal::pem_of(m_parts->ca.certificate.get());
}

Result<std::pair<std::string, std::string>> EligibilitySimulator::issue_client_identity(const std::string& name) const {
    const auto leaf = internal::issue(m_parts->ca, name, internal::Usage::Client);
    if (!leaf) return tl::unexpected(leaf.error());
    return std::pair(internal::pem_of(leaf->certificate.get()), internal::pem_of(leaf->key.get()));
}

void EligibilitySimulator::add_person(const SimulatedPerson& person) {
    m_parts->service->add_person(person);
}
std::vector<SimulatedPerson> EligibilitySimulator::people() const {
    return m_parts->service->people();
}
Result<void> EligibilitySimulator::introduce_card(std::span<const std::uint8_t> certificate_der) {
    return m_parts->service->introduce_card(certificate_der);
}
Result<void> EligibilitySimulator::set_fault(const SimulatorFaults& faults) {
    return m_parts->service->set_fault(faults);
}
SimulatorFaults EligibilitySimulator::fault() const {
    return m_parts->service->fault();
}
std::vector<ReceivedReception> EligibilitySimulator::receptions() const {
    return m_parts->service->receptions();
}
std::vector<ReceivedQuery> EligibilitySimulator::queries() const {
    return m_parts->service->queries();
}

std::vector<ReceivedReception> EligibilitySimulator::consent_calls() const {
    return m_parts->service->consent_calls();
}
void EligibilitySimulator::set_device_lost(const std::string& device, bool lost) {
    m_parts->service->set_device_lost(device, lost);
}
bool EligibilitySimulator::is_device_lost(const std::string& device) const {
    return m_parts->service->is_device_lost(device);
}

std::vector<RefusedCall> EligibilitySimulator::refused() const {
    return m_parts->service->refused();
}
std::string EligibilitySimulator::state_json() const {
    return m_parts->service->state_json();
}
std::int64_t EligibilitySimulator::calls() const {
    return m_parts->service->calls();
}

bool EligibilitySimulator::wait_for_calls(std::int64_t n, std::chrono::milliseconds limit) const {
    return m_parts->service->wait_for_calls(n, limit);
}

}  // namespace uketsuke::net
