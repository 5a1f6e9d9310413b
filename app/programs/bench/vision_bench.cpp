#include <chrono>
#include <optional>
#include <utility>

#include "app/programs/bench/bench.h"
#include "vision/face_engine.h"
#include "vision/plain_pipeline.h"
#include "vision/synthetic.h"
#include "vision/verdict.h"

namespace uketsuke::bench {
namespace {

using namespace uketsuke::vision;

constexpr std::uint32_t person = 3;
constexpr int plain_jitter = 10;
constexpr double plain_threshold = 0.6;  // dlib's customary one, which the plain pipeline goes by

// Frames of a living person at 15 a second, drawn beforehand: the camera's work is not the matcher's.
std::vector<Image> film(std::size_t length) {
    std::vector<Image> frames;
    for (std::size_t i = 0; i < length; ++i) {
        Appearance someone;
        someone.identity = person;
        frames.push_back(draw_person(animate(someone, std::chrono::milliseconds(66 * i)), 640, 480));
    }
    return frames;
}

void add(BenchOutput& out, const std::string& name, const Paired& times, const std::string& floor_is,
         const FaceEngine& engine) {
    Row row;
    row.name = name;
    row.unit = "ms";
    row.median = median(times.ours_ms);
    row.p99 = percentile(times.ours_ms, 99);
    row.floor = median(times.floor_ms);
    row.floor_is = floor_is;
    row.extra["p95"] = percentile(times.ours_ms, 95);
    row.extra["model"] = engine.model_name();
    row.extra["frame"] = "640x480";
    out.row(row);
}

}  // namespace

void run_vision_bench(BenchOutput& out) {
    const bool one_thread = use_one_blas_thread();
    const auto models = find_models({paths().models_dir});
    const auto engine = models ? FaceEngine::load(*models) : tl::unexpected(models.error());
    const auto plain = models ? PlainPipeline::load(*models) : tl::unexpected(models.error());
    if (!engine || !plain) {
        const std::string why = engine ? plain.error().where : engine.error().where;
        for (const char* name : {"vision.one_frame", "vision.verdict", "vision.preview"}) out.skipped(name, why);
        return;
    }
    const auto jp2 = encode_chip_photo(draw_card_portrait(person));
    const auto photo = jp2 ? decode_photo(*jp2) : tl::unexpected(jp2.error());
    const auto card = photo ? (*engine)->enroll(*photo) : tl::unexpected(photo.error());
    if (!card) {
        out.skipped("vision.one_frame", card.error().where);
        return;
    }
    const std::vector<Image> frames = film(30);
    std::size_t at = 0;
    std::size_t plain_at = 0;
    double sink = 0;
    const auto next = [&](std::size_t& index) -> const Image& { return frames[index++ % frames.size()]; };

    const auto one_frame = time_paired_ms(
        30, 3,
        [&] {
            const auto seen = (*engine)->analyse(next(at), Depth::IdentityAlways);
            if (seen.embedding) sink += (*engine)->distance(*card, *seen.embedding);
        },
        [&] { sink += distance((*plain)->embed(next(plain_at), plain_jitter), card->embedding) < 1e9 ? 1 : 0; });
    add(out, "vision.one_frame", one_frame,
        "dlib's example: full-frame HOG with one pyramid-up, 68 points, network with jitter 10, one thread", **engine);

    OperatingPoint point;
    point.threshold = 1e9;  // the time to a verdict of an accepted person; the threshold itself is measured elsewhere
    const auto verdict = time_paired_ms(
        10, 1,
        [&] {
            (*engine)->reset();
            Verifier verifier(point);
            for (std::size_t i = 0; i < 60 && verifier.progress().verdict == Verdict::Undecided; ++i) {
                const auto seen = (*engine)->analyse(next(at), Depth::Identity);
                const auto far =
                    seen.embedding ? std::optional((*engine)->distance(*card, *seen.embedding)) : std::nullopt;
                verifier.observe(far, seen.guidance);
            }
        },
        [&] {
            int in_a_row = 0;
            for (int i = 0; i < 6 && in_a_row < 3; ++i) {
                const auto live = (*plain)->embed(next(plain_at), plain_jitter);
                in_a_row = distance(live, card->embedding) < plain_threshold ? in_a_row + 1 : 0;
            }
        });
    add(out, "vision.verdict", verdict, "dlib's example: three frames in a row below 0.6", **engine);

    const auto preview = time_paired_ms(
        40, 4, [&] { sink += (*engine)->analyse(next(at), Depth::FaceOnly).measure.width; },
        [&] { sink += (*plain)->find(next(plain_at)); });
    add(out, "vision.preview", preview, "dlib's example: full-frame HOG with one pyramid-up and 68 points", **engine);

    Row chip;
    chip.name = "vision.one_chip";
    chip.unit = "ms";
    std::vector<double> times(20);
    for (double& time : times) time = static_cast<double>((*engine)->time_one_chip().count()) / 1000;
    chip.median = median(times);
    chip.p99 = percentile(times, 99);
    chip.floor = chip.median;
    chip.floor_is = "itself: one pass of the network; beyond 60 ms the wrong BLAS is in use";
    chip.extra["openblas"] = one_thread ? "one thread" : "not found";
    chip.extra["checksum"] = sink;
    out.row(chip);
}

}  // namespace uketsuke::bench
