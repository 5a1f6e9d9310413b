// Runs the programs themselves, as a clinic would, and looks at what they leave behind.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace uketsuke::app::test {

// A child process; killed and collected when it goes out of scope. Its output goes to a file.
class Program {
  public:
    // `folder` is its working folder and takes the file "<name>.out".
    Program(const std::string& name, const std::vector<std::string>& arguments, const std::filesystem::path& folder);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    // The status as waitpid gives it; nullopt when it still runs after this long.
    bool ended_within(std::chrono::milliseconds at_most);
    int wait_status() const { return m_status; }
    int exit_code() const;  // −1: it was killed
    void send(int signal) const;
    std::string output() const;
    // Waits until this stands in the output.
    bool says(const std::string& text, std::chrono::milliseconds at_most) const;

  private:
    pid_t m_pid = -1;
    int m_status = 0;
    bool m_ended = false;
    std::filesystem::path m_output;
};

std::string program_path(const std::string& name);
std::string read_all(const std::filesystem::path& file);
// Every regular file below this folder, one after the other.
std::string read_folder(const std::filesystem::path& folder);
bool file_has(const std::filesystem::path& file, const std::string& text, std::chrono::milliseconds at_most);

}  // namespace uketsuke::app::test
