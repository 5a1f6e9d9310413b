#include "app/programs/match/pair_list.h"

#include <fstream>
#include <limits>

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

vision::Result<vision::Reference> enroll_file(vision::FaceEngine& engine, const fs::path& file, CardPhoto card_photo) {
    auto image = vision::read_image(file);
    if (!image) return tl::unexpected(image.error());
    if (card_photo == CardPhoto::Chip) {
        const auto jp2 = vision::encode_chip_photo(*image);
        if (!jp2) return tl::unexpected(jp2.error());
        image = vision::decode_photo(*jp2);
        if (!image) return tl::unexpected(image.error());
    }
    return engine.enroll(*image);
}

Scores score_pairs(vision::FaceEngine& engine, const PairList& list, CardPhoto card_photo,
                   const std::function<void(std::size_t, std::size_t)>& progress) {
    std::vector<char> as_card(list.photos.size(), 0);
    std::vector<char> as_live(list.photos.size(), 0);
    for (const auto& pair : list.pairs) {
        as_card[pair.card] = 1;
        as_live[pair.live] = 1;
    }
    std::vector<std::optional<vision::Reference>> cards(list.photos.size());
    std::vector<std::optional<vision::Embedding>> lives(list.photos.size());
    Scores scores;
    for (std::size_t i = 0; i < list.photos.size(); ++i) {
        bool missing = false;
        if (as_card[i] != 0) {
            if (auto reference = enroll_file(engine, list.photos[i], card_photo))
                cards[i] = std::move(*reference);
            else
                missing = true;
        }
        if (as_live[i] != 0) {
            if (auto image = vision::read_image(list.photos[i])) {
                lives[i] = engine.analyse_still(*image, vision::Depth::IdentityAlways).embedding;
                vision::wipe(*image);
            }
            missing = missing || !lives[i];
        }
        scores.photos_without_face += missing ? 1 : 0;
        if (progress) progress(i + 1, list.photos.size());
    }
    scores.pairs.reserve(list.pairs.size());
    for (const auto& pair : list.pairs) {
        double distance = std::numeric_limits<double>::infinity();
        if (cards[pair.card] && lives[pair.live])
            distance = engine.distance(*cards[pair.card], *lives[pair.live]);
        else
            ++scores.failed_to_acquire;
        scores.pairs.push_back({distance, pair.same});
    }
    return scores;
}

}  // namespace uketsuke::match
