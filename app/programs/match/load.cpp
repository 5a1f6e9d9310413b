#include <fmt/core.h>

#include <algorithm>

#include "app/programs/match/commands.h"

namespace uketsuke::match {
namespace {

// Every network that was found and may judge patients, together.
std::string all_licensed(const vision::ModelPaths& found) {
    std::string best;
    for (const auto& name : found.combinations())
        if (!vision::evaluation_only(name) && name.size() > best.size()) best = name;
    return best;
}

// The weights of any measured point of the combination: they belong to it, whatever the rate.
std::vector<double> weights_of(const std::vector<vision::OperatingPoint>& points, const std::string& combination) {
    const auto at = std::find_if(points.begin(), points.end(), [&](const auto& p) { return p.model == combination; });
    return at == points.end() ? std::vector<double>{} : at->weights;
}

}  // namespace

int complain(const std::string& what) {
    fmt::print(stderr, "uketsuke-match: {}\n", what);
    return 2;
}

void show_progress(std::size_t done, std::size_t of) {
    if (done % 100 == 0 || done == of) fmt::print(stderr, "{}/{} photographs\n", done, of);
}

vision::EngineOptions engine_options(const Common& common) {
    vision::EngineOptions options;
    options.mirror_live = common.mirror_live;
    options.mirror_reference = common.mirror_card;
    return options;
}

std::optional<Loaded> load(const Common& common) {
    const auto found = vision::find_models(common.models);
    if (!found) {
        complain(found.error().where);
        return std::nullopt;
    }
    const auto points = vision::load_operating_points(common.points);
    if (!points) {
        complain(points.error().where);
        return std::nullopt;
    }
    const bool forced = !common.evidence.empty();
    const auto use = vision::evaluation_only(common.evidence) ? vision::Use::Evaluation : common.use;
    Loaded loaded{nullptr, vision::choose(*points, forced ? std::vector{common.evidence} : found->combinations(),
                                          common.far, use)};
    std::string combination = common.evidence;
    if (!forced) combination = loaded.point ? loaded.point->model : all_licensed(*found);
    auto engine =
        vision::FaceEngine::load(*found, combination, weights_of(*points, combination), engine_options(common));
    if (!engine) {
        complain(engine.error().where);
        return std::nullopt;
    }
    loaded.engine = std::move(*engine);
    return loaded;
}

}  // namespace uketsuke::match
