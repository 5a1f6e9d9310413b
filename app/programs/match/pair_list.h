#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "vision/accuracy.h"
#include "vision/face_engine.h"

namespace uketsuke::match {

// A list of pairs: card photo, live photo, same 0/1, separated by tabs; paths relative to the list.
struct PairList {
    struct Pair {
        std::size_t card = 0;  // into photos
        std::size_t live = 0;
        bool same = false;
    };
    std::vector<std::filesystem::path> photos;
    std::vector<Pair> pairs;
};

// The first `limit` pairs (0: all). The error names file, line and what is wrong.
tl::expected<PairList, std::string> read_pairs(const std::filesystem::path& file, std::size_t limit);

enum class CardPhoto { Clear, Chip };  // as it is, or passed through a chip-like JP2 first

struct Scores {
    std::vector<vision::ScoredPair> pairs;
    std::size_t failed_to_acquire = 0;  // pairs in which a face was not found
    std::size_t photos_without_face = 0;
};

// Compares every pair; each photograph is looked at once for each side it is on. `progress(done, of)` counts photos.
Scores score_pairs(vision::FaceEngine& engine, const PairList& list, CardPhoto card_photo,
                   const std::function<void(std::size_t, std::size_t)>& progress);

// A card's photograph from a file, chip-like when asked.
vision::Result<vision::Reference> enroll_file(vision::FaceEngine& engine, const std::filesystem::path& file,
                                              CardPhoto card_photo);

}  // namespace uketsuke::match
