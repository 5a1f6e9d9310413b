#include "app/declaration/printer.h"

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

Printed print(std::span<const std::uint8_t> pdf, const PrinterOptions& options) {
    if (options.stop && options.stop()) return Printed::Cancelled;
    PrintQueue queue(options.server, options.queue);
    const auto before = queue.state();
    if (!before) return printed_of(queue.refusal());
    if (before->stopped || !before->takes_jobs) return worst_of(*before).value_or(Printed::Offline);
    const auto job = queue.send(pdf, "uketsuke " + options.id.substr(0, 8));
    if (!job) return printed_of(queue.refusal());
    const Printed printed = follow(queue, *job, options);
    queue.remove(*job);
    return printed;
}

}  // namespace uketsuke::declaration
