// A print queue and one job in it, as CUPS speaks of them. Private to app/declaration; one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace uketsuke::declaration {

// What was asked did not work because…
enum class Refusal : std::uint8_t {
    NoServer,  // CUPS does not answer
    Unknown,   // it does not know the printer, or the job
    NotTaken,  // the printer takes no jobs
    Else,
};

struct PrinterState {
    bool stopped = false;
    bool takes_jobs = true;
    std::vector<std::string> reasons;
    std::string message;
};

enum class JobState : std::uint8_t { Waiting, Printing, Completed, Ended };  // Ended: without paper

class PrintQueue {
  public:
    // server, queue: as PrinterOptions.
    PrintQueue(const std::string& server, std::string queue);
    ~PrintQueue();
    PrintQueue(const PrintQueue&) = delete;
    PrintQueue& operator=(const PrintQueue&) = delete;

    // nullopt: refusal() says why; so with all that follow.
    std::optional<PrinterState> state();
    std::optional<int> send(std::span<const std::uint8_t> pdf, const std::string& title);
    std::optional<JobState> state_of(int job);
    // Our user's jobs whose title begins so, in whatever state: also ended ones, whose document may still be kept.
    std::optional<std::vector<int>> titled(const std::string& beginning);
    // Whatever state it is in: no trace of it stays. False: CUPS did not do it.
    bool remove(int job);
    Refusal refusal() const { return m_refusal; }

  private:
    struct Connection;
    bool connected();

    std::string m_server;
    std::string m_queue;
    std::unique_ptr<Connection> m_connection;
    Refusal m_refusal = Refusal::Else;
};

}  // namespace uketsuke::declaration
