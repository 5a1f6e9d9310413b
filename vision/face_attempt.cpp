#include "vision/face_attempt.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include "vision/presentation.h"
#include "vision/texture.h"

namespace uketsuke::vision {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t kept_frontal_frames = 5;
// Of the operating point's threshold: a turned face lies farther from the frontal ones of the same minute than they
// from each other (drawn persons at 20 degrees: median 0.17, 95 % below 0.32; another's: 95 % above 0.38).
constexpr double turned_share = 0.9;
// Between two frames a tenth of a second apart; HOG's boxes grow in steps of a fifth.
constexpr double largest_step = 0.45;  // of the face's width
constexpr double largest_growth = 1.5;

// Offset of a place from a middle along the eye line, in eye distances; NaN for eyes in one point.
double along_eyes(const FivePoints& points, const Point& middle) {
    const double dx = points.right_eye.x - points.left_eye.x;
    const double dy = points.right_eye.y - points.left_eye.y;
    const double square = dx * dx + dy * dy;
    if (!(square > 1)) return std::numeric_limits<double>::quiet_NaN();
    return ((points.nose.x - middle.x) * dx + (points.nose.y - middle.y) * dy) / square;
}

Point between(const Point& a, const Point& b) {
    return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

void measure_points(const FivePoints& points, ChallengeFrame& frame) {
    const Point eyes = between(points.left_eye, points.right_eye);
    frame.nose_offset = along_eyes(points, eyes);
    if (!points.mouth) return;
    const Point mouth = between(points.left_mouth, points.right_mouth);
    const double height = std::hypot(mouth.x - eyes.x, mouth.y - eyes.y);
    frame.nose_to_mouth = along_eyes(points, mouth);
    if (height > 1)
        frame.eyes_to_height =
            std::hypot(points.right_eye.x - points.left_eye.x, points.right_eye.y - points.left_eye.y) / height;
}

bool usable_turned(Guidance guidance) {
    return guidance == Guidance::Ok || guidance == Guidance::Turned;
}

}  // namespace

struct FaceAttempt::Parts {
    Parts(FaceEngine& engine_in, const Reference& reference_in, OperatingPoint point, AttemptOptions options_in)
        : engine(engine_in),
          reference(reference_in),
          verifier(std::move(point), options_in.frames_needed),
          options(std::move(options_in)),
          challenge(anew()) {}

    Challenge anew() const {
        ChallengeOptions wanted;
        wanted.turns = options.turns;
        return Challenge(options.pick_side, wanted);
    }
    bool continues(const Analysis& seen, milliseconds time) const;
    std::optional<bool> still_the_same(const Analysis& seen) const;
    void follow(const Image& image, ChallengeFrame& frame);
    ChallengeFrame measure(const Image& image, const Analysis& seen, milliseconds time);
    void look(const Image& image, const Analysis& seen, milliseconds time);
    void verify(const Analysis& seen);
    void forget();
    Guidance guidance_for(Guidance seen) const;
    void decide();

