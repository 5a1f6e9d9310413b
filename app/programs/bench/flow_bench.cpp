// A whole reception with no human time: what the machine itself adds between the card and "accepted".
#include <filesystem>
#include <functional>

#include "app/config/config.h"
#include "app/main/runtime.h"
#include "app/programs/bench/bench.h"

namespace uketsuke::bench {
namespace {

using Kind = core::Intent::Kind;
using Clock = std::chrono::steady_clock;

constexpr std::size_t k_runs = 15;
constexpr std::chrono::seconds k_patience{20};

class Visit {
  public:
    explicit Visit(app::Runtime& runtime) : m_runtime(runtime) {}

    bool until(core::Screen screen) {
        const auto deadline = Clock::now() + k_patience;
        m_runtime.kiosk().pump();
        while (m_runtime.kiosk().screen() != screen) {
            if (Clock::now() > deadline) return false;
            m_runtime.kiosk().pump_for(std::chrono::milliseconds{50});
        }
        return true;
    }
    void tap(Kind kind, std::uint8_t value = 0) {
        m_runtime.kiosk().handle(core::event::Tapped{core::Intent{kind, value}});
    }
    bool type(const char* digits) {
        const auto ready = [&] {
            const auto view = m_runtime.kiosk().view();
            const auto* page = std::get_if<core::page::Pin>(&view.page);
            return page && page->ready;
        };
        while (!ready()) {
            if (!m_runtime.kiosk().pump_for(k_patience)) return false;
        }
        for (; *digits; ++digits) tap(Kind::Digit, static_cast<std::uint8_t>(*digits - '0'));
        return true;
    }
    bool consent_and_accept() {
        if (!until(core::Screen::Consent)) return false;
        tap(Kind::AgreeAll);
        tap(Kind::Provide);
        return until(core::Screen::Accepted);
    }
    bool by_face() {
        if (!m_runtime.stage().place("sato") || !until(core::Screen::ChooseMethod)) return false;
        tap(Kind::ChooseFace);
        return consent_and_accept();
    }
    bool by_pin() {
        if (!m_runtime.stage().place("sato") || !until(core::Screen::ChooseMethod)) return false;
        tap(Kind::ChoosePin);
        return type("1234") && consent_and_accept();
    }
    bool leave() { return m_runtime.stage().remove() && until(core::Screen::Idle); }

  private:
    app::Runtime& m_runtime;
};

void measure(BenchOutput& out, Visit& visit, const std::string& name, const std::function<bool()>& reception,
             double floor, const std::string& floor_is) {
    std::vector<double> samples;
    for (std::size_t run = 0; run < k_runs + 1; ++run) {
        const auto start = Clock::now();
        const bool accepted = reception();
        const auto took = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
        if (!visit.leave() || !accepted) {
            out.skipped(name, "a reception did not end as accepted");
            return;
        }
        if (run > 0) samples.push_back(took);
    }
    Row row{name, "ms", median(samples), percentile(samples, 99), floor, floor_is, {}};
    row.extra["runs"] = static_cast<double>(samples.size());
    out.row(row);
}

}  // namespace

void run_flow_bench(BenchOutput& out) {
    auto config = config::load_config(paths().source_dir + "/kiosk-config/demo.toml");
    if (!config) {
        out.skipped("flow", config.error().text());
        return;
    }
    const std::filesystem::path scratch(paths().scratch_dir);
    config->outbox.path = scratch / "flow.db";
    config->outbox.key_file = scratch / "flow.key";
    config->face.models = paths().models_dir;
    auto runtime = app::Runtime::start(*config, [](workers::NoticeLevel, const std::string&) {});
    if (!runtime) {
        out.skipped("flow", runtime.error());
        return;
    }
    Visit visit(**runtime);
    const double frame_ms = 1000.0 / config->camera.frames_per_second;
    // Three frames are the least that a majority of five needs.
    measure(
        out, visit, "flow.face", [&] { return visit.by_face(); }, 3 * frame_ms,
        "three pictures of this camera, the least that a verdict of five frames needs");
    measure(
        out, visit, "flow.pin", [&] { return visit.by_pin(); }, 0, "none: the card's and the service's own time");
}

}  // namespace uketsuke::bench
