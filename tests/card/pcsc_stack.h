// A real PC/SC service with a virtual reader, for integration tests: pcscd in the foreground with a configuration of
// its own, and virtual cards put on its reader through vpcd.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "card/virtual_card.h"

namespace uketsuke::card::testing {

// Owner: one test; its thread. Only one stack runs on a machine at a time (pcscd's socket has one fixed place): start
// waits up to a minute for another test's stack to end, ctest keeps tests apart with RESOURCE_LOCK pcscd.
class PcscStack {
  public:
    // The reason for which the stack cannot be had here (no pcscd, no vpcd driver, no right to start it, another
    // pcscd is running): what a test skips with.
    static tl::expected<std::unique_ptr<PcscStack>, std::string> start();
    ~PcscStack();
    PcscStack(const PcscStack&) = delete;
    PcscStack& operator=(const PcscStack&) = delete;

    // "Virtual PCD 00 00", for open_pcsc_reader: the first slot alone.
    std::string reader_name() const { return "Virtual PCD 00 00"; }
    // Part of both slots' names, as of any reader with two slots.
    std::string device_name() const { return "Virtual PCD"; }
    std::uint16_t port() const { return m_port; }  // where vpcd's first slot listens; the second one port above

    // Serves the card to a slot of the reader, 0 or 1, from a thread of the stack; what lay there goes before. The card
    // must not be used elsewhere meanwhile. Without a service the card waits up to 5 s for it.
    void insert(std::shared_ptr<VirtualCard> card, std::size_t slot = 0);
    void remove(std::size_t slot = 0);

    // kill -9, or an orderly end as systemd asks for it. Empty: it is gone.
    std::string kill_service();
    std::string stop_service();
    // A new one in its place, with the reader or with none. Empty: it is up. It lives no longer than the calling
    // thread.
    enum class With { Reader, NoReader };
    std::string start_service(With with = With::Reader);

  private:
    struct Server;
    PcscStack() = default;
    bool accepts(With with) const;
    std::string end_service(int signal);

    std::filesystem::path m_folder;
    std::uint16_t m_port = 0;
    int m_lock = -1;
    int m_pid = -1;
    std::array<std::unique_ptr<Server>, 2> m_servers;
};

// A program's exit status and what it printed (both streams). -1: it could not be started or ran past the limit.
struct Ran {
    int status = -1;
    std::string output;
};
Ran run_program(const std::vector<std::string>& arguments, std::chrono::seconds limit = std::chrono::seconds(30));
// Whether a program of this name is on the PATH or in an sbin folder; its path, or empty.
std::string find_program(const std::string& name);

}  // namespace uketsuke::card::testing
