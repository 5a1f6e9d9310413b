#include <ctime>

#include <array>
#include <chrono>

#include "app/programs/bench/ui_bench.h"

namespace uketsuke::bench {

namespace {

using Clock = std::chrono::steady_clock;
using Kind = core::Intent::Kind;
using namespace std::chrono_literals;

constexpr auto k_idle_for = 5s;
// As app/main's loop: it looks for a signal that often, whatever the deadlines say.
constexpr auto k_longest_sleep = 250ms;
constexpr double k_idle_percent = 1;

core::View page(core::Page what, core::Stage stage) {
    core::View view;
    view.page = std::move(what);
    view.stage = stage;
    view.can_stop = true;
    view.can_call_staff = true;
    return view;
}

core::View consent_item(core::ConsentItem item, int number) {
    return page(core::page::Consent{item, number, 3, false, true}, core::Stage::Consent);
}

struct Step {
    core::View from;
    Kind touched;
    core::View to;
};

std::vector<Step> reception() {
    using core::ConsentItem;
    const core::View choose = page(core::page::ChooseMethod{true, true, {}}, core::Stage::Identify);
    core::View languages = choose;
    languages.sheet = core::Sheet::Languages;
    const core::View pin =
        page(core::page::Pin{{7, 2, 9, 0, 4, 8, 1, 6, 3, 5}, true, false, 0, 3, false}, core::Stage::Identify);
    const core::View staff = page(core::page::CallStaff{true}, core::Stage::Identify);
    const core::View consent =
        page(core::page::Consent{ConsentItem::Operation, 1, 3, true, false}, core::Stage::Consent);
    core::View detail = consent;
    detail.sheet = core::Sheet::ConsentDetail;
    const core::View first = consent_item(ConsentItem::Operation, 1);
    const core::View second = consent_item(ConsentItem::HealthCheckup, 2);
    const core::View third = consent_item(ConsentItem::MedicationDiagnosis, 3);
    const core::View limit = page(core::page::LimitAmount{}, core::Stage::Consent);
    const core::View summary = page(core::page::ConsentSummary{{true, false, true}, true, {}}, core::Stage::Consent);
    const core::View end = page(core::page::TakeCard{core::EndReason::Stopped}, core::Stage::Done);
    return {{choose, Kind::ShowLanguages, languages}, {choose, Kind::ChoosePin, pin},
            {choose, Kind::CallStaff, staff},         {consent, Kind::ShowDetail, detail},
            {consent, Kind::OneByOne, first},         {first, Kind::Agree, second},
            {second, Kind::Decline, third},           {third, Kind::Agree, limit},
            {limit, Kind::Provide, summary},          {summary, Kind::Stop, end}};
}

struct Changes {
    std::vector<double> all_ms;
    std::vector<double> build_ms;
    std::vector<double> floor_ms;
};

void change(ui::Window& window, const Step& step, Changes& times) {
    static_cast<void>(window.frame(step.from, nullptr, nullptr));
    const ui::Point place = place_of(window, step.touched);
    window.touch(place, true);
    static_cast<void>(window.frame(step.from, nullptr, nullptr));
    const auto lifted = Clock::now();
    window.touch(place, false);
    window.wait(1s);
    if (!window.frame(step.from, nullptr, nullptr).intent) return;
    static_cast<void>(window.frame(step.to, nullptr, nullptr));
    times.all_ms.push_back(milliseconds(Clock::now() - lifted));
    times.build_ms.push_back(milliseconds(window.build_time()));
    times.floor_ms.push_back(empty_frame_ms(window));
}

double processor_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

}  // namespace

double milliseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

std::string size_of(const ui::Window& window) {
    return std::to_string(window.width()) + "x" + std::to_string(window.height());
}

double empty_frame_ms(ui::Window& window) {
    return time_ms(1, 0, [&] { static_cast<void>(window.empty_frame()); }).front();
}

ui::Point place_of(const ui::Window& window, Kind kind) {
    for (const ui::Drawn& drawn : window.drawn()) {
        if (drawn.intent && drawn.intent->kind == kind) return drawn.rect.centre();
    }
    return {};
}

ui::Point usual_choice(const ui::Window& window) {
    for (const ui::Drawn& drawn : window.drawn()) {
        if (drawn.main && drawn.intent) return drawn.rect.centre();
    }
    return {};
}

std::vector<std::pair<std::string, core::View>> pages() {
    core::View idle;
    core::View choose;
    choose.page = core::page::ChooseMethod{true, true, std::nullopt, false};
    choose.stage = core::Stage::Identify;
    choose.can_stop = true;
    core::View pin = choose;
    pin.page = core::page::Pin{{7, 2, 9, 0, 4, 8, 1, 6, 3, 5}, true, false, 2, 3, false};
    core::View consent = choose;
    consent.page = core::page::Consent{core::ConsentItem::Operation, 1, 3, true};
    consent.stage = core::Stage::Consent;
    core::View summary = consent;
    summary.page = core::page::ConsentSummary{{true, false, true}, true, {}};
    core::View languages = choose;
    languages.sheet = core::Sheet::Languages;
    return {{"idle", idle},       {"choose-method", choose},    {"pin", pin},
            {"consent", consent}, {"consent-summary", summary}, {"languages", languages}};
}

void page_changes(BenchOutput& out, ui::Window& window) {
    Changes times;
    for (const core::Language language : core::k_languages) {
        for (const bool large : {false, true}) {
            const auto wished = [&](core::View view) {
                view.language = language;
                view.preferences[static_cast<std::size_t>(core::Preference::LargeType)] = large;
                return view;
            };
            // The first page again: every word of the round before is forgotten.
            static_cast<void>(window.frame(wished(core::View{}), nullptr, nullptr));
            for (const Step& step : reception()) {
                change(window, {wished(step.from), step.touched, wished(step.to)}, times);
            }
        }
    }
    Row row{"ui.page_change", "ms", median(times.all_ms), percentile(times.all_ms, 99), median(times.floor_ms),
            k_empty_picture,  {}};
    row.extra["size"] = size_of(window);
    row.extra["changes"] = static_cast<double>(times.all_ms.size());
    row.extra["build_median"] = median(times.build_ms);
    row.extra["build_p99"] = percentile(times.build_ms, 99);
    out.row(row);
}

void idle(BenchOutput& out, ui::Window& window) {
    const core::View view;
    static_cast<void>(window.frame(view, nullptr, nullptr));
    std::vector<double> percent;
    for (auto second = 0s; second < k_idle_for; ++second) {
        const double before = processor_seconds();
        const auto begun = Clock::now();
        while (Clock::now() - begun < 1s) {
            static_cast<void>(window.frame(view, nullptr, nullptr));
            window.wait(k_longest_sleep);
        }
        const double wall = std::chrono::duration<double>(Clock::now() - begun).count();
        percent.push_back(100 * (processor_seconds() - before) / wall);
    }
    Row row{"ui.idle",
            "percent",
            median(percent),
            percentile(percent, 99),
            k_idle_percent,
            "the most that waiting may take",
            {}};
    row.extra["size"] = size_of(window);
    out.row(row);
}

}  // namespace uketsuke::bench
