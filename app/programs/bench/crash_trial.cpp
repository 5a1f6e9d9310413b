#include "app/programs/bench/crash_trial.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "app/programs/bench/queue_load.h"
#include "net/drain.h"
#include "net/simulator.h"

namespace uketsuke::bench {
namespace {

using net::Outbox;

struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe() {
        if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    }
    ~Pipe() {
        close_read();
        close_write();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_read() { close_end(0); }
    void close_write() { close_end(1); }
    std::string read_all() const {
        std::string text;
        std::array<char, 4096> chunk{};
        for (ssize_t n = 0; (n = ::read(ends[0], chunk.data(), chunk.size())) > 0;) {
            text.append(chunk.data(), static_cast<std::size_t>(n));
        }
        return text;
    }

  private:
    void close_end(int i) {
        if (ends[static_cast<std::size_t>(i)] >= 0) ::close(ends[static_cast<std::size_t>(i)]);
        ends[static_cast<std::size_t>(i)] = -1;
    }
};

net::WallTime now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

// The service in a process of its own, so that this one stays single-threaded and may fork.
class ServiceProcess {
  public:
    explicit ServiceProcess(const std::filesystem::path& state) {
        Pipe hello;
        m_pid = ::fork();
        if (m_pid == 0) {
            hello.close_read();
            serve(state, hello.ends[1]);
        }
        hello.close_write();
        const auto json = nlohmann::json::parse(hello.read_all(), nullptr, false);
        if (json.is_discarded()) throw std::runtime_error("the simulated service does not start");
        m_options.url = json.at("url");
        m_options.ca_pem = json.at("ca");
    }
    ~ServiceProcess() { stop(); }
    ServiceProcess(const ServiceProcess&) = delete;
    ServiceProcess& operator=(const ServiceProcess&) = delete;
    const net::ServiceOptions& options() const { return m_options; }
    void stop() {
        if (m_pid <= 0) return;
        ::kill(m_pid, SIGTERM);
        ::waitpid(m_pid, nullptr, 0);
        m_pid = -1;
    }

