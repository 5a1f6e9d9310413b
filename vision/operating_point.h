#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vision/error.h"

namespace uketsuke::vision {

// A measured decision rule: distances up to `threshold` are the same person. The rates are those of single frames on
// the worst group measured; nothing of it is a default of custom.
struct OperatingPoint {
    std::string name;         // "densenet-v1 1:1000", unique
    std::string model;        // FaceEngine::model_name()
    double threshold = 0;     // 0 < threshold < 100
    double far = 1;           // false-accept rate it was set for, on worst_group
    double frr = 1;           // false-reject rate measured there
    double far_high = 1;      // upper end of the 95 % interval of the false-accept rate
    std::string worst_group;  // "East-Asian faces of LFW"
    std::string data;         // lists and counts
    std::string measured_on;  // YYYY-MM
    bool demo = false;        // measured on drawn persons: never for real ones
};

// Reads the table (TOML, [[point]] entries). BadTable names file, line and key. An empty table is an error.
Result<std::vector<OperatingPoint>> load_operating_points(const std::filesystem::path& file);
Result<std::vector<OperatingPoint>> parse_operating_points(std::string_view toml, const std::string& name);

// The point of `model` that keeps false accepts at or below `max_far` with the fewest false rejects; demo points only
// when `demo`, others only when not. NoPoint says what is there instead.
Result<OperatingPoint> choose(const std::vector<OperatingPoint>& points, std::string_view model, double max_far,
                              bool demo);

// Whether a face decision at this point is worth offering: it must know its owner more often than not. A weak network
// can keep any rate by refusing nearly everybody; the kiosk then offers PIN and staff instead and says so at start.
bool useful(const OperatingPoint& point, double max_frr = 0.5);

// The models that have a point of that kind (demo or not), each once: what find_models() may pick from.
std::vector<std::string> models_with_points(const std::vector<OperatingPoint>& points, bool demo);

}  // namespace uketsuke::vision
