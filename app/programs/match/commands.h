#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/programs/match/pair_list.h"

namespace uketsuke::match {

// What every command needs, from the command line.
struct Common {
    std::vector<std::filesystem::path> models;  // folders looked into for weights
    std::filesystem::path points;               // table of operating points
    double far = 1e-3;
    bool demo = false;  // judge by the drawn persons' operating point
    CardPhoto card_photo = CardPhoto::Clear;
    bool mirror_live = true;
    bool mirror_card = true;
};

struct PairsOptions {
    std::filesystem::path list;
    std::filesystem::path scores;  // empty: none written
    std::size_t limit = 0;
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

// Loads the best weights; nullptr after telling why not on standard error.
std::unique_ptr<vision::FaceEngine> load_engine(const Common& common);
// Says how far a measurement is, on standard error, each few seconds at most.
void show_progress(std::size_t done, std::size_t of);
int complain(const std::string& what);  // prints and returns 2

}  // namespace uketsuke::match
