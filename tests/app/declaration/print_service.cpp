#include "tests/app/declaration/print_service.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iterator>

#include "app/declaration/printer.h"

extern char** environ;  // NOLINT

namespace uketsuke::declaration {
namespace {

namespace fs = std::filesystem;
constexpr const char* k_program = "/usr/sbin/cupsd";
constexpr const char* k_programs = "/usr/lib/cups";

constexpr const char* k_backend = R"(#!/bin/sh
folder='{0}'
case "$DEVICE_URI" in
    */paper) cat "${{6:--}}" >"$folder/printed" ;;
    */no-paper) echo 'STATE: +media-empty-warning' >&2; exec sleep 600 ;;
    */refilled)
        echo 'STATE: +media-empty-warning' >&2
        sleep 0.3
        echo 'STATE: -media-empty-warning' >&2
        cat >/dev/null ;;
    */unplugged) echo 'STATE: +offline-report' >&2; exec sleep 600 ;;
    */breaks) exit 1 ;;
    */slow) exec sleep 600 ;;
    */titles) printf '%s' "$3" >"$folder/title" ;;
esac
)";

struct Printer {
    const char* name;
    const char* device;
    const char* more;
};
constexpr std::array k_printers{
    Printer{"Paper", "stand-in:/paper", "State Idle\nAccepting Yes\n"},
    Printer{"SwitchedOff", "socket://127.0.0.1:1", "State Idle\nAccepting Yes\nErrorPolicy retry-job\n"},
    Printer{"Paused", "stand-in:/paper", "State Stopped\nStateMessage Paused\nReason paused\nAccepting Yes\n"},
    Printer{"NoPaper", "stand-in:/no-paper", "State Idle\nAccepting Yes\n"},
    Printer{"Refilled", "stand-in:/refilled", "State Idle\nAccepting Yes\n"},
    Printer{"Unplugged", "stand-in:/unplugged", "State Idle\nAccepting Yes\n"},
    Printer{"Breaks", "stand-in:/breaks", "State Idle\nAccepting Yes\nErrorPolicy abort-job\n"},
    Printer{"Slow", "stand-in:/slow", "State Idle\nAccepting Yes\n"},
    Printer{"TakesNoJobs", "stand-in:/paper", "State Idle\nAccepting No\n"},
    Printer{"Titles", "stand-in:/titles", "State Idle\nAccepting Yes\n"},
};

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

void write(const fs::path& path, const std::string& text, mode_t mode) {
    std::ofstream(path, std::ios::binary) << text;
    ::chmod(path.c_str(), mode);
}

bool answers(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool open = ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return open;
}

}  // namespace

bool within_ten_seconds(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until) return false;
        ::poll(nullptr, 0, 10);
    }
    return true;
}

tl::expected<std::unique_ptr<PrintService>, std::string> PrintService::start() {
    if (::access(k_program, X_OK) != 0) return tl::unexpected<std::string>("cupsd (cups-daemon) is not installed");
    if (::geteuid() != 0) return tl::unexpected<std::string>("only root can start a cupsd with backends of its own");
    std::string name = (fs::temp_directory_path() / "uketsuke-cups-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return tl::unexpected<std::string>("no folder for cupsd");
    ::chmod(name.c_str(), 0755);
    std::unique_ptr<PrintService> service(new PrintService(name));
    service->write_configuration();
    service->write_printers();
    if (!service->spawn()) return tl::unexpected<std::string>("cupsd cannot be started");
    if (!within_ten_seconds([&service] { return answers(service->server()); })) {
        return tl::unexpected<std::string>("cupsd does not answer");
    }
    return service;
}

PrintService::~PrintService() {
    stop();
    std::error_code ignored;
    fs::remove_all(m_folder, ignored);
}

void PrintService::write_configuration() const {
    for (const char* part : {"etc", "state", "cache", "spool", "spool/tmp", "bin", "bin/backend"}) {
        fs::create_directories(m_folder / part);
    }
    for (const char* part : {"filter", "daemon", "monitor", "notifier"}) {
        std::error_code ignored;
        fs::create_directory_symlink(fs::path(k_programs) / part, m_folder / "bin" / part, ignored);
    }
    fs::copy_file(fs::path(k_programs) / "backend/socket", m_folder / "bin/backend/socket");
    // A backend that only its owner may run is run by cupsd as root, and may write into the folder.
    write(m_folder / "bin/backend/stand-in", fmt::format(k_backend, m_folder.string()), 0700);
    write(m_folder / "etc/cupsd.conf",
          fmt::format("Listen {}\nBrowsing No\nWebInterface No\nLogLevel warn\nJobKillDelay 1\nDefaultAuthType None\n"
                      "<Location />\nOrder allow,deny\nAllow all\n</Location>\n",
                      server()),
          0644);
    const std::string at = m_folder.string();
    write(m_folder / "etc/cups-files.conf",
          fmt::format("ServerRoot {0}/etc\nServerBin {0}/bin\nStateDir {0}/state\nCacheDir {0}/cache\n"
                      "RequestRoot {0}/spool\nTempDir {0}/spool/tmp\nErrorLog {0}/errors\nAccessLog {0}/accesses\n"
                      "PageLog {0}/pages\nSystemGroup root\nSandboxing relaxed\n",
                      at),
          0644);
}

void PrintService::write_printers() const {
    std::string all;
    for (const Printer& printer : k_printers) {
        all += fmt::format("<Printer {}>\nDeviceURI {}\n{}JobSheets none none\n</Printer>\n", printer.name,
                           printer.device, printer.more);
    }
    write(m_folder / "etc/printers.conf", all, 0600);
}

bool PrintService::spawn() {
    const std::string configuration = (m_folder / "etc/cupsd.conf").string();
    const std::string files = (m_folder / "etc/cups-files.conf").string();
    std::array<const char*, 7> arguments{k_program, "-f", "-c", configuration.c_str(), "-s", files.c_str(), nullptr};
    return ::posix_spawn(&m_process, k_program, nullptr, nullptr, const_cast<char**>(arguments.data()), environ) == 0;
}

void PrintService::stop() {
    if (m_process <= 0) return;
    ::kill(m_process, SIGTERM);
    ::waitpid(m_process, nullptr, 0);
    m_process = -1;
}

bool PrintService::kill_a_kiosk_that_prints_on(const std::string& queue) const {
    const pid_t kiosk = ::fork();
    if (kiosk < 0) return false;
    if (kiosk == 0) {
        static constexpr std::array<std::uint8_t, 5> k_form{'%', 'P', 'D', 'F', '-'};
        PrinterOptions options;
        options.server = server();
        options.queue = queue;
        options.id = "99999999-5b7e-4d6a-9c10-2e4f6a8b0c1d";
        print(k_form, options);
        ::_exit(0);
    }
    const std::size_t before = documents();
    const bool prints = within_ten_seconds([this, before] { return documents() > before; });
    ::kill(kiosk, SIGKILL);
    ::waitpid(kiosk, nullptr, 0);
    return prints;
}

std::string PrintService::printed() const {
    return contents(m_folder / "printed");
}

std::string PrintService::title() const {
    return contents(m_folder / "title");
}

std::size_t PrintService::documents() const {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(m_folder / "spool")) {
        if (entry.path().filename().string().starts_with('d')) ++count;
    }
    return count;
}

}  // namespace uketsuke::declaration
