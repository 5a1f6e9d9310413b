#include "app/main/battery.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "app/main/small_file.h"

namespace uketsuke::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_most_supplies = 16;

struct Cell {
    int percent = 0;
    std::optional<std::int64_t> holds;  // when full; all cells in one unit
    bool taking = false;
    bool losing = false;
};

std::optional<Cell> cell_at(const fs::path& supply) {
    // A device's own battery says so; one that was taken out stays listed.
    if (read_small(supply / "scope") == "Device" || read_number(supply / "present") == 0) return std::nullopt;
    const auto percent = read_number(supply / "capacity");
    if (!percent || *percent > 100) return std::nullopt;
    const auto status = read_small(supply / "status");
    return Cell{static_cast<int>(*percent), read_number(supply / "energy_full"), status == "Charging",
                status == "Discharging"};
}

int percent_of(const std::vector<Cell>& cells) {
    const bool weighed =
        std::all_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.holds.value_or(0) > 0; });
    double all = 0;
    double there = 0;
    for (const Cell& cell : cells) {
        const double holds = weighed ? static_cast<double>(*cell.holds) : 1.0;
        all += holds;
        there += holds * cell.percent;
    }
    return static_cast<int>(std::lround(there / all));
}

}  // namespace

std::optional<core::Power> Battery::read() const {
    std::vector<Cell> cells;
    bool mains = false;
    std::error_code error;
    fs::directory_iterator supply(m_folder, error);
    for (std::size_t i = 0; !error && supply != fs::directory_iterator{} && i < k_most_supplies; ++i) {
        const auto type = read_small(supply->path() / "type");
        if (type == "Battery") {
            if (const auto cell = cell_at(supply->path())) cells.push_back(*cell);
        } else if (type && read_number(supply->path() / "online").value_or(0) > 0) {
            mains = true;
        }
        supply.increment(error);
    }
    if (cells.empty()) return std::nullopt;
    const bool taking = std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.taking; });
    const bool losing = std::any_of(cells.begin(), cells.end(), [](const Cell& cell) { return cell.losing; });
    return core::Power{percent_of(cells), taking || (mains && !losing)};
}

}  // namespace uketsuke::app
