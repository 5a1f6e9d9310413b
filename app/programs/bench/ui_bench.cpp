#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "app/core/view.h"
#include "app/programs/bench/bench.h"
#include "app/ui/window.h"

namespace uketsuke::bench {

namespace {

constexpr std::size_t k_runs = 200;
constexpr std::size_t k_warmup = 20;

double milliseconds(std::chrono::nanoseconds time) {
    return std::chrono::duration<double, std::milli>(time).count();
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
    return {{"idle", idle}, {"choose-method", choose}, {"pin", pin}, {"consent", consent}};
}

void frames(BenchOutput& out, ui::Window& window, const std::string& page, const core::View& view) {
    std::vector<double> build;
    std::vector<double> draw;
    const Paired times = time_paired_ms(
        k_runs, k_warmup,
        [&] {
            static_cast<void>(window.frame(view, nullptr, nullptr));
            build.push_back(milliseconds(window.build_time()));
            draw.push_back(milliseconds(window.draw_time()));
        },
        [&] { static_cast<void>(window.empty_frame()); });
    Row row;
    row.name = "ui.frame";
    row.unit = "ms";
    row.median = median(times.ours_ms);
    row.p99 = percentile(times.ours_ms, 99);
    row.floor = median(times.floor_ms);
    row.floor_is = "clearing and presenting an empty picture of the same size";
    row.extra["page"] = page;
    row.extra["size"] = std::to_string(window.width()) + "x" + std::to_string(window.height());
    row.extra["build_median"] = median(build);
    row.extra["build_p99"] = percentile(build, 99);
    row.extra["draw_median"] = median(draw);
    row.extra["draw_p99"] = percentile(draw, 99);
    out.row(row);
}

// From a finger on a button to the finished picture of the button held down.
void touches(BenchOutput& out, ui::Window& window, const core::View& view) {
    static_cast<void>(window.frame(view, nullptr, nullptr));
    ui::Point centre;
    for (const ui::Drawn& drawn : window.drawn()) {
        if (drawn.main && drawn.intent) centre = drawn.rect.centre();
    }
    std::vector<double> ours;
    std::vector<double> floor;
    for (std::size_t run = 0; run < k_runs; ++run) {
        const auto begun = std::chrono::steady_clock::now();
        window.touch(centre, true);
        window.wait(std::chrono::seconds(1));
        static_cast<void>(window.frame(view, nullptr, nullptr));
        ours.push_back(milliseconds(std::chrono::steady_clock::now() - begun));
        window.touch(centre, false);
        static_cast<void>(window.frame(view, nullptr, nullptr));
        floor.push_back(time_ms(1, 0, [&] { static_cast<void>(window.empty_frame()); }).front());
    }
    Row row;
    row.name = "ui.touch_to_picture";
    row.unit = "ms";
    row.median = median(ours);
    row.p99 = percentile(ours, 99);
    row.floor = median(floor);
    row.floor_is = "clearing and presenting an empty picture of the same size";
    row.extra["size"] = std::to_string(window.width()) + "x" + std::to_string(window.height());
    out.row(row);
}

}  // namespace

void run_ui_bench(BenchOutput& out) {
    const std::vector<std::pair<int, int>> sizes{{1080, 1920}, {1280, 800}};
    for (const auto& [width, height] : sizes) {
        ui::WindowOptions options;
        options.width = width;
        options.height = height;
        options.offscreen = true;
        options.settle = {};
        options.asset_dir = UKETSUKE_BINARY_DIR;
        auto window = ui::Window::open(options);
        if (!window) {
            out.skipped("ui.frame", window.error());
            return;
        }
        for (const auto& [page, view] : pages()) frames(out, **window, page, view);
        touches(out, **window, pages().at(1).second);
    }
}

}  // namespace uketsuke::bench
