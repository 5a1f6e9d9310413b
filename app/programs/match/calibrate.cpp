#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>

#include "app/programs/match/commands.h"
#include "vision/operating_point.h"
#include "vision/synthetic.h"

namespace uketsuke::match {
namespace {

struct Measured {
    std::string list;
    vision::Accuracy accuracy;
};

constexpr std::array<std::pair<const char*, double>, 4> wanted{
    {{"1:10", 1e-1}, {"1:100", 1e-2}, {"1:1000", 1e-3}, {"1:10000", 1e-4}}};

std::string entry(const std::string& name, const std::string& model, double threshold, double far,
                  const Measured& worst, double frr, const std::string& data, const std::string& when, bool demo) {
    const auto strangers = worst.accuracy.accepted_strangers(threshold);
    return fmt::format(
        "[[point]]\nname = \"{}\"\nmodel = \"{}\"\nthreshold = {:.6f}\nfar = {:g}\nfrr = {:.4f}\nfar_high = {:.6f}\n"
        "worst_group = \"{}\"\ndata = \"{}\"\nmeasured_on = \"{}\"\ndemo = {}\n\n",
        name, model, threshold, far, frr, vision::interval_of(strangers).high, worst.list, data, when, demo);
}

// The threshold that keeps `far` on every list: set by the list that asks for the smallest.
std::string points_of(const std::string& model, const std::vector<Measured>& lists, const std::string& when) {
    std::string out;
    for (const auto& [name, far] : wanted) {
        const Measured* worst = nullptr;
        double threshold = 0;
        for (const auto& list : lists) {
            const double own = list.accuracy.threshold_at(far);
            if (worst == nullptr || own < threshold) {
                worst = &list;
                threshold = own;
            }
        }
        if (worst == nullptr || threshold <= 0) continue;
        // Rounded down, so that the printed number keeps the rate too.
        threshold = std::floor(threshold * 1e6) / 1e6;
        double frr = 0;
        std::string data;
        for (const auto& list : lists) {
            const auto same = list.accuracy.accepted_same(threshold);
            const auto strangers = list.accuracy.accepted_strangers(threshold);
            if (same.of > 0) frr = std::max(frr, 1 - same.value());
            data += fmt::format("{}{}: {} of {} same, {} of {} strangers accepted", data.empty() ? "" : "; ", list.list,
                                same.hits, same.of, strangers.hits, strangers.of);
        }
        out += entry(model + " " + name, model, threshold, far, *worst, frr, data, when, false);
    }
    return out;
}

// Drawn persons against their own chip photo and everybody else's, at the poses and light of a demonstration.
std::vector<vision::ScoredPair> score_drawn(vision::FaceEngine& engine, std::uint32_t identities) {
    std::vector<std::optional<vision::Reference>> cards;
    for (std::uint32_t id = 1; id <= identities; ++id) {
        const auto jp2 = vision::encode_chip_photo(vision::draw_card_portrait(id));
        const auto photo = jp2 ? vision::decode_photo(*jp2) : tl::unexpected(jp2.error());
        auto reference = photo ? engine.enroll(*photo) : tl::unexpected(photo.error());
        cards.push_back(reference ? std::optional(std::move(*reference)) : std::nullopt);
    }
    std::vector<vision::ScoredPair> pairs;
    for (std::uint32_t id = 1; id <= identities; ++id) {
        for (int take = 0; take < 4; ++take) {
            vision::Appearance person;
            person.identity = id;
            const auto live = vision::animate(person, std::chrono::milliseconds(700 * take + 130 * id));
            engine.reset();
            const auto seen = engine.analyse(vision::draw_person(live, 640, 480), vision::Depth::Identity);
            for (std::uint32_t other = 1; other <= identities; ++other) {
                const auto& card = cards[other - 1];
                const bool comparable = card && seen.embedding;
                pairs.push_back(
                    {comparable ? engine.distance(*card, *seen.embedding) : std::numeric_limits<double>::infinity(),
                     other == id});
            }
        }
        show_progress(id, identities);
    }
    return pairs;
}

}  // namespace

int calibrate(const Common& common, const CalibrateOptions& options) {
    const auto engine = load_engine(common);
    if (!engine) return 2;
    std::string table = fmt::format(
        "# Written by: uketsuke-match calibrate, card photos {}.\n"
        "# A threshold keeps its rate on every list below, so the worst list sets it; far_high is the upper end of the "
        "95 %\n"
        "# interval of the false accepts there. A list of few strangers can only say that none of them passed.\n\n",
        common.card_photo == CardPhoto::Chip ? "through a chip-like JP2" : "as they are");
    std::vector<Measured> lists;
    for (const auto& file : options.lists) {
        const auto list = read_pairs(file, 0);
        if (!list) return complain(list.error());
        fmt::print(stderr, "{}\n", file.string());
        lists.push_back({file.stem().string(),
                         vision::Accuracy(score_pairs(*engine, *list, common.card_photo, show_progress).pairs)});
    }
    table += points_of(engine->model_name(), lists, options.measured_on);
    if (options.drawn > 0) {
        const Measured drawn{fmt::format("{} drawn persons", options.drawn),
                             vision::Accuracy(score_drawn(*engine, options.drawn))};
        const double far = 1e-2;
        const double threshold = std::floor(drawn.accuracy.threshold_at(far) * 1e6) / 1e6;
        const auto same = drawn.accuracy.accepted_same(threshold);
        const auto strangers = drawn.accuracy.accepted_strangers(threshold);
        table += entry(engine->model_name() + " demo", engine->model_name(), threshold, far, drawn, 1 - same.value(),
                       fmt::format("drawn persons only: {} of {} same, {} of {} others accepted, EER {:.4f}", same.hits,
                                   same.of, strangers.hits, strangers.of, drawn.accuracy.equal_error_rate()),
                       options.measured_on, true);
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
