#include "app/programs/bench/ui_bench.h"

#include <chrono>
#include <utility>

#include "app/programs/bench/bench.h"

namespace uketsuke::bench {

namespace {

constexpr std::size_t k_runs = 200;
constexpr std::size_t k_warmup = 20;

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
    row.floor_is = k_empty_picture;
    row.extra["page"] = page;
    row.extra["size"] = size_of(window);
    row.extra["build_median"] = median(build);
    row.extra["build_p99"] = percentile(build, 99);
    row.extra["draw_median"] = median(draw);
    row.extra["draw_p99"] = percentile(draw, 99);
    out.row(row);
}

// From a finger on a button to the finished picture of the button held down.
void touches(BenchOutput& out, ui::Window& window, const core::View& view) {
    static_cast<void>(window.frame(view, nullptr, nullptr));
    const ui::Point centre = usual_choice(window);
    std::vector<double> ours;
    std::vector<double> floor;
    // A few at a time: the floor wipes the window, and what follows it would not be a change of the picture.
    for (std::size_t run = 0; run < k_runs; ++run) {
        if (run % 20 == 0) {
            floor.push_back(empty_frame_ms(window));
            static_cast<void>(window.frame(view, nullptr, nullptr));
        }
        const auto begun = std::chrono::steady_clock::now();
        window.touch(centre, true);
        window.wait(std::chrono::seconds(1));
        static_cast<void>(window.frame(view, nullptr, nullptr));
        ours.push_back(milliseconds(std::chrono::steady_clock::now() - begun));
        window.touch(centre, false);
        static_cast<void>(window.frame(view, nullptr, nullptr));
        static_cast<void>(window.frame(view, nullptr, nullptr));
    }
    Row row;
    row.name = "ui.touch_to_picture";
    row.unit = "ms";
    row.median = median(ours);
    row.p99 = percentile(ours, 99);
    row.floor = median(floor);
    row.floor_is = k_empty_picture;
    row.extra["size"] = size_of(window);
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
        page_changes(out, **window);
        idle(out, **window);
    }
}

}  // namespace uketsuke::bench
