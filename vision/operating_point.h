#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "vision/error.h"

namespace uketsuke::vision {

// Whom a point may judge.
enum class Use : std::uint8_t {
    Patients,    // real persons, by the face alone
    SecondSign,  // real persons, but only together with another sign (PIN, staff): the face alone is too weak
    Demo,        // drawn persons, never real ones
    Evaluation,  // nobody: measured with a network that has no licence for patients
};
std::string_view to_string(Use use);

// A measured decision rule: distances up to `threshold` are the same person. The rates are those of single frames on
// the worst group measured; nothing of it is a default of custom.
struct OperatingPoint {
    std::string name;                // "densenet-v1 1:1000", unique
    std::string model;               // the combination of networks (models.h)
    std::vector<double> weights{1};  // of each network's squared distance, in the order of the name
    double threshold = 0;            // 0 < threshold < 100
    double certain = 0;              // ≤ threshold: keeps a tenth of `far`; 0: not measured, nothing is certain
    double far = 1;                  // false-accept rate it was set for, on worst_group
    double far_high = 1;             // upper end of the 95 % interval of the false-accept rate
    double frr = 1;                  // false-reject rate measured, on the list where it is worst
    double frr_high = 1;             // upper end of its 95 % interval
    std::string worst_group;         // the list of pairs that set the threshold
    std::string data;                // lists and counts
    std::string measured_on;         // YYYY-MM
    Use use = Use::Patients;
};

// Reads the table (TOML, [[point]] entries). BadTable names file, line and key: also a combination of unknown networks,
// a weight too many, and a point for patients with a network that is for evaluation only. An empty table is an error.
Result<std::vector<OperatingPoint>> load_operating_points(const std::filesystem::path& file);
Result<std::vector<OperatingPoint>> parse_operating_points(std::string_view toml, const std::string& name);

// The point for that use with the fewest false rejects that keeps false accepts at or below `max_far`, among the
// `combinations` at hand (ModelPaths::combinations()): the better evidence wins by its measured rates; of equal ones
// that of fewer networks. NoPoint says what is there instead.
Result<OperatingPoint> choose(const std::vector<OperatingPoint>& points, const std::vector<std::string>& combinations,
                              double max_far, Use use);

// Whether a face decision at this point is worth offering: it must know its owner more often than not. A weak network
// can keep any rate by refusing nearly everybody; the kiosk then offers PIN and staff instead and says so at start.
bool useful(const OperatingPoint& point, double max_frr = 0.5);

}  // namespace uketsuke::vision
