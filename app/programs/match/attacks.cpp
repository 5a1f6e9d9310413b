#include "app/programs/match/attacks.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "vision/accuracy.h"
#include "vision/attack.h"
#include "vision/face_attempt.h"
#include "vision/synthetic.h"

namespace uketsuke::match {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;
using vision::Instrument;

constexpr milliseconds k_frame_time{1000 / 15};
// Beyond every distance of these networks: liveness alone decides.
constexpr double k_everybody = 99;

struct Presented {
    vision::Subject subject;
    vision::Reference reference;
};

struct Outcome {
    vision::Verdict verdict = vision::Verdict::Undecided;
    std::string reason;
    bool asked = false;
    milliseconds after{};
    std::vector<double> frame_ms;
};

double median_of(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

Outcome play(vision::FaceEngine& engine, const vision::OperatingPoint& point, Instrument instrument,
             const Presented& presented, std::uint32_t seed, const AttacksOptions& wanted) {
    using Clock = std::chrono::steady_clock;
    std::uint32_t chance = seed * 2654435761U + 17;
    vision::AttemptOptions options;
    options.turns = wanted.turns;
    options.pick_side = [&chance] {
        chance = chance * 1664525U + 1013904223U;
        return (chance >> 31U) != 0 ? vision::Side::Left : vision::Side::Right;
    };
    vision::FaceAttempt attempt(engine, presented.reference, point, options);
    vision::Presentation presentation(instrument, presented.subject, seed);
    Outcome outcome;
    std::optional<vision::Side> asked;
    for (milliseconds time{}; time <= std::chrono::seconds{wanted.limit_s}; time += k_frame_time) {
        vision::Frame frame{presentation.frame(time, asked), 0, Clock::time_point(time)};
        const auto start = Clock::now();
        const auto progress = attempt.observe(frame);
        outcome.frame_ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
        vision::wipe(frame.image);
        asked.reset();
        if (progress.guidance == vision::Guidance::TurnLeft) asked = vision::Side::Left;
        if (progress.guidance == vision::Guidance::TurnRight) asked = vision::Side::Right;
        outcome.asked = outcome.asked || asked;
        outcome.verdict = progress.verdict;
        outcome.reason = progress.reason;
        outcome.after = time;
        if (progress.verdict != vision::Verdict::Undecided) break;
    }
    return outcome;
}

std::vector<fs::path> photographs(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error))
        if (const auto kind = entry.path().extension(); kind == ".jpg" || kind == ".png") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::optional<Presented> drawn(vision::FaceEngine& engine, std::uint32_t identity) {
    auto card = engine.enroll(vision::draw_card_portrait(identity));
    if (!card) return std::nullopt;
    return Presented{{identity, {}, {}}, std::move(*card)};
}

std::optional<Presented> photographed(vision::FaceEngine& engine, const fs::path& file, std::uint32_t identity) {
    auto image = vision::read_image(file);
    if (!image) return std::nullopt;
    vision::Image colour = vision::to_rgb(*image);
    vision::wipe(*image);
    const auto seen = engine.analyse_still(colour, vision::Depth::FaceOnly);
    auto reference = engine.enroll(colour);
    if (!reference || seen.measure.faces < 1) {
        vision::wipe(colour);
        return std::nullopt;
    }
    return Presented{{identity, std::move(colour), seen.points}, std::move(*reference)};
}

struct Series {
    Instrument instrument = Instrument::Living;
    std::string made_of;
    std::string judged_by;
    std::vector<Outcome> outcomes;
};

void print(const Series& series) {
    using vision::Verdict;
    const auto& all = series.outcomes;
    const auto count = [&](auto&& which) {
        return static_cast<std::size_t>(std::count_if(all.begin(), all.end(), which));
    };
    const bool attack = vision::is_attack(series.instrument);
    const std::size_t accepted = count([](const Outcome& one) { return one.verdict == Verdict::Match; });
    const vision::Rate error{attack ? accepted : all.size() - accepted, all.size()};
    const auto interval = vision::interval_of(error);
    const vision::Rate silent{count([](const Outcome& one) { return one.verdict == Verdict::Undecided && !one.asked; }),
                              all.size()};
    std::vector<double> seconds;
    std::vector<double> frame_ms;
    Json reasons = Json::object();
    for (const auto& one : all) {
        if (one.verdict != Verdict::Undecided) seconds.push_back(static_cast<double>(one.after.count()) / 1000);
        frame_ms.insert(frame_ms.end(), one.frame_ms.begin(), one.frame_ms.end());
        if (!one.reason.empty()) reasons[one.reason] = reasons.value(one.reason, 0) + 1;
    }
    Json out{{"instrument", to_string(series.instrument)},
             {"made_of", series.made_of},
             {"judged_by", series.judged_by},
             {"presentations", all.size()},
             {attack ? "apcer" : "bpcer", error.value()},
             {"interval", {interval.low, interval.high}},
             {"accepted", accepted},
             {"not_live", count([](const Outcome& one) { return one.verdict == Verdict::NotLive; })},
             {"no_match", count([](const Outcome& one) { return one.verdict == Verdict::NoMatch; })},
             {"undecided", count([](const Outcome& one) { return one.verdict == Verdict::Undecided; })},
             {"non_response_rate", silent.value()},
             {"median_decision_s", seconds.empty() ? Json() : Json(median_of(seconds))},
             {"median_frame_ms", median_of(frame_ms)},
             {"reasons", std::move(reasons)}};
    fmt::print("{}\n", out.dump());
    std::fflush(stdout);
}

}  // namespace

int attacks(const Common& common, const AttacksOptions& options) {
    const auto loaded = load(common);
    if (!loaded) return 2;
    vision::FaceEngine& engine = *loaded->engine;
    const auto files = options.photos.empty() ? std::vector<fs::path>{} : photographs(options.photos);
    if (!options.photos.empty() && files.empty()) return complain(options.photos.string() + ": no photographs in it");
    const std::uint32_t living = options.quick ? 4 : options.identities;
    const std::uint32_t each = options.quick ? 1 : options.presentations;

    vision::OperatingPoint everybody;
    everybody.name = "everybody";
    everybody.model = engine.model_name();
    everybody.threshold = k_everybody;
    const auto measured = loaded->point && loaded->point->use == vision::Use::Demo
                              ? std::optional(*loaded->point)
                              : std::optional<vision::OperatingPoint>{};

    bool known = options.only.empty();
    const auto run = [&](Instrument instrument, const vision::OperatingPoint& point, bool photos, std::uint32_t n) {
        Series series{instrument, photos ? "photographs" : "drawn persons", point.name, {}};
        for (std::uint32_t i = 0; i < n; ++i) {
            const std::uint32_t identity = options.seed * 1000 + i + 1;
            const auto presented = photos
                                       ? photographed(engine, files[(i * 37U + options.seed) % files.size()], identity)
                                       : drawn(engine, identity);
            if (presented) series.outcomes.push_back(play(engine, point, instrument, *presented, identity, options));
        }
        print(series);
    };
    for (const Instrument instrument : vision::all_instruments()) {
        if (!options.only.empty() && options.only != to_string(instrument)) continue;
        known = true;
        const std::uint32_t n = instrument == Instrument::Living ? living : each;
        run(instrument, everybody, !files.empty() && vision::from_photograph(instrument), n);
        if (measured && (instrument == Instrument::Living || instrument == Instrument::SwappedHead))
            run(instrument, *measured, false, n);
    }
    return known ? 0 : complain(options.only + ": no such instrument");
}

}  // namespace uketsuke::match
