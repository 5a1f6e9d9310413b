// uketsuke-bench: what the kiosk takes, each row beside its floor or a peer measured in the same run.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "app/programs/bench/bench.h"
#include "vision/models.h"

int main(int argc, char** argv) {
    using namespace uketsuke;
    CLI::App cli{"Measures the kiosk; one JSON object a line"};
    std::vector<std::string> groups;
    bench::BenchPaths paths;
    paths.source_dir = UKETSUKE_SOURCE_DIR;
    paths.models_dir = std::string(UKETSUKE_BINARY_DIR) + "/../models";
    paths.scratch_dir = std::string(UKETSUKE_BINARY_DIR) + "/bench";
    int kills = 50;
    cli.add_option("groups", groups, "card, vision, queue, crash, ui, flow, desk; none: all but crash")
        ->check(CLI::IsMember({"card", "vision", "queue", "crash", "ui", "flow", "desk"}));
    cli.add_option("--kills", kills, "kill -9 rounds of the crash group")->check(CLI::Range(1, 100'000));
    cli.add_option("--source", paths.source_dir, "repository root");
    cli.add_option("--models", paths.models_dir, "folder of network weights");
    cli.add_option("--scratch", paths.scratch_dir, "folder to write in, on a real disk");
    CLI11_PARSE(cli, argc, argv);
    std::error_code error;
    std::filesystem::create_directories(paths.scratch_dir, error);
    if (error) {
        std::fprintf(stderr, "uketsuke-bench: %s: %s\n", paths.scratch_dir.c_str(), error.message().c_str());
        return 3;
    }
    bench::set_paths(paths);
    vision::use_one_blas_thread();
    if (groups.empty()) groups = {"card", "vision", "queue", "ui", "flow", "desk"};
    bench::BenchOutput out;
    for (const auto& group : groups) {
        if (group == "card") bench::run_card_bench(out);
        if (group == "vision") bench::run_vision_bench(out);
        if (group == "queue") bench::run_queue_bench(out);
        if (group == "crash") bench::run_crash_bench(out, kills);
        if (group == "ui") bench::run_ui_bench(out);
        if (group == "flow") bench::run_flow_bench(out);
        if (group == "desk") bench::run_desk_bench(out);
    }
    return 0;
}
