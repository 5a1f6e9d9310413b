// flow.visit: a reception at home, where everything but the card is said before it is laid.
#include "app/programs/bench/flow_home.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <tl/expected.hpp>
#include <utility>

#include "app/config/config.h"

namespace uketsuke::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t k_runs = 200;
constexpr std::size_t k_warmup = 2;

// The same hand, on a tablet.
class HomeVisit : public Visit {
  public:
    using Visit::Visit;

    bool sign_in(const std::string& code) {
        if (!until(core::Screen::TourSignIn)) return false;
        for (const char digit : code) tap(Kind::Digit, static_cast<std::uint8_t>(digit - '0'));
        tap(Kind::SignIn);
        return until(core::Screen::Tour);
    }
    bool say_everything() {
        if (!until(core::Screen::Tour)) return false;
        tap(Kind::StartVisit);
        if (!until(core::Screen::Consent)) return false;
        tap(Kind::AgreeAll);
        if (screen() == core::Screen::LimitAmount) tap(Kind::Provide);
        if (screen() == core::Screen::ConsentSummary) tap(Kind::Confirm);
        if (!until(core::Screen::ChooseMethod)) return false;
        tap(Kind::ChoosePin);
        return type("1234") && until(core::Screen::LayCard);
    }
    bool lay_card() { return place("sato") && until_confirmed(); }
    bool leave_home() { return remove() && until(core::Screen::Tour); }
};

tl::expected<config::Config, std::string> home_config() {
    auto config = config::load_config(paths().source_dir + "/kiosk-config/home-visit.toml");
    if (!config) return tl::unexpected(config.error().text());
    const std::filesystem::path scratch = std::filesystem::path(paths().scratch_dir) / "flow-home";
    std::error_code error;
    std::filesystem::remove_all(scratch, error);
    std::filesystem::create_directories(scratch, error);
    if (error) return tl::unexpected(scratch.string() + ": " + error.message());
    config->outbox.path = scratch / "flow.db";
    config->outbox.key_file = scratch / "device.key";
    config->visit.keyring = scratch / "keyring";
    // The same card comes again and again on one day, and each is to be received.
    config->service.share_visits = false;
    return std::move(*config);
}

struct Samples {
    std::vector<double> home;
    std::vector<double> counter;
};

tl::expected<Samples, std::string> measure(HomeVisit& home, Visit& counter) {
    Samples samples;
    const auto timed = [](const std::function<bool()>& work) -> std::optional<double> {
        const auto start = Clock::now();
        if (!work()) return std::nullopt;
        return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
    };
    for (std::size_t run = 0; run < k_warmup + k_runs; ++run) {
        const auto there = timed([&] { return counter.by_pin() && counter.confirmed(); });
        if (!there || !counter.leave()) return tl::unexpected<std::string>("the counter did not confirm");
        if (!home.say_everything()) return tl::unexpected<std::string>("the tablet did not ask for the card");
        const auto here = timed([&] { return home.lay_card(); });
        if (!here || !home.leave_home()) return tl::unexpected<std::string>("the tablet did not confirm");
        if (run < k_warmup) continue;
        samples.counter.push_back(*there);
        samples.home.push_back(*here);
    }
    return samples;
}

}  // namespace

void run_home_flow(BenchOutput& out, Visit& counter) {
    const std::string name = "flow.visit";
    const auto config = home_config();
    if (!config) return out.skipped(name, config.error());
    auto runtime = app::Runtime::start(*config, [](workers::NoticeLevel, const std::string&) {});
    if (!runtime) return out.skipped(name, runtime.error());
    HomeVisit home(**runtime);
    if (!home.sign_in(config->visit.demonstration_code)) return out.skipped(name, "the tour was not opened");
    const auto samples = measure(home, counter);
    if (!samples) return out.skipped(name, samples.error());
    const double floor_p95 = percentile(samples->counter, 95);
    const double p95 = percentile(samples->home, 95);
    Row row{name,
            "ms",
            median(samples->home),
            percentile(samples->home, 99),
            median(samples->counter),
            "the counter's way by PIN, from the card laid to confirmed, in turn with it",
            {}};
    row.extra["p95"] = p95;
    row.extra["floor_p95"] = floor_p95;
    row.extra["ratio_p95"] = p95 / floor_p95;
    row.extra["runs"] = static_cast<double>(samples->home.size());
    out.row(row);
}

}  // namespace uketsuke::bench
