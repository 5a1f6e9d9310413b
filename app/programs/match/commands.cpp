#include "app/programs/match/commands.h"

#include <fmt/core.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "vision/synthetic.h"
#include "vision/verdict.h"

namespace uketsuke::match {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

int verify(const Common& common, const fs::path& card, const std::vector<fs::path>& live) {
    const auto loaded = load(common);
    if (!loaded) return 2;
    const auto& engine = loaded->engine;
    const auto& point = loaded->point;
    if (!point) return complain(point.error().where);
    auto photo = card_photo(card, common.degrade);
    if (!photo) return complain(photo.error().where);
    const auto reference = engine->enroll(*photo);
    vision::wipe(*photo);
    if (!reference) return complain(card.string() + ": " + reference.error().where);
    vision::Verifier verifier(*point, static_cast<int>(live.size()));
    Json frames = Json::array();
    for (const auto& file : live) {
        auto image = vision::read_image(file);
        if (!image) return complain(image.error().where);
        const auto analysis = engine->analyse_still(*image, vision::Depth::IdentityAlways);
        vision::wipe(*image);
        Json frame{{"file", file.string()}, {"guidance", to_string(analysis.guidance)}};
        if (analysis.embedding) {
            const double distance = engine->distance(*reference, *analysis.embedding);
            frame["distance"] = distance;
            // Stills are given on purpose: any that shows a face counts.
            verifier.observe(distance, vision::Guidance::Ok);
        }
        frames.push_back(std::move(frame));
    }
    // Fewer faces than files: what was seen decides, by the same median.
    auto verdict = verifier.progress().verdict;
    const auto median = verifier.median();
    if (verdict == vision::Verdict::Undecided && median)
        verdict = *median <= point->threshold ? vision::Verdict::Match : vision::Verdict::NoMatch;
    const Json out{{"verdict", to_string(verdict)},
                   {"median", median ? Json(*median) : Json()},
                   {"operating_point",
                    {{"name", point->name}, {"threshold", point->threshold}, {"far", point->far}, {"frr", point->frr}}},
                   {"model", engine->model_name()},
                   {"frames", std::move(frames)}};
    fmt::print("{}\n", out.dump());
    return verdict == vision::Verdict::Match ? 0 : 1;
}

int draw(std::uint32_t identity, double yaw_deg, int width, int height, bool card, const fs::path& out) {
    vision::Appearance person;
    person.identity = identity;
    person.yaw_deg = yaw_deg;
    const auto image = card ? vision::draw_card_portrait(identity) : vision::draw_person(person, width, height);
    const auto png = vision::encode_png(image);
    if (!png) return complain(png.error().where);
    std::ofstream file(out, std::ios::binary);
    file.write(reinterpret_cast<const char*>(png->data()), static_cast<std::streamsize>(png->size()));
    if (!file.flush()) return complain(out.string() + ": cannot be written");
    return 0;
}

}  // namespace uketsuke::match
