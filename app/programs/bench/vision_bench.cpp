#include <chrono>
#include <fstream>
#include <optional>
#include <utility>

#include "app/programs/bench/bench.h"
#include "vision/face_attempt.h"
#include "vision/face_engine.h"
#include "vision/plain_pipeline.h"
#include "vision/synthetic.h"

namespace uketsuke::bench {
namespace {

using namespace uketsuke::vision;

constexpr std::uint32_t k_person = 3;
constexpr double k_plain_threshold = 0.6;  // dlib's customary one, which the plain pipeline goes by
constexpr int k_plain_frames = 3;          // in a row

// Frames of a living person at 15 a second, drawn beforehand: the camera's work is not the matcher's.
std::vector<Frame> film(std::size_t length) {
    std::vector<Frame> frames;
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < length; ++i) {
        Appearance someone;
        someone.identity = k_person;
        const std::chrono::milliseconds at(66 * i);
        frames.push_back({draw_person(animate(someone, at), 640, 480), i + 1, start + at});
    }
    return frames;
}

// Frames over and over; their time goes on, as a camera's does.
class Film {
  public:
    explicit Film(std::size_t length) : m_frames(film(length)) {}
    const Frame& next() {
        Frame& frame = m_frames[m_at++ % m_frames.size()];
        m_time += std::chrono::milliseconds{66};
        frame.taken = m_time;
        return frame;
    }

