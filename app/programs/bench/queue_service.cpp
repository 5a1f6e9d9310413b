#include "app/programs/bench/queue_service.h"
#include "app/programs/bench/queue_load.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

namespace uketsuke::bench {
namespace {

[[noreturn]] void serve(const std::filesystem::path& state, const net::SimulatorFaults& faults, int hello) {
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &term, nullptr);
    net::SimulatorOptions options = practice_service();
    options.state_file = state;
    auto simulator = net::EligibilitySimulator::create(options);
    if (!simulator) ::_exit(1);
    if (!(*simulator)->set_fault(faults)) ::_exit(1);
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

}  // namespace

Pipe::Pipe() {
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
}

Pipe::~Pipe() {
    close_read();
    close_write();
}

void Pipe::close_read() {
    close_end(0);
}

void Pipe::close_write() {
    close_end(1);
}

void Pipe::close_end(std::size_t i) {
    if (ends[i] >= 0) ::close(ends[i]);
    ends[i] = -1;
}

std::string Pipe::read_all() const {
    std::string text;
    std::array<char, 4096> chunk{};
    for (ssize_t n = 0; (n = ::read(ends[0], chunk.data(), chunk.size())) > 0;) {
        text.append(chunk.data(), static_cast<std::size_t>(n));
    }
    return text;
}

ServiceProcess::ServiceProcess(const std::filesystem::path& state, const net::SimulatorFaults& faults) {
    Pipe hello;
    m_pid = ::fork();
    if (m_pid == 0) {
        hello.close_read();
        serve(state, faults, hello.ends[1]);
    }
    hello.close_write();
    const auto json = nlohmann::json::parse(hello.read_all(), nullptr, false);
    if (json.is_discarded()) throw std::runtime_error("the simulated service does not start");
    m_options.url = json.at("url");
    m_options.ca_pem = json.at("ca");
}

void ServiceProcess::stop() {
    if (m_pid <= 0) return;
    ::kill(m_pid, SIGTERM);
    ::waitpid(m_pid, nullptr, 0);
    m_pid = -1;
}

}  // namespace uketsuke::bench
