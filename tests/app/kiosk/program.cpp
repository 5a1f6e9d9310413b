#include "tests/app/kiosk/program.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

namespace uketsuke::app::test {
namespace {

constexpr std::chrono::milliseconds k_look_again{10};

// Polling another process: there is nothing to wait on.
template <class Condition>
bool poll_until(const Condition& condition, std::chrono::milliseconds at_most) {
    const auto deadline = std::chrono::steady_clock::now() + at_most;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) return false;
        std::this_thread::sleep_for(k_look_again);
    }
    return true;
}

}  // namespace

Program::Program(const std::string& name, const std::vector<std::string>& arguments,
                 const std::filesystem::path& folder)
    : m_output(folder / (name + ".out")) {
    const std::string path = program_path(name);
    std::vector<char*> argv{const_cast<char*>(path.c_str())};
    for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    m_pid = fork();
    if (m_pid != 0) return;
    const int out = open(m_output.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
    dup2(out, 1);
    dup2(out, 2);
    if (chdir(folder.c_str()) != 0) _exit(126);
    // As permissive as a system can be: whatever keeps cores away must be the program's own doing.
    const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_CORE, &unlimited);
    execv(path.c_str(), argv.data());
    _exit(127);
}

Program::~Program() {
    if (m_ended || m_pid <= 0) return;
    kill(m_pid, SIGKILL);
    waitpid(m_pid, nullptr, 0);
}

bool Program::ended_within(std::chrono::milliseconds at_most) {
    if (m_ended) return true;
    return poll_until(
        [&] {
            m_ended = waitpid(m_pid, &m_status, WNOHANG) == m_pid;
            return m_ended;
        },
        at_most);
}

int Program::exit_code() const {
    return m_ended && WIFEXITED(m_status) ? WEXITSTATUS(m_status) : -1;
}
void Program::send(int signal) const {
    kill(m_pid, signal);
}
std::string Program::output() const {
    return read_all(m_output);
}

bool Program::says(const std::string& text, std::chrono::milliseconds at_most) const {
    return file_has(m_output, text, at_most);
}

std::string program_path(const std::string& name) {
    return std::string(UKETSUKE_BINARY_DIR) + "/bin/" + name;
}

std::string read_all(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string read_folder(const std::filesystem::path& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file()) all += read_all(entry.path());
    }
    return all;
}

bool file_has(const std::filesystem::path& file, const std::string& text, std::chrono::milliseconds at_most) {
    return poll_until([&] { return read_all(file).find(text) != std::string::npos; }, at_most);
}

}  // namespace uketsuke::app::test