    FaceEngine& engine;
    const Reference& reference;
    Verifier verifier;
    AttemptOptions options;
    Challenge challenge;
    PresentationMeter meter;
    TextureMeter texture;
    std::vector<Reference> frontal;  // this attempt's own: what a turned face is held against
    std::optional<Box> last_box;
    milliseconds last_seen{};
    std::optional<std::chrono::steady_clock::time_point> began;
    AttemptProgress progress;
};

bool FaceAttempt::Parts::continues(const Analysis& seen, milliseconds time) const {
    if (!last_box) return true;
    const Box& a = *last_box;
    const Box& b = seen.box;
    const double tenths = std::clamp(static_cast<double>((time - last_seen).count()) / 100, 1.0, 3.0);
    const double step =
        std::hypot(a.left + a.width / 2 - b.left - b.width / 2, a.top + a.height / 2 - b.top - b.height / 2);
    const double growth = b.width / a.width;
    return step <= largest_step * tenths * a.width && growth <= largest_growth && growth >= 1 / largest_growth;
}

// Against the median of the frontal frames: one of them may be a poor one.
std::optional<bool> FaceAttempt::Parts::still_the_same(const Analysis& seen) const {
    if (!seen.embedding || frontal.empty()) return std::nullopt;
    std::vector<double> distances;
    for (const auto& one : frontal) distances.push_back(engine.distance(one, *seen.embedding));
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::nth_element(distances.begin(), middle, distances.end());
    return *middle <= turned_share * verifier.point().threshold;
}

// What cannot be followed has not moved.
void FaceAttempt::Parts::follow(const Image& image, ChallengeFrame& frame) {
    frame.followed = 0;
    const auto followed = meter.follow(image);
    if (!followed) return;
    const double eyes = followed->against_eyes;
    const double mouth = followed->against_mouth;
    frame.followed_narrowed = followed->narrowed;
    if (!std::isfinite(mouth))
        frame.followed = eyes;
    else if ((eyes < 0) == (mouth < 0))
        frame.followed = std::abs(eyes) < std::abs(mouth) ? eyes : mouth;
}

ChallengeFrame FaceAttempt::Parts::measure(const Image& image, const Analysis& seen, milliseconds time) {
    constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
    ChallengeFrame frame{time, nothing, nothing, nothing, nothing, nothing, true, std::nullopt};
    if (challenge.phase() == ChallengePhase::Asked) follow(image, frame);
    if (seen.measure.faces <= 0) return frame;
    frame.same_track = continues(seen, time);
    last_box = seen.box;
    last_seen = time;
    const bool usable =
        challenge.phase() == ChallengePhase::Asked ? usable_turned(seen.guidance) : seen.guidance == Guidance::Ok;
    if (usable) measure_points(seen.points, frame);
    if (usable) frame.same_identity = still_the_same(seen);
    return frame;
}

void FaceAttempt::Parts::forget() {
    verifier.reset();
    frontal.clear();
    texture.reset();
    // What was met was met by whoever is gone.
    if (challenge.phase() == ChallengePhase::Met && options.turns > 0) challenge = anew();
}

void FaceAttempt::Parts::verify(const Analysis& seen) {
    // A frame on the way to a side is no frontal one, however usable.
    if (verifier.progress().verdict != Verdict::Undecided || challenge.turning() || !seen.embedding ||
        seen.guidance != Guidance::Ok)
        return;
    verifier.observe(engine.distance(reference, *seen.embedding), seen.guidance);
    if (frontal.size() < kept_frontal_frames) frontal.push_back(Reference{*seen.embedding});
}

void FaceAttempt::Parts::look(const Image& image, const Analysis& seen, milliseconds time) {
    const int restarts = challenge.restarts();
    const ChallengePhase before = challenge.phase();
    const ChallengeFrame frame = measure(image, seen, time);
    const ChallengePhase phase = challenge.observe(frame);
    if (phase == ChallengePhase::Asked && before != phase) meter.start(image, seen.box, seen.points);
    if (phase != ChallengePhase::Asked) meter.stop();
    if (!frame.same_track || challenge.restarts() != restarts) forget();
    if (options.cues && seen.guidance == Guidance::Ok) texture.observe(image, seen.box, seen.points);
    verify(seen);
}

Guidance FaceAttempt::Parts::guidance_for(Guidance seen) const {
    const auto asked = challenge.asked();
    // A moving head is blurred and turned: no reason to take the request away.
    const bool turn = asked && (usable_turned(seen) || seen == Guidance::Blurred);
    if (!turn) return seen;
    return *asked == Side::Left ? Guidance::TurnLeft : Guidance::TurnRight;
}

void FaceAttempt::Parts::decide() {
    const Verdict identity = verifier.progress().verdict;
    if (challenge.phase() == ChallengePhase::Failed) {
        progress.verdict = Verdict::NotLive;
        progress.reason = to_string(challenge.failure());
    } else if (texture.surface() != Surface::None) {
        progress.verdict = Verdict::NotLive;
        progress.reason = to_string(texture.surface());
    } else if (identity == Verdict::NoMatch) {
        progress.verdict = Verdict::NoMatch;
    } else if (identity == Verdict::Match && challenge.phase() == ChallengePhase::Met) {
        progress.verdict = Verdict::Match;
        progress.guidance = Guidance::Ok;  // not "look ahead" to a head that did as it was told
    }
}

FaceAttempt::FaceAttempt(FaceEngine& engine, const Reference& reference, OperatingPoint point, AttemptOptions options)
    : m_parts(std::make_unique<Parts>(engine, reference, std::move(point), std::move(options))) {
    engine.reset();
}

FaceAttempt::~FaceAttempt() = default;

AttemptProgress FaceAttempt::progress() const {
    return m_parts->progress;
}

AttemptProgress FaceAttempt::observe(const Frame& frame) {
    Parts& parts = *m_parts;
    if (parts.progress.verdict != Verdict::Undecided) return parts.progress;
    if (!parts.began) parts.began = frame.taken;
    const auto time = std::chrono::duration_cast<milliseconds>(frame.taken - *parts.began);
    const bool unsure = parts.verifier.progress().verdict == Verdict::Undecided;
    const Depth depth = parts.challenge.turning() ? Depth::IdentityAlways : unsure ? Depth::Identity : Depth::FaceOnly;
    const Analysis seen = parts.engine.analyse(frame.image, depth);
    parts.look(frame.image, seen, time);
    parts.progress.guidance = parts.guidance_for(seen.guidance);
    parts.decide();
    return parts.progress;
}

}  // namespace uketsuke::vision
