// The simulated service in a process of its own: the caller stays single-threaded and may fork, and its memory is its
// own.
#pragma once

#include <sys/types.h>

#include <array>
#include <filesystem>
#include <string>

#include "net/eligibility_client.h"
#include "net/simulator.h"

namespace uketsuke::bench {

// A pipe to and from a child; each end is closed once. One owner.
struct Pipe {
    std::array<int, 2> ends{-1, -1};
    Pipe();
    ~Pipe();
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_read();
    void close_write();
    std::string read_all() const;

  private:
    void close_end(std::size_t i);
};

// Forks: no other thread of this process may hold a lock meanwhile. Throws std::runtime_error when it does not start.
class ServiceProcess {
  public:
    // `state`: where it keeps what it received; empty: nowhere.
    ServiceProcess(const std::filesystem::path& state, const net::SimulatorFaults& faults);
    ~ServiceProcess() { stop(); }
    ServiceProcess(const ServiceProcess&) = delete;
    ServiceProcess& operator=(const ServiceProcess&) = delete;
    const net::ServiceOptions& options() const { return m_options; }
    void stop();

  private:
    pid_t m_pid = -1;
    net::ServiceOptions m_options;
};

}  // namespace uketsuke::bench
