#include "app/declaration/printer.h"

#include <unistd.h>

#include <array>
#include <optional>
#include <thread>

#include "app/declaration/print_job.h"
#include "app/declaration/printer_trouble.h"

namespace uketsuke::declaration {
namespace {

using Clock = std::chrono::steady_clock;

Printed printed_of(Refusal refusal) {
    switch (refusal) {
        case Refusal::NoServer:
        case Refusal::Unknown:
            return Printed::NoPrinter;
        case Refusal::NotTaken:
            return Printed::Offline;
        case Refusal::Else:
            return Printed::Refused;
    }
    return Printed::Refused;
}

// The worst of what it tells: somebody who walks there sees the rest.
std::optional<Printed> worst_of(const PrinterState& state) {
    std::optional<Printed> trouble = trouble_in(state.message);
    if (state.stopped) trouble = Printed::Offline;
    for (const std::string& reason : state.reasons) {
        const auto one = trouble_of(reason);
        if (one == Printed::NoPaper) return one;
        if (one) trouble = one;
    }
    return trouble;
}

// Several kiosks may share a print server and a user's name; none takes away what another is printing.
std::string our_titles() {
    std::array<char, 65> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) return "uketsuke ";
    return "uketsuke@" + std::string(host.data()) + " ";
}

bool take_away(PrintQueue& queue) {
    const auto left = queue.titled(our_titles());
    if (!left) return false;
    bool all = true;
    for (const int job : *left) all = queue.remove(job) && all;
    return all;
}

// Until the job has ended or will not. An old reason stays with a printer until its next job, so trouble counts only
// when it goes on while ours should be coming out.
Printed follow(PrintQueue& queue, int job, const PrinterOptions& options) {
    const Clock::time_point until = Clock::now() + options.limit;
    Clock::time_point well = Clock::now();  // last seen without trouble
    for (;;) {
        const auto state = queue.state_of(job);
        if (state == JobState::Completed) return Printed::Done;
        // A job that is no longer known was taken away by somebody: nothing says that paper came out.
        if (!state) return queue.refusal() == Refusal::NoServer ? Printed::NoPrinter : Printed::Refused;
        const auto printer = queue.state();
        const auto trouble = printer ? worst_of(*printer) : std::nullopt;
        if (state == JobState::Ended) return trouble.value_or(Printed::Refused);
        const Clock::time_point now = Clock::now();
        if (!trouble) well = now;
        if (trouble && now - well >= options.patience) return *trouble;
        if (now >= until) return trouble.value_or(Printed::TooLong);
        if (options.stop && options.stop()) return Printed::Cancelled;
        std::this_thread::sleep_for(options.poll);
    }
}

}  // namespace

const char* name_of(Printed printed) {
    switch (printed) {
        case Printed::Done:
            return "done";
        case Printed::NoPaper:
            return "no-paper";
        case Printed::Offline:
            return "offline";
        case Printed::NoPrinter:
            return "no-printer";
        case Printed::Refused:
            return "refused";
        case Printed::TooLong:
            return "too-long";
        case Printed::Cancelled:
            return "cancelled";
    }
    return "refused";
}

bool take_away_left(const PrinterOptions& options) {
    PrintQueue queue(options.server, options.queue);
    return take_away(queue);
}

Printed print(std::span<const std::uint8_t> pdf, const PrinterOptions& options) {
    if (options.stop && options.stop()) return Printed::Cancelled;
    PrintQueue queue(options.server, options.queue);
    const auto before = queue.state();
    if (!before) return printed_of(queue.refusal());
    if (before->stopped || !before->takes_jobs) return worst_of(*before).value_or(Printed::Offline);
    take_away(queue);
    const auto job = queue.send(pdf, our_titles() + options.id.substr(0, 8));
    if (!job) return printed_of(queue.refusal());
    const Printed printed = follow(queue, *job, options);
    queue.remove(*job);
    return printed;
}

}  // namespace uketsuke::declaration
