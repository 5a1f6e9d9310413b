#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/programs/bench/bench.h"

namespace uketsuke::bench {
namespace {

BenchPaths g_paths;

using Clock = std::chrono::steady_clock;

double once_ms(const std::function<void()>& work) {
    const auto start = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void print(const nlohmann::ordered_json& line) {
    std::printf("%s\n", line.dump().c_str());
    std::fflush(stdout);
}

}  // namespace

void BenchOutput::row(const Row& row) {
    nlohmann::ordered_json line;
    line["name"] = row.name;
    line["unit"] = row.unit;
    line["median"] = row.median;
    line["p99"] = row.p99;
    line["floor"] = row.floor;
    line["ratio"] = row.floor > 0 ? nlohmann::ordered_json(row.median / row.floor) : nlohmann::ordered_json(nullptr);
    line["floor_is"] = row.floor_is;
    for (const auto& [key, value] : row.extra) {
        std::visit([&line, &name = key](const auto& held) { line[name] = held; }, value);
    }
    print(line);
}

void BenchOutput::skipped(const std::string& name, const std::string& why) {
    print({{"name", name}, {"skipped", why}});
}

double median(std::vector<double> samples) {
    return percentile(std::move(samples), 50);
}

double percentile(std::vector<double> samples, double percent) {
    if (samples.empty()) return 0;
    std::sort(samples.begin(), samples.end());
    const double place = percent / 100.0 * static_cast<double>(samples.size() - 1);
    return samples[static_cast<std::size_t>(std::lround(place))];
}

std::vector<double> time_ms(std::size_t runs, std::size_t warmup, const std::function<void()>& work) {
    for (std::size_t i = 0; i < warmup; ++i) work();
    std::vector<double> samples;
    samples.reserve(runs);
    for (std::size_t i = 0; i < runs; ++i) samples.push_back(once_ms(work));
    return samples;
}

Paired time_paired_ms(std::size_t runs, std::size_t warmup, const std::function<void()>& ours,
                      const std::function<void()>& floor) {
    for (std::size_t i = 0; i < warmup; ++i) {
        ours();
        floor();
    }
    Paired paired;
    for (std::size_t i = 0; i < runs; ++i) {
        paired.ours_ms.push_back(once_ms(ours));
        paired.floor_ms.push_back(once_ms(floor));
    }
    return paired;
}

const BenchPaths& paths() {
    return g_paths;
}
void set_paths(BenchPaths paths) {
    g_paths = std::move(paths);
}

}  // namespace uketsuke::bench
