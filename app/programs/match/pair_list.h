#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
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

// What becomes of a card's photograph before it is looked at.
enum class Degrade {
    None,
    Card,   // through a chip-like JP2: 240×320 gray, 5 kB
    Small,  // the same at 80×100 and 1.5 kB
};

// A card's photograph from a file, degraded as asked.
vision::Result<vision::Image> card_photo(const std::filesystem::path& file, Degrade degrade);

// Who looks at the photographs: nothing where no face is found.
struct Eyes {
    std::function<std::optional<vision::Embedding>(const vision::Image&)> card;
    std::function<std::optional<vision::Embedding>(const vision::Image&)> live;
};
Eyes eyes_of(vision::FaceEngine& engine);

// One pair's squared distance, the share of each network on its own; none: a face was not found.
struct PairScore {
    std::vector<double> shares;
    bool same = false;
};
struct Scores {
    std::vector<PairScore> pairs;
    std::size_t failed_to_acquire = 0;  // pairs in which a face was not found
    std::size_t photos_without_face = 0;
};

// Compares every pair; each photograph is looked at once for each side it is on. `progress(done, of)` counts photos.
Scores score_pairs(const Eyes& eyes, const PairList& list, Degrade degrade,
                   const std::function<void(std::size_t, std::size_t)>& progress);

// The distance when the shares are weighted so (none: each 1); infinite without a face.
double distance_of(const PairScore& pair, const std::vector<double>& weights = {});
std::vector<vision::ScoredPair> distances_of(const std::vector<PairScore>& pairs,
                                             const std::vector<double>& weights = {});

}  // namespace uketsuke::match
