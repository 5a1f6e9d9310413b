// A real cupsd with a configuration, a spool and printers of its own, for the tests of printing. It listens on a socket
// in its folder, so that any number of them run side by side.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <tl/expected.hpp>

namespace uketsuke::declaration {

// True as soon as `holds` does; false after ten seconds.
bool within_ten_seconds(const std::function<bool()>& holds);

// Its printers: "Paper" (a file takes what is printed), "SwitchedOff" (nothing listens there), "Paused", "NoPaper",
// "Refilled" (paper comes a moment after it ran out), "Unplugged", "Breaks", "Slow", "TakesNoJobs", "Titles".
class PrintService {
  public:
    // The reason for which there is none here: what a test skips with.
    static tl::expected<std::unique_ptr<PrintService>, std::string> start();
    ~PrintService();
    PrintService(const PrintService&) = delete;
    PrintService& operator=(const PrintService&) = delete;

    std::string server() const { return (m_folder / "cups.sock").string(); }
    std::string printed() const;    // what came out of "Paper"
    std::string title() const;      // of the last job of "Titles"
    std::size_t documents() const;  // in the spool
    void stop();
    // A kiosk prints there and is killed in the middle of it. False: it did not come so far.
    bool kill_a_kiosk_that_prints_on(const std::string& queue) const;

  private:
    explicit PrintService(std::filesystem::path folder) : m_folder(std::move(folder)) {}
    void write_configuration() const;
    void write_printers() const;
    bool spawn();

    std::filesystem::path m_folder;
    pid_t m_process = -1;
};

}  // namespace uketsuke::declaration
