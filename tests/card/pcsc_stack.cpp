#include "tests/card/pcsc_stack.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>
#include <thread>

#include "card/reader.h"
#include "card/vpcd.h"

namespace uketsuke::card::testing {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

const fs::path k_socket_folder = "/run/pcscd";
const fs::path k_driver_entry = "/etc/reader.conf.d/vpcd";

// Where the distribution's own reader entry says that the vpcd driver lies.
std::string driver_path() {
    std::ifstream entry(k_driver_entry);
    std::string word;
    while (entry >> word) {
        if (word == "LIBPATH" && entry >> word && fs::exists(word)) return word;
    }
    return {};
}

bool service_listens() {
    const int handle = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, (k_socket_folder / "pcscd.comm").c_str(), sizeof address.sun_path - 1);
    const bool up = connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(handle);
    return up;
}

bool port_is_free(std::uint16_t port) {
    const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    const bool is_free = bind(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    close(handle);
    return is_free;
}

// vpcd listens on two ports in a row, one a slot.
std::uint16_t free_ports() {
    for (std::uint16_t port = 0x8D00; port < 0x8F00; port = static_cast<std::uint16_t>(port + 2)) {
        if (port_is_free(port) && port_is_free(static_cast<std::uint16_t>(port + 1))) return port;
    }
    return 0;
}

void remove_stale_files() {
    std::error_code ignored;
    fs::remove(k_socket_folder / "pcscd.comm", ignored);
    fs::remove(k_socket_folder / "pcscd.pid", ignored);
}

int take_lock(milliseconds patience) {
    const fs::path path = fs::temp_directory_path() / "uketsuke-pcscd.lock";
    const int handle = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (handle < 0) return -1;
    for (const auto deadline = Clock::now() + patience; flock(handle, LOCK_EX | LOCK_NB) != 0;) {
        if (Clock::now() >= deadline) {
            close(handle);
            return -1;
        }
        std::this_thread::sleep_for(milliseconds(50));
    }
    return handle;
}

pid_t spawn(const std::vector<std::string>& arguments, int output) {
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (const auto& one : arguments) argv.push_back(const_cast<char*>(one.c_str()));
    argv.push_back(nullptr);
    const pid_t parent = getpid();
    const pid_t child = fork();
    if (child != 0) return child;
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that dies leaves no service behind
    if (getppid() != parent) _exit(127);
    if (output >= 0) {
        dup2(output, STDOUT_FILENO);
        dup2(output, STDERR_FILENO);
    }
    execv(argv[0], argv.data());
    _exit(127);
}

}  // namespace

std::string find_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(std::string(path != nullptr ? path : "") + ":/usr/sbin:/sbin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        const fs::path candidate = fs::path(folder) / name;
        if (!folder.empty() && access(candidate.c_str(), X_OK) == 0) return candidate.string();
    }
    return {};
}

