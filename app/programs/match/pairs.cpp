#include <fmt/core.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/programs/match/commands.h"
#include "vision/plain_pipeline.h"

namespace uketsuke::match {
namespace {

using Json = nlohmann::ordered_json;

constexpr double plain_threshold = 0.6;  // dlib's customary one, which its example goes by

// Who looks, by which rule, and under what name.
struct Judge {
    std::optional<Loaded> loaded;
    std::unique_ptr<vision::PlainPipeline> plain;
    Eyes eyes;
    std::string name;
    std::optional<vision::OperatingPoint> point;
};

std::optional<Judge> judge_of(const Common& common, bool plain) {
    Judge judge;
    if (!plain) {
        judge.loaded = load(common);
        if (!judge.loaded) return std::nullopt;
        judge.eyes = eyes_of(*judge.loaded->engine);
        judge.name = judge.loaded->engine->model_name();
        if (judge.loaded->point)
            judge.point = *judge.loaded->point;
        else
            complain(judge.loaded->point.error().where);
        return judge;
    }
    const auto found = vision::find_models(common.models);
    auto pipeline = found ? vision::PlainPipeline::load(*found) : tl::unexpected(found.error());
    if (!pipeline) {
        complain(pipeline.error().where);
        return std::nullopt;
    }
    judge.plain = std::move(*pipeline);
    const auto look = [&pipe = *judge.plain](const vision::Image& image) -> std::optional<vision::Embedding> {
        auto embedding = pipe.embed(image, 1);
        if (embedding.empty()) return std::nullopt;
        return embedding;
    };
    judge.eyes = {look, look};
    judge.name = "dlib's example";
    judge.point.emplace();
    judge.point->name = "dlib's customary distance";
    judge.point->threshold = plain_threshold;
    return judge;
}

Json range(const vision::Rate& rate) {
    const auto interval = vision::interval_of(rate);
    return Json::array({interval.low, interval.high});
}

void print_pairs(const PairList& list, const Scores& scores, const std::optional<vision::OperatingPoint>& point) {
    for (std::size_t i = 0; i < scores.pairs.size(); ++i) {
        const double distance = distance_of(scores.pairs[i]);
        Json line{{"card", list.photos[list.pairs[i].card].string()},
                  {"live", list.photos[list.pairs[i].live].string()},
                  {"same", scores.pairs[i].same},
                  {"distance", std::isfinite(distance) ? Json(distance) : Json()}};
        if (point)
            line["decision"] = distance <= point->threshold ? "match" : "no-match";
        else
            line["decision"] = nullptr;
        fmt::print("{}\n", line.dump());
    }
}

Json at_point(const vision::Accuracy& accuracy, const vision::OperatingPoint& point) {
    const auto strangers = accuracy.accepted_strangers(point.threshold);
    const auto same = accuracy.accepted_same(point.threshold);
    return {{"name", point.name},
            {"threshold", point.threshold},
            {"far", strangers.of > 0 ? Json(strangers.value()) : Json()},
            {"far_interval", range(strangers)},
            {"strangers_accepted", strangers.hits},
            {"frr", same.of > 0 ? Json(1 - same.value()) : Json()},
            {"frr_interval", range({same.of - same.hits, same.of})}};
}

const char* text_of(Degrade degrade) {
    switch (degrade) {
        case Degrade::None:
            return "none";
        case Degrade::Card:
            return "card";
        case Degrade::Small:
            return "small";
    }
    return "none";
}

}  // namespace

int pairs(const Common& common, const PairsOptions& options) {
    const auto judge = judge_of(common, options.plain);
    if (!judge) return 2;
    const auto list = read_pairs(options.list, options.limit);
    if (!list) return complain(list.error());
    const auto scores = score_pairs(judge->eyes, *list, common.degrade, show_progress);
    if (options.per_pair) print_pairs(*list, scores, judge->point);
    const vision::Accuracy accuracy(distances_of(scores.pairs));
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
        thresholds[name] = accuracy.strangers() > 0 && std::isfinite(threshold) ? Json(threshold) : Json();
    }
    const Json out{{"pairs", scores.pairs.size()},
                   {"same", accuracy.same()},
                   {"failed_to_acquire", scores.failed_to_acquire},
                   {"tar_at_far", std::move(tar)},
                   {"tar_interval", std::move(tar_range)},
                   {"threshold_at_far", std::move(thresholds)},
                   {"eer", both ? Json(accuracy.equal_error_rate()) : Json()},
                   {"operating_point", judge->point ? at_point(accuracy, *judge->point) : Json()},
                   {"degrade", text_of(common.degrade)},
                   {"photos_without_face", scores.photos_without_face},
                   {"model", judge->name}};
    fmt::print("{}\n", out.dump());
    return 0;
}

}  // namespace uketsuke::match
