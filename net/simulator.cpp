#include "net/simulator.h"

#include <httplib.h>
#include <sys/socket.h>

#include <nlohmann/json.hpp>

#include "net/internal/simulated_service.h"
#include "net/internal/tls_identity.h"

namespace uketsuke::net {
namespace {

using Json = nlohmann::json;
using internal::ServiceAnswer;
using internal::SimulatedService;

// httplib serves a connection on one worker from handshake to close, so its socket is known to the handlers that way.
thread_local int connection_socket = -1;
thread_local bool connection_known = false;  // its client certificate is one of ours

void hang_up() {
    ::shutdown(connection_socket, SHUT_RDWR);
}

constexpr std::size_t largest_request = 512u << 10;

Result<SimulatorFaults> faults_from(const std::string& text) {
    SimulatorFaults faults;
    try {
        const Json json = Json::parse(text);
        for (const auto& [name, value] : json.items()) {
            if (name == "down") {
                faults.down = value.get<bool>();
            } else if (name == "slow_ms") {
                faults.slow = std::chrono::milliseconds(value.get<int>());
            } else if (name == "flaky") {
                faults.flaky = value.get<double>();
            } else if (name == "processing") {
                faults.processing = value.get<int>();
            } else if (name == "error") {
                faults.error = value.get<std::string>();
            } else if (name == "status") {
                faults.status = value.get<int>();
            } else if (name == "retry_after") {
                faults.retry_after = std::chrono::seconds(value.get<int>());
            } else if (name == "cut") {
                const std::string cut = value.get<std::string>();
                faults.cut = cut == "before" ? Cut::Before : (cut == "after" ? Cut::After : Cut::Half);
                if (cut == "none") faults.cut = Cut::None;
                if (cut != "none" && cut != "before" && cut != "after" && cut != "half") {
                    return fail(Fault::BadOptions, "faults: cut is none, before, after or half");
                }
            } else {
                return fail(Fault::BadOptions, "faults: unknown key " + name);
            }
        }
    } catch (const Json::exception& error) {
        return fail(Fault::BadOptions, std::string("faults: ") + error.what());
    }
    const bool sane =
        faults.slow.count() >= 0 && faults.flaky >= 0.0 && faults.flaky <= 1.0 && faults.processing >= -1 &&
        (faults.status == 0 || (faults.status >= 300 && faults.status <= 599)) && faults.retry_after.count() >= 0;
    if (!sane) return fail(Fault::BadOptions, "faults: a value is out of its range");
    return faults;
}

void put(const ServiceAnswer& answer, httplib::Response& response) {
    response.status = answer.status;
    if (answer.retry_after.count() > 0) response.set_header("Retry-After", std::to_string(answer.retry_after.count()));
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

std::string page_of(const std::vector<ReceivedReception>& receptions) {
    std::string rows;
    for (const ReceivedReception& r : receptions) {
        rows += "<tr><td>" + r.key + "<td>" + name_of(r.method) + "<td>" + r.person + "<td>" +
                std::to_string(r.times_received);
    }
    return "<!doctype html><meta charset=utf-8><title>Eligibility simulator</title><h1>" +
           std::to_string(receptions.size()) +
           " receptions</h1><table border=1><tr><th>key<th>method<th>person<th>times received" + rows + "</table>\n";
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
            if ((where & SSL_CB_HANDSHAKE_DONE) == 0) return;
            connection_socket = SSL_get_fd(ssl);
            connection_known = SSL_get0_peer_certificate(ssl) != nullptr && SSL_get_verify_result(ssl) == X509_V_OK;
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
        server->set_pre_routing_handler([this](const httplib::Request&, httplib::Response& response) {
            if (!options.require_client_certificate || connection_known)
                return httplib::Server::HandlerResponse::Unhandled;
            response.status = 403;
            return httplib::Server::HandlerResponse::Handled;
        });
        server->Post("/receptions", [this](const httplib::Request& request, httplib::Response& response) {
            put(service->post({request.get_header_value("Idempotency-Key"),
                               request.get_header_value("Uketsuke-Signature"),
                               request.get_header_value("Uketsuke-Certificate"), request.body}),
                response);
        });
        server->Get(R"(/receptions/([0-9a-f-]{36}))",
                    [this](const httplib::Request& request, httplib::Response& response) {
                        put(service->ask(request.matches[1].str()), response);
                    });
        server->Post("/faults", [this](const httplib::Request& request, httplib::Response& response) {
            const auto faults = faults_from(request.body);
            if (faults) service->set_fault(*faults);
            response.status = faults ? 204 : 400;
            if (!faults) response.set_content(faults.error().where + "\n", "text/plain");
        });
        server->Get("/state", [this](const httplib::Request&, httplib::Response& response) {
            response.set_content(service->state_json(), "application/json");
        });
        server->Get("/", [this](const httplib::Request&, httplib::Response& response) {
            response.set_content(page_of(service->receptions()), "text/html");
        });
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
void EligibilitySimulator::set_fault(const SimulatorFaults& faults) {
    m_parts->service->set_fault(faults);
}
SimulatorFaults EligibilitySimulator::fault() const {
    return m_parts->service->fault();
}
std::vector<ReceivedReception> EligibilitySimulator::receptions() const {
    return m_parts->service->receptions();
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