  private:
    std::vector<Frame> m_frames;
    std::size_t m_at = 0;
    std::chrono::steady_clock::time_point m_time = std::chrono::steady_clock::now();
};

struct Matcher {
    ModelPaths found;
    OperatingPoint point;
    std::unique_ptr<FaceEngine> engine;
    std::unique_ptr<PlainPipeline> plain;
    Reference card;
};

Result<Matcher> load_matcher() {
    Matcher matcher;
    auto found = find_models({paths().models_dir});
    if (!found) return tl::unexpected(found.error());
    matcher.found = std::move(*found);
    const auto points = load_operating_points(paths().source_dir + "/assets/models/operating-points.toml");
    if (!points) return tl::unexpected(points.error());
    auto point = choose(*points, matcher.found.combinations(), 0.01, Use::Demo);
    if (!point) return tl::unexpected(point.error());
    matcher.point = std::move(*point);
    auto engine = FaceEngine::load(matcher.found, matcher.point);
    if (!engine) return tl::unexpected(engine.error());
    matcher.engine = std::move(*engine);
    auto plain = PlainPipeline::load(matcher.found);
    if (!plain) return tl::unexpected(plain.error());
    matcher.plain = std::move(*plain);
    const auto jp2 = encode_chip_photo(draw_card_portrait(k_person));
    const auto photo = jp2 ? decode_photo(*jp2) : tl::unexpected(jp2.error());
    auto card = photo ? matcher.engine->enroll(*photo) : tl::unexpected(photo.error());
    if (!card) return tl::unexpected(card.error());
    matcher.card = std::move(*card);
    return matcher;
}

Row row_of(const std::string& name, const Paired& times, const std::string& floor_is, const Matcher& matcher) {
    Row row{name, "ms", median(times.ours_ms), percentile(times.ours_ms, 99), median(times.floor_ms), floor_is, {}};
    row.extra["p95"] = percentile(times.ours_ms, 95);
    row.extra["model"] = matcher.engine->model_name();
    row.extra["frame"] = "640x480";
    return row;
}

void frames(BenchOutput& out, Matcher& matcher) {
    Film ours(30);
    Film theirs(30);
    double sink = 0;
    const auto one = time_paired_ms(
        30, 3,
        [&] {
            const auto seen = matcher.engine->analyse(ours.next().image, Depth::IdentityAlways);
            if (seen.embedding) sink += matcher.engine->distance(matcher.card, *seen.embedding);
        },
        [&] { sink += static_cast<double>(matcher.plain->embed(theirs.next().image, 1).values().size()); });
    out.row(row_of("vision.one_frame", one,
                   "dlib's example: HOG over the full frame enlarged once, landmarks, one pass (jitter 1), one thread",
                   matcher));
    const auto preview = time_paired_ms(
        40, 4, [&] { sink += matcher.engine->analyse(ours.next().image, Depth::FaceOnly).measure.width; },
        [&] { sink += matcher.plain->find(theirs.next().image); });
    Row row = row_of("vision.guidance", preview, "dlib's example: the same detector and landmarks", matcher);
    row.extra["checksum"] = sink;
    out.row(row);
}

// From the first usable frame to the verdict of the card's owner; how fast a head turns is no matter of the machine.
void verdicts(BenchOutput& out, Matcher& matcher) {
    Film ours(30);
    Film theirs(30);
    std::size_t looked_at = 0;
    std::size_t matches = 0;
    std::size_t attempts = 0;
    std::size_t plain_matches = 0;
    // The plain pipeline's reference is its own network's, of the same photograph.
    const auto jp2 = encode_chip_photo(draw_card_portrait(k_person));
    const auto photo = decode_photo(*jp2);
    const Embedding plain_card = photo ? matcher.plain->embed(*photo, 1) : Embedding{};
    const auto times = time_paired_ms(
        25, 2,
        [&] {
            matcher.engine->reset();
            AttemptOptions options;
            options.turns = 0;
            FaceAttempt attempt(*matcher.engine, matcher.card, matcher.point, options);
            ++attempts;
            for (int i = 0; i < 30 && attempt.progress().verdict == Verdict::Undecided; ++i) {
                attempt.observe(ours.next());
                ++looked_at;
            }
            matches += attempt.progress().verdict == Verdict::Match ? 1 : 0;
        },
        [&] {
            int in_a_row = 0;
            for (int i = 0; i < 30 && in_a_row < k_plain_frames; ++i) {
                const auto live = matcher.plain->embed(theirs.next().image, 1);
                in_a_row = distance(live, plain_card) < k_plain_threshold ? in_a_row + 1 : 0;
            }
            plain_matches += in_a_row == k_plain_frames ? 1 : 0;
        });
    Row row = row_of("vision.verdict", times, "dlib's example at jitter 1: three frames in a row below 0.6", matcher);
    row.extra["frames_looked_at"] = static_cast<double>(looked_at) / static_cast<double>(attempts);
    row.extra["matches"] = static_cast<double>(matches);
    row.extra["attempts"] = static_cast<double>(attempts);
    row.extra["floor_matches"] = static_cast<double>(plain_matches);
    out.row(row);
}

void loading(BenchOutput& out, const Matcher& matcher) {
    const bool yunet = !matcher.found.detector.empty();
    std::vector<std::filesystem::path> files{yunet ? matcher.found.detector : matcher.found.landmarks};
    for (const auto& network : matcher.found.networks) {
        if (matcher.point.model.find(network.model) != std::string::npos) files.push_back(network.file);
    }
    std::size_t bytes = 0;
    const auto times = time_paired_ms(
        9, 1, [&] { static_cast<void>(FaceEngine::load(matcher.found, matcher.point)); },
        [&] {
            bytes = 0;
            for (const auto& file : files) {
                std::ifstream in(file, std::ios::binary);
                char block[65536];
                while (in.read(block, sizeof block) || in.gcount() > 0) bytes += static_cast<std::size_t>(in.gcount());
            }
        });
    Row row = row_of("vision.load", times, "reading the bytes of the files that are loaded", matcher);
    row.extra["files_mb"] = static_cast<double>(bytes) / 1e6;
    out.row(row);
}

void one_pass(BenchOutput& out, Matcher& matcher) {
    std::vector<double> times(20);
    for (double& time : times) time = static_cast<double>(matcher.engine->time_one_chip().count()) / 1000;
    Row row{"vision.one_pass",
            "ms",
            median(times),
            percentile(times, 99),
            median(times),
            "itself: one pass of every network; beyond 60 ms the wrong BLAS is in use",
            {}};
    row.extra["openblas"] = use_one_blas_thread() ? "one thread" : "not found";
    out.row(row);
}

}  // namespace

void run_vision_bench(BenchOutput& out) {
    use_one_blas_thread();
    // Before anything is loaded: what the networks take of the memory is measured by the difference.
    run_live_bench(out);
    auto matcher = load_matcher();
    if (!matcher) {
        for (const char* name : {"vision.one_frame", "vision.guidance", "vision.verdict", "vision.load"}) {
            out.skipped(name, matcher.error().where);
        }
        return;
    }
    frames(out, *matcher);
    verdicts(out, *matcher);
    loading(out, *matcher);
    one_pass(out, *matcher);
}

}  // namespace uketsuke::bench
