#include "app/programs/match/pair_list.h"

#include <cmath>
#include <fstream>
#include <limits>
#include <unordered_map>
#include <utility>

namespace uketsuke::match {

namespace fs = std::filesystem;

tl::expected<PairList, std::string> read_pairs(const fs::path& file, std::size_t limit) {
    std::ifstream in(file);
    if (!in) return tl::unexpected(file.string() + ": cannot be opened");
    PairList list;
    std::unordered_map<std::string, std::size_t> known;
    const auto photo = [&](const std::string& name) {
        const auto [at, added] = known.emplace(name, list.photos.size());
        if (added) list.photos.push_back(file.parent_path() / name);
        return at->second;
    };
    std::string line;
    for (std::size_t number = 1; std::getline(in, line) && (limit == 0 || list.pairs.size() < limit); ++number) {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        if (line.empty() || line.front() == '#') continue;
        const auto first = line.find('\t');
        const auto second = first == std::string::npos ? first : line.find('\t', first + 1);
        const std::string same = second == std::string::npos ? "" : line.substr(second + 1);
        if (same != "0" && same != "1")
            return tl::unexpected(file.string() + ":" + std::to_string(number) +
                                  ": expected card photo, live photo and 0 or 1, separated by tabs");
        const std::size_t card = photo(line.substr(0, first));
        const std::size_t live = photo(line.substr(first + 1, second - first - 1));
        list.pairs.push_back({card, live, same == "1"});
    }
    if (list.pairs.empty()) return tl::unexpected(file.string() + ": no pairs in it");
    return list;
}

vision::Result<vision::Image> card_photo(const fs::path& file, Degrade degrade) {
    auto image = vision::read_image(file);
    if (!image || degrade == Degrade::None) return image;
    const vision::ChipPhoto small{80, 100, 1500, false};
    const auto jp2 = vision::encode_chip_photo(*image, degrade == Degrade::Small ? small : vision::ChipPhoto{});
    vision::wipe(*image);
    if (!jp2) return tl::unexpected(jp2.error());
    return vision::decode_photo(*jp2);
}

Eyes eyes_of(vision::FaceEngine& engine) {
    return {[&engine](const vision::Image& photo) -> std::optional<vision::Embedding> {
                auto reference = engine.enroll(photo);
                if (!reference) return std::nullopt;
                return std::move(reference->embedding);
            },
            [&engine](const vision::Image& photo) {
                return engine.analyse_still(photo, vision::Depth::IdentityAlways).embedding;
            }};
}

Scores score_pairs(const Eyes& eyes, const PairList& list, Degrade degrade,
                   const std::function<void(std::size_t, std::size_t)>& progress) {
    std::vector<char> as_card(list.photos.size(), 0);
    std::vector<char> as_live(list.photos.size(), 0);
    for (const auto& pair : list.pairs) {
        as_card[pair.card] = 1;
        as_live[pair.live] = 1;
    }
    std::vector<std::optional<vision::Embedding>> cards(list.photos.size());
    std::vector<std::optional<vision::Embedding>> lives(list.photos.size());
    const auto seen = [](vision::Result<vision::Image> image, const auto& eye) -> std::optional<vision::Embedding> {
        if (!image) return std::nullopt;
        auto embedding = eye(*image);
        vision::wipe(*image);
        return embedding;
    };
    Scores scores;
    for (std::size_t i = 0; i < list.photos.size(); ++i) {
        if (as_card[i] != 0) cards[i] = seen(card_photo(list.photos[i], degrade), eyes.card);
        if (as_live[i] != 0) lives[i] = seen(vision::read_image(list.photos[i]), eyes.live);
        const bool missing = (as_card[i] != 0 && !cards[i]) || (as_live[i] != 0 && !lives[i]);
        scores.photos_without_face += missing ? 1 : 0;
        if (progress) progress(i + 1, list.photos.size());
    }
    scores.pairs.reserve(list.pairs.size());
    for (const auto& pair : list.pairs) {
        PairScore score{{}, pair.same};
        if (cards[pair.card] && lives[pair.live])
            score.shares = vision::squared_distances(*cards[pair.card], *lives[pair.live]);
        scores.failed_to_acquire += score.shares.empty() ? 1 : 0;
        scores.pairs.push_back(std::move(score));
    }
    return scores;
}

double distance_of(const PairScore& pair, const std::vector<double>& weights) {
    if (pair.shares.empty()) return std::numeric_limits<double>::infinity();
    double sum = 0;
    for (std::size_t i = 0; i < pair.shares.size(); ++i) sum += pair.shares[i] * (weights.empty() ? 1 : weights[i]);
    return std::sqrt(sum);
}

std::vector<vision::ScoredPair> distances_of(const std::vector<PairScore>& pairs, const std::vector<double>& weights) {
    std::vector<vision::ScoredPair> scored;
    scored.reserve(pairs.size());
    for (const auto& pair : pairs) scored.push_back({distance_of(pair, weights), pair.same});
    return scored;
}

}  // namespace uketsuke::match
