// The printer thread: brings forms that are stored to paper. A printer that is slow or away holds up this thread and no
// other; what does not come out is at the desk.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/declaration/printer.h"
#include "app/workers/bounded_queue.h"
#include "app/workers/event_queue.h"
#include "net/outbox.h"

namespace uketsuke::workers {

struct PrintWorkerOptions {
    declaration::PrinterOptions printer;  // an empty queue: there is none, nothing is printed
    std::function<net::WallTime()> now;   // any thread
    // Empty: the page that the outbox keeps. Printer thread. The error holds no personal value.
    std::function<tl::expected<std::vector<std::uint8_t>, std::string>(const net::RequestId&)> page;
    // Empty: by CUPS. Printer thread.
    std::function<declaration::Printed(std::span<const std::uint8_t>, const declaration::PrinterOptions&)> print;
    // What an earlier process left with the printer; at the thread's start, and again until it is true. Empty: from
    // CUPS, where that prints. Printer thread.
    std::function<bool(const declaration::PrinterOptions&)> take_away;
    std::chrono::milliseconds take_away_every{10'000};
};

// run() is the printer thread's whole life; everything else may be called from any thread.
class PrintWorker {
  public:
    // Everything referred to must outlive the worker.
    PrintWorker(net::Outbox& outbox, EventQueue& events, NoticeSink notice, PrintWorkerOptions options);

    void run();
    // A form that is being printed is cancelled; what waits is not begun.
    void stop();
    bool has_printer() const { return !m_options.printer.queue.empty(); }
    // DeclarationPrinted follows; with more than a few waiting, at once, and nothing is printed.
    void print(core::DeclarationId declaration, const net::RequestId& request);

  private:
    struct Command {
        core::DeclarationId declaration{};
        net::RequestId request;
    };
    std::optional<Command> next();
    bool print_now(const net::RequestId& request);
    tl::expected<std::vector<std::uint8_t>, std::string> kept_page(const net::RequestId& request) const;

    net::Outbox& m_outbox;
    EventQueue& m_events;
    NoticeSink m_notice;
    PrintWorkerOptions m_options;
    std::atomic<bool> m_stopping{false};
    BoundedQueue<Command> m_commands{8};
};

}  // namespace uketsuke::workers