  private:
    [[noreturn]] static void serve(const std::filesystem::path& state, int hello) {
        sigset_t term;
        sigemptyset(&term);
        sigaddset(&term, SIGTERM);
        ::pthread_sigmask(SIG_BLOCK, &term, nullptr);
        net::SimulatorOptions options;
        options.state_file = state;
        auto simulator = net::EligibilitySimulator::create(options);
        if (!simulator) ::_exit(1);
        // Every third call or so is cut somewhere: before it is taken in, after, or in the middle of the answer.
        net::SimulatorFaults faults;
        faults.flaky = 0.3;
        (*simulator)->set_fault(faults);
        const std::string text = nlohmann::json{{"url", (*simulator)->url()}, {"ca", (*simulator)->ca_pem()}}.dump();
        if (::write(hello, text.data(), text.size()) < 0) ::_exit(1);
        ::close(hello);
        std::thread server([&] { (*simulator)->run(); });
        int signal = 0;
        sigwait(&term, &signal);
        (*simulator)->stop();
        server.join();
        ::_exit(0);
    }
    pid_t m_pid = -1;
    net::ServiceOptions m_options;
};

net::Result<net::SealingKey> trial_key(const std::filesystem::path& folder) {
    return net::SealingKey::load(folder / "outbox.key", net::KeyCreation::IfAbsent);
}

net::OutboxOptions trial_options() {
    net::OutboxOptions options;
    // Retention is at work too: what was delivered is purged at once, under the same kills.
    options.retention = std::chrono::hours(0);
    return options;
}

bool say(int pipe, char word, const net::RequestId& id) {
    const std::string line = word + id.text() + "\n";
    return ::write(pipe, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

// Queues, drains and purges until it is killed. Says "?id" before enqueue() and "+id" only after it returned.
[[noreturn]] void work(const std::filesystem::path& folder, const PracticeCard& card,
                       const net::ServiceOptions& service, int acknowledge) {
    auto key = trial_key(folder);
    if (!key) ::_exit(2);
    auto outbox = Outbox::open(folder / "outbox.db", std::move(*key), trial_options());
    auto client = net::EligibilityClient::create(service);
    if (!outbox || !client || (*outbox)->damage()) ::_exit(3);
    for (int n = 0;; ++n) {
        const net::SignedRequest request = practice_request(card);
        if (!say(acknowledge, '?', request.id)) ::_exit(5);
        if (!(*outbox)->enqueue(request, now())) ::_exit(4);
        if (!say(acknowledge, '+', request.id)) ::_exit(5);
        // make_all_due is what the kiosk does when the network is back: no waiting for the back-off here.
        [[maybe_unused]] const auto due = (*outbox)->make_all_due(now());
        for (int i = 0; i < 2; ++i) net::drain_once(**outbox, **client, now(), 0.5);
        if (n % 4 == 3) [[maybe_unused]]
            const auto purged = (*outbox)->purge(now());
    }
}

void wait_a_moment(std::chrono::microseconds moment) {
    timespec time{0, static_cast<long>(moment.count() * 1000)};
    ::nanosleep(&time, nullptr);
}

std::string drain_all(const std::filesystem::path& folder, const net::ServiceOptions& service, std::int64_t most) {
    auto key = trial_key(folder);
    if (!key) return key.error().where;
    auto outbox = Outbox::open(folder / "outbox.db", std::move(*key), trial_options());
    if (!outbox) return outbox.error().where;
    auto client = net::EligibilityClient::create(service);
    if (!client) return client.error().where;
    for (std::int64_t step = 0; step < 20 * most + 100; ++step) {
        const auto counts = (*outbox)->counts();
        if (!counts) return counts.error().where;
        if (counts->needs_staff > 0) return "a request was refused";
        if (counts->waiting() == 0) return "";
        [[maybe_unused]] const auto due = (*outbox)->make_all_due(now());
        net::drain_once(**outbox, **client, now(), 0.5);
    }
    return "the outbox does not become empty";
}

void note(CrashResult& result, const std::string& what) {
    if (result.trouble.empty()) result.trouble = what;
}

}  // namespace

CrashResult run_crash_trial(const std::filesystem::path& folder, int kills, std::uint64_t seed) {
    CrashResult result;
    const PracticeCard card;
    const std::filesystem::path state = folder / "service.json";
    ServiceProcess service(state);
    std::mt19937_64 chance(seed);
    std::set<std::string> intended;
    std::set<std::string> acknowledged;

    for (int i = 0; i < kills; ++i) {
        Pipe said;
        const pid_t worker = ::fork();
        if (worker == 0) {
            said.close_read();
            work(folder, card, service.options(), said.ends[1]);
        }
        said.close_write();
        // From "still opening the file" to "some twenty receptions further".
        wait_a_moment(std::chrono::microseconds(chance() % 120'000));
        ::kill(worker, SIGKILL);
        int status = 0;
        ::waitpid(worker, &status, 0);
        ++result.kills;
        const std::string text = said.read_all();
        for (std::size_t from = 0, end = 0; (end = text.find('\n', from)) != std::string::npos; from = end + 1) {
            (text[from] == '+' ? acknowledged : intended).insert(text.substr(from + 1, end - from - 1));
        }
        if (WIFEXITED(status)) {
            ++result.unopened;
            note(result, "a worker ended by itself with code " + std::to_string(WEXITSTATUS(status)));
        }
    }
    const std::string trouble = drain_all(folder, service.options(), static_cast<std::int64_t>(acknowledged.size()));
    if (!trouble.empty()) note(result, trouble);
    service.stop();

    std::map<std::string, int> received;
    std::ifstream in(state);
    const auto json = nlohmann::json::parse(in, nullptr, false);
    if (json.is_discarded()) {
        note(result, "the service's state file is not readable");
    } else {
        for (const auto& reception : json.at("receptions")) {
            const std::string key = reception.at("key");
            if (++received[key] > 1 || !intended.contains(key)) ++result.doubled;
            if (reception.at("times_received") > 1) ++result.resent;
        }
    }
    result.acknowledged = static_cast<std::int64_t>(acknowledged.size());
    for (const std::string& id : acknowledged) {
        if (!received.contains(id)) ++result.lost;
    }
    return result;
}

}  // namespace uketsuke::bench
