// What every group of `uketsuke-bench` measures with and prints through.
//
// A row is one JSON object a line on standard output: name, unit, median, p99, floor, ratio, floor_is and whatever
// `extra` holds. `floor` is the same work at its limit (or a peer's), measured in the same run, in the same unit;
// `ratio` = median ÷ floor as time, so lower is better. Diagnostics go to standard error.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

namespace uketsuke::bench {

struct Row {
    std::string name;
    std::string unit;
    double median = 0;
    double p99 = 0;
    double floor = 0;
    std::string floor_is;
    std::map<std::string, std::variant<double, std::string>> extra;
};

// Prints rows. One owner, one thread.
class BenchOutput {
  public:
    void row(const Row& row);
    // A measurement that cannot be had here (no reader stack, no weights): {"name":…,"skipped":why}.
    void skipped(const std::string& name, const std::string& why);
};

double median(std::vector<double> samples);
double percentile(std::vector<double> samples, double percent);

// Runs `work` `warmup` times uncounted, then `runs` times; the wall time of each counted run in milliseconds.
std::vector<double> time_ms(std::size_t runs, std::size_t warmup, const std::function<void()>& work);

// Runs two kinds of work in turn (A B A B …), so that both see the same noise of the machine.
struct Paired {
    std::vector<double> ours_ms;
    std::vector<double> floor_ms;
};
Paired time_paired_ms(std::size_t runs, std::size_t warmup, const std::function<void()>& ours,
                      const std::function<void()>& floor);

// Where a group finds what it needs; filled by the program's options.
struct BenchPaths {
    std::string source_dir;   // repository root: assets/, kiosk-config/
    std::string models_dir;   // network weights
    std::string scratch_dir;  // may be written, on a real disk
};
const BenchPaths& paths();
void set_paths(BenchPaths paths);

void run_card_bench(BenchOutput& out);
void run_vision_bench(BenchOutput& out);
void run_live_bench(BenchOutput& out);  // part of the vision group
void run_queue_bench(BenchOutput& out);
void run_crash_bench(BenchOutput& out, int kills);
void run_ui_bench(BenchOutput& out);
void run_flow_bench(BenchOutput& out);
void run_desk_bench(BenchOutput& out);

}  // namespace uketsuke::bench
