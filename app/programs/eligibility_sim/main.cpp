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
    std::string expired = "none";
    std::string terminal_key;
    int slow_ms = 0;
    int retry_after = 1;
    int clock = 0;
    int accept_days = 14;
    bool unknown_not_found = false;
    bool no_signature_check = false;
};

void declare_service(CLI::App& app, Arguments& a) {
    app.add_option("--bind", a.options.bind, "address to listen on")->capture_default_str();
    app.add_option("--port", a.options.port, "0: any free one")->check(CLI::Range(0, 65535))->capture_default_str();
    app.add_option("--people", a.options.people_file, "TOML file of the people it knows (assets/eligibility/)")
        ->check(CLI::ExistingFile);
    app.add_option("--state", a.options.state_file, "JSON file of what was received; read at start");
    app.add_option("--ca-out", a.ca_out, "write the CA that clients must trust (PEM)");
    app.add_option("--card-ca", a.card_ca, "only cards issued under these CAs (PEM)")->check(CLI::ExistingFile);
    app.add_option(
        "--terminal-key", a.terminal_key,
        "Ed25519 public key of the terminal, 64 hexadecimal digits: checks what it attests for face, visual");
    app.add_option("--institution", a.options.institution, "serve only this MedicalInstitutionCode, 10 digits");
    app.add_option("--accept-days", a.accept_days, "how old a confirmation may be")
        ->check(CLI::Range(1, 3660))
        ->capture_default_str();
    app.add_flag("--no-signature-check", a.no_signature_check, "take in what the card did not sign");
    app.add_flag("--client-certificates", a.options.require_client_certificate, "demand a client certificate");
    app.add_flag("--client-is-institution", a.options.client_is_institution,
                 "with --client-certificates: its CN is the document's MedicalInstitutionCode");
    app.add_flag("--unknown-not-found", a.unknown_not_found, "answer 該当資格なし for people who are not in the table");
}

void declare_faults(CLI::App& app, Arguments& a) {
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
        ->check(CLI::Range(0, 604'800));
    app.add_flag("--retry-after-as-date", a.faults.retry_after_as_date, "Retry-After as an HTTP date");
    app.add_flag("--duplicate", a.faults.duplicate, "every result twice");
    app.add_option("--everyone-is,--answer-as", a.faults.answer_as, "answer every card as this person of --people");
    app.add_flag("--other-request", a.faults.other_request, "send the answer of an earlier request");
    app.add_flag("--shift-jis", a.faults.shift_jis, "answers in Shift_JIS");
    app.add_option("--black-circles", a.faults.black_circles, "every n-th character of name and address is ●")
        ->check(CLI::Range(0, 1000));
    app.add_option("--expired", a.expired, "none, card (the insured card's date) or qualification (insurance lost)")
        ->check(CLI::IsMember({"none", "card", "qualification"}));
    app.add_option("--clock", a.clock, "seconds that the service's clock is ahead; negative: behind")
        ->check(CLI::Range(-34'560'000, 34'560'000));
}

bool read_terminal_key(const std::string& hex, std::vector<std::uint8_t>& key) {
    if (hex.size() % 2 != 0 || hex.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos) return false;
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        key.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return key.empty() || key.size() == 32;
}

bool complete(Arguments& a) {
    a.faults.slow = std::chrono::milliseconds(a.slow_ms);
    a.faults.retry_after = std::chrono::seconds(a.retry_after);
    a.faults.clock = std::chrono::seconds(a.clock);
    a.faults.cut = a.cut == "before"
                       ? net::Cut::Before
                       : (a.cut == "after" ? net::Cut::After : (a.cut == "half" ? net::Cut::Half : net::Cut::None));
    a.faults.expired = a.expired == "card"
                           ? net::Expired::Card
                           : (a.expired == "qualification" ? net::Expired::Qualification : net::Expired::None);
    a.options.check_signatures = !a.no_signature_check;
    a.options.accept_for = std::chrono::hours(24) * a.accept_days;
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
    if (const auto set = simulator.set_fault(a.faults); !set) return trouble(set.error().where);
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
    declare_service(app, arguments);
    declare_faults(app, arguments);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error);
    }
    if (!read_terminal_key(arguments.terminal_key, arguments.options.terminal_public_key)) {
        return trouble("--terminal-key wants 64 hexadecimal digits");
    }
    if (!complete(arguments)) return trouble("cannot read " + arguments.card_ca);
    return serve(arguments);
}