Ran run_program(const std::vector<std::string>& arguments, std::chrono::seconds limit) {
    std::vector<std::string> resolved = arguments;
    resolved[0] = find_program(arguments[0]);
    if (resolved[0].empty()) return {};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {};
    const pid_t child = spawn(resolved, ends[1]);
    close(ends[1]);
    Ran ran;
    // A program that hangs is killed; closing its end of the pipe then ends the read below.
    std::atomic<bool> done{false};
    std::thread guard([&] {
        const auto deadline = Clock::now() + limit;
        while (!done && Clock::now() < deadline) std::this_thread::sleep_for(milliseconds(20));
        if (!done) kill(child, SIGKILL);
    });
    char buffer[4096];
    for (ssize_t got = 0; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
        ran.output.append(buffer, static_cast<std::size_t>(got));
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    done = true;
    guard.join();
    ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return ran;
}

struct PcscStack::Server {
    std::shared_ptr<VirtualCard> card;
    std::atomic<bool> stop{false};
    std::thread thread;
};

tl::expected<std::unique_ptr<PcscStack>, std::string> PcscStack::start() {
    const std::string service = find_program("pcscd");
    if (service.empty()) return tl::unexpected<std::string>("pcscd is not installed");
    const std::string driver = driver_path();
    if (driver.empty()) return tl::unexpected<std::string>("the vpcd driver (vsmartcard-vpcd) is not installed");
    std::error_code error;
    fs::create_directories(k_socket_folder, error);
    if (access(k_socket_folder.c_str(), W_OK) != 0) {
        return tl::unexpected<std::string>("no right to write " + k_socket_folder.string());
    }
    std::unique_ptr<PcscStack> stack(new PcscStack);
    stack->m_lock = take_lock(std::chrono::seconds(60));
    if (stack->m_lock < 0) return tl::unexpected<std::string>("another test's pcscd did not end within a minute");
    if (service_listens()) return tl::unexpected<std::string>("a pcscd that is not ours is running");
    remove_stale_files();
    stack->m_port = free_ports();
    if (stack->m_port == 0) return tl::unexpected<std::string>("no free ports for vpcd");
    std::string pattern = (fs::temp_directory_path() / "uketsuke-pcscd-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) return tl::unexpected<std::string>("no folder for pcscd's configuration");
    stack->m_folder = pattern;
    fs::create_directory(stack->m_folder / "reader.conf.d");
    fs::create_directory(stack->m_folder / "no-reader.conf.d");
    std::ostringstream port;
    port << std::hex << stack->m_port;
    std::ofstream(stack->m_folder / "reader.conf.d" / "vpcd")
        << "FRIENDLYNAME \"Virtual PCD\"\nDEVICENAME /dev/null:0x" << port.str() << "\nLIBPATH " << driver
        << "\nCHANNELID 0x" << port.str() << "\n";
    if (std::string why = stack->start_service(); !why.empty()) return tl::unexpected(std::move(why));
    return stack;
}

bool PcscStack::accepts(With with) const {
    const auto reader = open_pcsc_reader(device_name());
    const auto presence = reader->wait(Presence::NoService, milliseconds(0));
    if (!presence || *presence == Presence::NoService) return false;
    return with == With::NoReader || *presence != Presence::NoReader;
}

std::string PcscStack::start_service(With with) {
    const int log = open((m_folder / "pcscd.log").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const char* folder = with == With::Reader ? "reader.conf.d" : "no-reader.conf.d";
    m_pid = spawn({find_program("pcscd"), "--foreground", "--config", (m_folder / folder).string()}, log);
    if (log >= 0) close(log);
    for (const auto deadline = Clock::now() + std::chrono::seconds(10); Clock::now() < deadline;) {
        if (accepts(with)) return {};
        int status = 0;
        if (waitpid(m_pid, &status, WNOHANG) == m_pid) {
            m_pid = -1;
            std::ifstream text(m_folder / "pcscd.log");
            return "pcscd ended at once: " + std::string(std::istreambuf_iterator<char>(text), {});
        }
        std::this_thread::sleep_for(milliseconds(10));
    }
    return "pcscd shows no virtual reader within 10 s";
}

std::string PcscStack::kill_service() {
    return end_service(SIGKILL);
}

std::string PcscStack::stop_service() {
    return end_service(SIGTERM);
}

std::string PcscStack::end_service(int signal) {
    if (m_pid <= 0) return "no pcscd of ours runs";
    kill(m_pid, signal);
    for (const auto deadline = Clock::now() + std::chrono::seconds(3); waitpid(m_pid, nullptr, WNOHANG) == 0;) {
        if (Clock::now() > deadline) kill(m_pid, SIGKILL);
        std::this_thread::sleep_for(milliseconds(10));
    }
    m_pid = -1;
    remove_stale_files();
    return {};
}

void PcscStack::insert(std::shared_ptr<VirtualCard> card, std::size_t slot) {
    remove(slot);
    auto& server = m_servers.at(slot);
    server = std::make_unique<Server>();
    server->card = std::move(card);
    const auto port = static_cast<std::uint16_t>(m_port + slot);
    server->thread = std::thread([one = server.get(), port] {
        (void)serve_vpcd(*one->card, "127.0.0.1", port, one->stop, std::chrono::seconds(5));
    });
}

void PcscStack::remove(std::size_t slot) {
    auto& server = m_servers.at(slot);
    if (!server) return;
    server->stop = true;
    server->thread.join();
    server.reset();
}

PcscStack::~PcscStack() {
    for (std::size_t slot = 0; slot < m_servers.size(); ++slot) remove(slot);
    (void)end_service(SIGTERM);
    std::error_code ignored;
    if (!m_folder.empty()) fs::remove_all(m_folder, ignored);
    if (m_lock >= 0) close(m_lock);
}

}  // namespace uketsuke::card::testing
