// uketsuke-eligibility-sim: the simulated eligibility service as a program.

#include <fmt/core.h>
#include <pthread.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <sstream>
#include <thread>

#include "net/simulator.h"

namespace {

using namespace uketsuke;

int trouble(const std::string& what) {
    fmt::print(stderr, "uketsuke-eligibility-sim: {}\n", what);
    return 1;
}

struct Arguments {
    net::SimulatorOptions options;
    net::SimulatorFaults faults;
    std::string ca_out;
    std::string card_ca;
    std::string cut = "none";
    int slow_ms = 0;
    int retry_after = 1;
    bool unknown_not_found = false;
    bool no_signature_check = false;
};

void declare(CLI::App& app, Arguments& a) {
    app.add_option("--bind", a.options.bind, "address to listen on")->capture_default_str();
    app.add_option("--port", a.options.port, "0: any free one")->check(CLI::Range(0, 65535))->capture_default_str();
    app.add_option("--state", a.options.state_file, "JSON file of what was received; read at start");
    app.add_option("--ca-out", a.ca_out, "write the CA that clients must trust (PEM)");
    app.add_option("--card-ca", a.card_ca, "only cards issued under these CAs (PEM)")->check(CLI::ExistingFile);
    app.add_flag("--no-signature-check", a.no_signature_check, "take in what the card did not sign");
    app.add_flag("--client-certificates", a.options.require_client_certificate, "demand a client certificate");
    app.add_flag("--unknown-not-found", a.unknown_not_found, "answer 該当資格なし for people who are not in the table");
    app.add_flag("--down", a.faults.down, "close every call without an answer");
    app.add_option("--slow", a.slow_ms, "milliseconds before each answer")->check(CLI::Range(0, 600'000));
    app.add_option("--flaky", a.faults.flaky, "part of the calls that are cut somewhere")->check(CLI::Range(0.0, 1.0));
    app.add_option("--processing", a.faults.processing, "answers that are 処理中 first; -1: until cleared")
        ->check(CLI::Range(-1, 1000));
    app.add_option("--error", a.faults.error, "OQS error code of every answer");
    app.add_option("--cut", a.cut, "none, before, after or half")
        ->check(CLI::IsMember({"none", "before", "after", "half"}));
    app.add_option("--status", a.faults.status, "HTTP status of every answer")->check(CLI::Range(300, 599));
    app.add_option("--retry-after", a.retry_after, "seconds, with --status and --processing")
        ->check(CLI::Range(0, 3600));
}

bool complete(Arguments& a) {
    a.faults.slow = std::chrono::milliseconds(a.slow_ms);
    a.faults.retry_after = std::chrono::seconds(a.retry_after);
    a.faults.cut = a.cut == "before"
                       ? net::Cut::Before
                       : (a.cut == "after" ? net::Cut::After : (a.cut == "half" ? net::Cut::Half : net::Cut::None));
    a.options.check_signatures = !a.no_signature_check;
    a.options.unknown_person = a.unknown_not_found ? net::UnknownPerson::NotFound : net::UnknownPerson::Valid;
    if (a.card_ca.empty()) return true;
    std::ifstream in(a.card_ca);
    std::ostringstream text;
    text << in.rdbuf();
    a.options.card_ca_pem = text.str();
    return !in.bad();
}

int serve(const Arguments& a) {
    auto created = net::EligibilitySimulator::create(a.options);
    if (!created) return trouble(created.error().where);
    net::EligibilitySimulator& simulator = **created;
    simulator.set_fault(a.faults);
    if (!a.ca_out.empty()) {
        std::ofstream out(a.ca_out, std::ios::trunc);
        out << simulator.ca_pem();
        if (!out.flush()) return trouble("cannot write " + a.ca_out);
    }
    fmt::print("{}\n", simulator.url());
    std::fflush(stdout);
    std::jthread server([&] { simulator.run(); });
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    int received = 0;
    sigwait(&ends, &received);
    simulator.stop();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    // Blocked before any thread starts, so that every thread inherits it and sigwait() gets the signal.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);

    CLI::App app(
        "Simulated eligibility service (HTTPS, a certificate made at start, faults by option and at POST /faults)");
    Arguments arguments;
    declare(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    if (!complete(arguments)) return trouble("cannot read " + arguments.card_ca);
    return serve(arguments);
}
