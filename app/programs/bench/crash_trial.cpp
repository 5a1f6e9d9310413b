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
#include "app/programs/bench/queue_service.h"
#include "net/drain.h"
#include "net/simulator.h"

namespace uketsuke::bench {
namespace {

using net::Outbox;

net::WallTime now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

net::Result<net::SealingKey> trial_key(const std::filesystem::path& folder) {
    return net::SealingKey::load(folder / "outbox.key", net::KeyCreation::IfAbsent);
}

net::OutboxOptions trial_options() {
    net::OutboxOptions options;
    // Retention is at work too: what was delivered is purged at once, under the same kills.
    options.retention = std::chrono::hours(0);
    options.file_answers = true;
    return options;
}

bool say(int pipe, char word, const net::RequestId& id) {
    const std::string line = word + id.text() + "\n";
    return ::write(pipe, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

// As for the receipt computer: by a temporary name, then renamed. A file that is there already is the same answer.
bool file_next(Outbox& outbox, const std::filesystem::path& folder) {
    const auto task = outbox.next_to_file();
    if (!task || !*task) return false;
    const std::filesystem::path file = folder / ((*task)->id.text() + ".xml");
    const std::filesystem::path draft = file.string() + ".new";
    {
        std::ofstream out(draft, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char*>((*task)->answer.data()),
                  static_cast<std::streamsize>((*task)->answer.size()));
        if (!out.flush()) return false;
    }
    std::error_code error;
    std::filesystem::rename(draft, file, error);
    return !error && outbox.filed((*task)->id).has_value();
}

// Queues, drains, files and purges until it is killed. Says "?id" before enqueue() and "+id" only after it returned.
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
        file_next(**outbox, folder / "res");
        if (n % 4 == 3) [[maybe_unused]]
            const auto purged = (*outbox)->purge(now());
    }
}

void wait_a_moment(std::chrono::microseconds moment) {
    timespec time{0, static_cast<long>(moment.count() * 1000)};
    ::nanosleep(&time, nullptr);
}

// Kills and half answers can add up to the attempts after which staff are called: they look and retry. What the service
// refused is trouble.
std::string ask_staff(Outbox& outbox, std::int64_t& to_staff) {
    const auto rows = outbox.list(1'000'000);
    if (!rows) return rows.error().where;
    for (const net::RequestSummary& row : *rows) {
        if (row.state != net::RequestState::NeedsStaff) continue;
        if (row.reason.find("refuses") != std::string::npos || row.reason.find("seal") != std::string::npos) {
            return "a request went to staff: " + row.reason;
        }
        ++to_staff;
        if (const auto retried = outbox.retry(row.id, now()); !retried) return retried.error().where;
    }
    return "";
}

std::string drain_all(const std::filesystem::path& folder, const net::ServiceOptions& service, std::int64_t most,
                      std::int64_t& to_staff) {
    auto key = trial_key(folder);
    if (!key) return key.error().where;
    auto outbox = Outbox::open(folder / "outbox.db", std::move(*key), trial_options());
    if (!outbox) return outbox.error().where;
    auto client = net::EligibilityClient::create(service);
    if (!client) return client.error().where;
    for (std::int64_t step = 0; step < 20 * most + 100; ++step) {
        const auto counts = (*outbox)->counts();
        if (!counts) return counts.error().where;
        if (counts->needs_staff > 0) {
            if (auto trouble = ask_staff(**outbox, to_staff); !trouble.empty()) return trouble;
        }
        if (counts->waiting() == 0 && counts->to_file == 0) return "";
        file_next(**outbox, folder / "res");
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
    // Every third call or so is cut somewhere: before it is taken in, after, or in the middle of the answer.
    net::SimulatorFaults faults;
    faults.flaky = 0.3;
    ServiceProcess service(state, faults);
    std::filesystem::create_directory(folder / "res");
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
    const std::string trouble =
        drain_all(folder, service.options(), static_cast<std::int64_t>(acknowledged.size()), result.to_staff);
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
        if (!std::filesystem::exists(folder / "res" / (id + ".xml"))) ++result.unfiled;
    }
    return result;
}

}  // namespace uketsuke::bench
