#include "app/programs/match/commands.h"

#include <fmt/core.h>

#include <array>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "vision/synthetic.h"
#include "vision/verdict.h"

namespace uketsuke::match {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

int complain(const std::string& what) {
    fmt::print(stderr, "uketsuke-match: {}\n", what);
    return 2;
}

void show_progress(std::size_t done, std::size_t of) {
    if (done % 100 == 0 || done == of) fmt::print(stderr, "{}/{} photographs\n", done, of);
}

std::unique_ptr<vision::FaceEngine> load_engine(const Common& common) {
    const auto models = vision::find_models(common.models);
    if (!models) {
        complain(models.error().where);
        return nullptr;
    }
    vision::EngineOptions options;
    options.mirror_live = common.mirror_live;
    options.mirror_reference = common.mirror_card;
    auto engine = vision::FaceEngine::load(*models, options);
    if (!engine) {
        complain(engine.error().where);
        return nullptr;
    }
    return std::move(*engine);
}

namespace {

vision::Result<vision::OperatingPoint> point_for(const Common& common, const vision::FaceEngine& engine) {
    const auto points = vision::load_operating_points(common.points);
    if (!points) return tl::unexpected(points.error());
    return vision::choose(*points, engine.model_name(), common.far, common.demo);
}

Json range(const vision::Rate& rate) {
    const auto interval = vision::interval_of(rate);
    return Json::array({interval.low, interval.high});
}

}  // namespace

int verify(const Common& common, const fs::path& card, const std::vector<fs::path>& live) {
    const auto engine = load_engine(common);
    if (!engine) return 2;
    const auto point = point_for(common, *engine);
    if (!point) return complain(point.error().where);
    const auto reference = enroll_file(*engine, card, common.card_photo);
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

int pairs(const Common& common, const PairsOptions& options) {
    const auto engine = load_engine(common);
    if (!engine) return 2;
    const auto list = read_pairs(options.list, options.limit);
    if (!list) return complain(list.error());
    const auto scores = score_pairs(*engine, *list, common.card_photo, show_progress);
    if (!options.scores.empty()) {
        std::ofstream out(options.scores);
        for (const auto& pair : scores.pairs) out << fmt::format("{:.6f}\t{}\n", pair.distance, pair.same ? 1 : 0);
        if (!out.flush()) return complain(options.scores.string() + ": cannot be written");
    }
    const vision::Accuracy accuracy(scores.pairs);
    constexpr std::array<std::pair<const char*, double>, 4> rates{
        {{"1e-1", 1e-1}, {"1e-2", 1e-2}, {"1e-3", 1e-3}, {"1e-4", 1e-4}}};
    Json tar = Json::object();
    Json tar_range = Json::object();
    Json thresholds = Json::object();
    // Without pairs of both kinds a rate would be made up: null then.
    const bool both = accuracy.same() > 0 && accuracy.strangers() > 0;
    for (const auto& [name, far] : rates) {
        const double threshold = accuracy.threshold_at(far);
        const auto accepted = accuracy.accepted_same(threshold);
        tar[name] = both ? Json(accepted.value()) : Json();
        tar_range[name] = both ? range(accepted) : Json();
        thresholds[name] = accuracy.strangers() > 0 ? Json(threshold) : Json();
    }
    Json out{{"pairs", scores.pairs.size()},
             {"same", accuracy.same()},
             {"failed_to_acquire", scores.failed_to_acquire},
             {"tar_at_far", std::move(tar)},
             {"tar_interval", std::move(tar_range)},
             {"threshold_at_far", std::move(thresholds)},
             {"eer", both ? Json(accuracy.equal_error_rate()) : Json()}};
    if (const auto point = point_for(common, *engine)) {
        const auto strangers = accuracy.accepted_strangers(point->threshold);
        const auto same = accuracy.accepted_same(point->threshold);
        out["operating_point"] = {{"name", point->name},
                                  {"threshold", point->threshold},
                                  {"far", strangers.of > 0 ? Json(strangers.value()) : Json()},
                                  {"far_interval", range(strangers)},
                                  {"strangers_accepted", strangers.hits},
                                  {"frr", same.of > 0 ? Json(1 - same.value()) : Json()}};
    } else {
        complain(point.error().where);
        out["operating_point"] = nullptr;
    }
    out["card_photo"] = common.card_photo == CardPhoto::Chip ? "chip" : "clear";
    out["photos_without_face"] = scores.photos_without_face;
    out["model"] = engine->model_name();
    fmt::print("{}\n", out.dump());
    return 0;
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
