#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <limits>

#include "app/programs/match/commands.h"
#include "app/programs/match/fit.h"
#include "vision/synthetic.h"

namespace uketsuke::match {
namespace {

using vision::OperatingPoint;
using vision::Use;

struct Measured {
    std::string list;
    vision::Accuracy accuracy;
};

constexpr std::array<std::pair<const char*, double>, 4> wanted{
    {{"1:10", 1e-1}, {"1:100", 1e-2}, {"1:1000", 1e-3}, {"1:10000", 1e-4}}};

// The printed number keeps the rate too.
double rounded_down(double threshold) {
    return std::floor(threshold * 1e6) / 1e6;
}

// The threshold that keeps `far` on every list: set by the list that asks for the smallest.
double threshold_for(const std::vector<Measured>& lists, double far) {
    double threshold = std::numeric_limits<double>::infinity();
    for (const auto& list : lists)
        if (list.accuracy.strangers() > 0) threshold = std::min(threshold, list.accuracy.threshold_at(far));
    return std::isfinite(threshold) ? rounded_down(threshold) : 0;
}

// Fills what the lists say of the point's threshold. `far` is what was asked for, where something was.
void measure(OperatingPoint& point, const std::vector<Measured>& lists, std::optional<double> far) {
    double worst = -1;
    double smallest = std::numeric_limits<double>::infinity();
    point.frr = 0;
    point.frr_high = 0;
    for (const auto& list : lists) {
        const auto same = list.accuracy.accepted_same(point.threshold);
        const auto strangers = list.accuracy.accepted_strangers(point.threshold);
        if (same.of > 0 && 1 - same.value() >= point.frr) {
            point.frr = 1 - same.value();
            point.frr_high = vision::interval_of({same.of - same.hits, same.of}).high;
        }
        const double own = far ? list.accuracy.threshold_at(*far) : smallest;
        const bool sets = far ? own < smallest : strangers.value() > worst;
        if (strangers.of > 0 && sets) {
            smallest = own;
            worst = strangers.value();
            point.worst_group = list.list;
            point.far = far.value_or(strangers.value());
            point.far_high = vision::interval_of(strangers).high;
        }
        point.data += fmt::format("{}{}: {} of {} same, {} of {} strangers accepted", point.data.empty() ? "" : "; ",
                                  list.list, same.hits, same.of, strangers.hits, strangers.of);
    }
    point.certain = std::min(point.threshold, threshold_for(lists, point.far / 10));
}

// Where the networks are too weak to judge alone: the strictest threshold that still knows one owner in two.
double threshold_of_half(const std::vector<Measured>& lists) {
    double threshold = 0;
    for (const auto& list : lists)
        if (list.accuracy.same() > 0) threshold = std::max(threshold, list.accuracy.threshold_accepting(0.5));
    return std::ceil(threshold * 1e6) / 1e6;
}

std::vector<OperatingPoint> points_of(const OperatingPoint& base, const std::vector<Measured>& lists) {
    std::vector<OperatingPoint> points;
    bool useful = false;
    for (const auto& [name, far] : wanted) {
        OperatingPoint point = base;
        point.name = base.model + " " + name;
        point.threshold = threshold_for(lists, far);
        if (point.threshold <= 0) continue;
        measure(point, lists, far);
        useful = useful || (far <= 1e-3 && vision::useful(point));
        points.push_back(std::move(point));
    }
    if (!points.empty() && !useful && base.use == Use::Patients) {
        OperatingPoint point = base;
        point.name = base.model + " with a second sign";
        point.use = Use::SecondSign;
        point.threshold = threshold_of_half(lists);
        measure(point, lists, std::nullopt);
        if (std::isfinite(point.threshold) && point.threshold > 0) points.push_back(std::move(point));
    }
    return points;
}

std::string entry(const OperatingPoint& point) {
    return fmt::format(
        "[[point]]\nname = \"{}\"\nmodel = \"{}\"\nweights = [{}]\nthreshold = {:.6f}\ncertain = {:.6f}\n"
        "far = {:.4g}\nfar_high = {:.6f}\nfrr = {:.4f}\nfrr_high = {:.4f}\nworst_group = \"{}\"\ndata = \"{}\"\n"
        "measured_on = \"{}\"\nuse = \"{}\"\n\n",
        point.name, point.model, fmt::join(point.weights, ", "), point.threshold, point.certain, point.far,
        point.far_high, point.frr, point.frr_high, point.worst_group, point.data, point.measured_on,
        to_string(point.use));
}

// Drawn persons against their own chip photo and everybody else's, at the poses and light of a demonstration.
ScoredList score_drawn(vision::FaceEngine& engine, std::uint32_t identities) {
    std::vector<std::optional<vision::Reference>> cards;
    for (std::uint32_t id = 1; id <= identities; ++id) {
        const auto jp2 = vision::encode_chip_photo(vision::draw_card_portrait(id));
        const auto photo = jp2 ? vision::decode_photo(*jp2) : tl::unexpected(jp2.error());
        auto reference = photo ? engine.enroll(*photo) : tl::unexpected(photo.error());
        cards.push_back(reference ? std::optional(std::move(*reference)) : std::nullopt);
    }
    ScoredList list{fmt::format("{} drawn persons", identities), {}};
    for (std::uint32_t id = 1; id <= identities; ++id) {
        for (int take = 0; take < 4; ++take) {
            vision::Appearance person;
            person.identity = id;
            const auto live = vision::animate(person, std::chrono::milliseconds(700 * take + 130 * id));
            engine.reset();
            const auto seen = engine.analyse(vision::draw_person(live, 640, 480), vision::Depth::Identity);
            for (std::uint32_t other = 1; other <= identities; ++other) {
                PairScore score{{}, other == id};
                if (const auto& card = cards[other - 1]; card && seen.embedding)
                    score.shares = vision::squared_distances(card->embedding, *seen.embedding);
                list.pairs.push_back(std::move(score));
            }
        }
        show_progress(id, identities);
    }
    return list;
}

// The demonstration's own point: nobody is let in by it.
OperatingPoint demo_point(OperatingPoint base, const ScoredList& drawn) {
    const std::vector<Measured> lists{{drawn.name, vision::Accuracy(distances_of(drawn.pairs, base.weights))}};
    base.name = base.model + " demo";
    base.use = Use::Demo;
    base.threshold = threshold_for(lists, 1e-2);
    measure(base, lists, 1e-2);
    base.data += fmt::format(", EER {:.4f}", lists[0].accuracy.equal_error_rate());
    return base;
}

std::string head_of(const CalibrateOptions& options, Degrade degrade) {
    std::string names;
    for (const auto& list : options.lists) names += " " + list.filename().string();
    static constexpr std::array degrades{"none", "card", "small"};
    return fmt::format(
        "# Written by: uketsuke-match calibrate{} --degrade {} --drawn {} --measured-on {}\n"
        "# A threshold keeps its rate on every list, so the worst list sets it; far_high and frr_high are the upper "
        "ends of\n# the 95 % intervals. A list of few strangers can only say that none of them passed.\n\n",
        names, degrades.at(static_cast<std::size_t>(degrade)), options.drawn, options.measured_on);
}

}  // namespace

int calibrate(const Common& common, const CalibrateOptions& options) {
    const auto found = vision::find_models(common.models);
    if (!found) return complain(found.error().where);
    // One engine with every network, each with weight 1: a photograph is looked at once, and every combination's
    // distance is a sum of the shares.
    const auto combinations = found->combinations();
    const auto engine = vision::FaceEngine::load(*found, combinations.back(), {}, engine_options(common));
    if (!engine) return complain(engine.error().where);
    std::vector<ScoredList> lists;
    for (const auto& file : options.lists) {
        const auto list = read_pairs(file, 0);
        if (!list) return complain(list.error());
        fmt::print(stderr, "{}\n", file.string());
        lists.push_back(
            {file.stem().string(), score_pairs(eyes_of(**engine), *list, common.degrade, show_progress).pairs});
    }
    std::vector<ScoredList> drawn;
    if (options.drawn > 0) drawn.push_back(score_drawn(**engine, options.drawn));

    std::string table = head_of(options, common.degrade);
    for (const auto& combination : combinations) {
        std::vector<std::size_t> places;
        for (const auto& model : vision::models_of(combination))
            for (std::size_t i = 0; i < found->networks.size(); ++i)
                if (found->networks[i].model == model) places.push_back(i);
        const auto own = only(lists, places);
        OperatingPoint base;
        base.model = combination;
        base.weights = fit_weights(own.empty() ? only(drawn, places) : own);
        base.measured_on = options.measured_on;
        base.use = vision::evaluation_only(combination) ? Use::Evaluation : Use::Patients;
        std::vector<Measured> measured;
        for (const auto& list : own)
            measured.push_back({list.name, vision::Accuracy(distances_of(list.pairs, base.weights))});
        for (const auto& point : points_of(base, measured)) table += entry(point);
        if (!drawn.empty() && base.use == Use::Patients) table += entry(demo_point(base, only(drawn, places).front()));
    }
    if (options.out.empty()) {
        fmt::print("{}", table);
        return 0;
    }
    std::ofstream out(options.out);
    out << table;
    if (!out.flush()) return complain(options.out.string() + ": cannot be written");
    return 0;
}

}  // namespace uketsuke::match
