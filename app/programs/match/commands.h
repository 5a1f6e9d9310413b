#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/programs/match/pair_list.h"
#include "vision/operating_point.h"

namespace uketsuke::match {

// What every command needs, from the command line.
struct Common {
    std::vector<std::filesystem::path> models;  // folders looked into for weights
    std::filesystem::path points;               // table of operating points
    double far = 1e-3;
    vision::Use use = vision::Use::Patients;  // whose operating points count
    std::string evidence;                     // combination of networks; empty: the best measured one
    Degrade degrade = Degrade::None;
    bool mirror_live = false;
    bool mirror_card = true;
};

struct PairsOptions {
    std::filesystem::path list;
    std::size_t limit = 0;
    bool per_pair = false;  // a line for every pair before the summary
    bool plain = false;     // dlib's example instead of the engine
};

struct CalibrateOptions {
    std::vector<std::filesystem::path> lists;
    std::uint32_t drawn = 0;  // number of drawn identities; 0: none
    std::filesystem::path out;
    std::string measured_on;
};

// Each prints JSON to standard output, troubles to standard error, and returns the program's exit code:
// 0 done (verify: match), 1 verify: no match or undecided, 2 something could not be read or is missing.
int verify(const Common& common, const std::filesystem::path& card, const std::vector<std::filesystem::path>& live);
int pairs(const Common& common, const PairsOptions& options);
int calibrate(const Common& common, const CalibrateOptions& options);
int draw(std::uint32_t identity, double yaw_deg, int width, int height, bool card, const std::filesystem::path& out);

// An engine and the operating point it is judged by; without one, why.
struct Loaded {
    std::unique_ptr<vision::FaceEngine> engine;
    vision::Result<vision::OperatingPoint> point;
};
// Finds the files and the best point for common.use and common.far, and loads that point's networks; common.evidence
// forces a combination, measured or not. Without a point every network that may judge patients. Nothing after telling
// why not on standard error.
std::optional<Loaded> load(const Common& common);
vision::EngineOptions engine_options(const Common& common);

// Says how far a measurement is, on standard error, each few seconds at most.
void show_progress(std::size_t done, std::size_t of);
int complain(const std::string& what);  // prints and returns 2

}  // namespace uketsuke::match
