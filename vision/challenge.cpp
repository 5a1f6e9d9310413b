#include "vision/challenge.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace uketsuke::vision {
namespace {

constexpr double nose_before_eyes = 0.5;  // eye distances, as yaw_from_points has it

double median_of(std::vector<double> values) {
    if (values.empty()) return std::numeric_limits<double>::quiet_NaN();
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

// The smaller of two changes that agree in direction; the first alone where there is no second.
double agreed(double eyes, double mouth) {
    if (!std::isfinite(mouth)) return eyes;
    if ((eyes < 0) != (mouth < 0)) return 0;
    return std::abs(eyes) < std::abs(mouth) ? eyes : mouth;
}

// Sine of the turn that a narrowed pair of eyes tells of; 0 for NaN: nothing is known.
double sine_of(double narrowed) {
    return std::sqrt(std::max(0.0, 1 - narrowed * narrowed));
}

}  // namespace

std::string_view to_string(ChallengeFailure failure) {
    switch (failure) {
        case ChallengeFailure::None:
            return "none";
        case ChallengeFailure::Flat:
            return "flat: turned, but the nose did not leave the middle of the eyes";
        case ChallengeFailure::WrongSide:
            return "the head turned to the side that was not asked, again and again";
        case ChallengeFailure::OtherIdentity:
            return "the turned face is not the one that looked ahead";
    }
    return "unknown";
}

Challenge::Challenge(std::function<Side()> pick_side, ChallengeOptions options)
    : m_pick_side(std::move(pick_side)), m_options(options), m_turns_left(options.turns) {
    if (m_turns_left <= 0) m_phase = ChallengePhase::Met;
}

std::optional<Side> Challenge::asked() const {
    return m_phase == ChallengePhase::Asked ? std::optional(m_side) : std::nullopt;
}

ChallengePhase Challenge::observe(const ChallengeFrame& frame) {
    if (m_phase == ChallengePhase::Met || m_phase == ChallengePhase::Failed) return m_phase;
    if (m_last && frame.time == *m_last) return m_phase;
    const bool another =
        !frame.same_track || (m_last && (frame.time < *m_last || frame.time - *m_last > m_options.longest_gap));
    if (another) {
        // The clock of what follows is the frame's, wherever it went.
        restart();
        m_last = frame.time;
    }
    if (!std::isfinite(frame.nose_offset)) return m_phase;
    m_last = frame.time;
    if (m_phase == ChallengePhase::Front)
        look_at_front(frame);
    else
        look_at_turn(frame);
    return m_phase;
}

void Challenge::to_front() {
    m_phase = ChallengePhase::Front;
    m_front.clear();
    m_turned = 0;
}

void Challenge::restart() {
    const bool something = m_phase == ChallengePhase::Asked || m_turns_left != m_options.turns || !m_front.empty();
    if (something) ++m_restarts;
    // What was forgiven stays counted: losing the track must not buy new trials.
    m_turns_left = m_options.turns + m_wrong;
    m_neutral_shape = std::numeric_limits<double>::quiet_NaN();
    to_front();
}

void Challenge::ask(std::chrono::milliseconds now) {
    m_side = m_pick_side ? m_pick_side() : Side::Left;
    m_phase = ChallengePhase::Asked;
    m_asked_at = now;
    m_turned = 0;
    m_started_frames = m_turned_frames = m_unseen_frames = m_wrong_frames = m_flat_frames = 0;
    m_identity_fits = m_identity_misses = 0;
}

void Challenge::fail(ChallengeFailure failure) {
    m_phase = ChallengePhase::Failed;
    m_failure = failure;
}

void Challenge::look_at_front(const ChallengeFrame& frame) {
    // Without a mouth the second comparison is false.
    if (std::abs(frame.nose_offset) > m_options.front_limit || std::abs(frame.nose_to_mouth) > m_options.front_limit) {
        m_front.clear();
        return;
    }
    m_front.push_back(frame);
    const auto wanted = static_cast<std::size_t>(std::max(1, m_options.front_frames));
    if (m_front.size() > wanted) m_front.erase(m_front.begin());
    if (m_front.size() < wanted) return;
    std::vector<double> offsets;
    std::vector<double> mouths;
    std::vector<double> shapes;
    for (const auto& one : m_front) {
        offsets.push_back(one.nose_offset);
        if (std::isfinite(one.nose_to_mouth)) mouths.push_back(one.nose_to_mouth);
        if (std::isfinite(one.eyes_to_height) && one.eyes_to_height > 0) shapes.push_back(one.eyes_to_height);
    }
    const auto [least, most] = std::minmax_element(offsets.begin(), offsets.end());
    if (*most - *least > m_options.front_spread) return;
    m_neutral = median_of(offsets);
    m_neutral_mouth = median_of(mouths);
    // The widest front seen: a sheet that was left turned must not become the measure of itself.
    const double shape = median_of(shapes);
    m_neutral_shape = std::isfinite(m_neutral_shape) ? std::max(m_neutral_shape, shape) : shape;
    ask(frame.time);
}

bool Challenge::is_early(double change, std::chrono::milliseconds since) {
    m_started_frames = std::abs(change) >= m_options.start_limit ? m_started_frames + 1 : 0;
    return since < m_options.reaction && m_started_frames >= m_options.frames_in_a_row;
}

bool Challenge::is_flat(double change, double foreshortened) {
    const double least = std::sin(m_options.flat_degrees * std::numbers::pi / 180);
    if (foreshortened >= least && std::abs(change) < m_options.start_limit) ++m_flat_frames;
    return m_flat_frames >= m_options.flat_frames;
}

bool Challenge::judge_identity(const ChallengeFrame& frame) {
    // A face that looks ahead is the frontal frames' business.
    if (!frame.same_identity || m_turned < m_options.start_limit) return true;
    ++(*frame.same_identity ? m_identity_fits : m_identity_misses);
    if (m_identity_misses - m_identity_fits < m_options.other_frames) return true;
    if (++m_others > m_options.other_identities)
        fail(ChallengeFailure::OtherIdentity);
    else
        restart();
    return false;
}

void Challenge::look_at_turn(const ChallengeFrame& frame) {
    const double change = agreed(frame.nose_offset - m_neutral, frame.nose_to_mouth - m_neutral_mouth);
    const auto since = frame.time - m_asked_at;
    m_turned = m_side == Side::Left ? change : -change;
    if (!judge_identity(frame)) return;
    if (is_early(change, since)) return to_front();

    // A living person must not be called a sheet by one slipping landmark: the flow, where there is one, must agree.
    double foreshortened = sine_of(frame.eyes_to_height / m_neutral_shape);
    if (!std::isnan(frame.followed)) {
        const bool flow_sees_none = std::abs(frame.followed) < m_options.followed_limit;
        const double by_flow = sine_of(frame.followed_narrowed);
        foreshortened = flow_sees_none ? std::min(foreshortened, by_flow) : 0;
    }
    if (is_flat(change, foreshortened)) {
        if (++m_flat_requests >= m_options.flat_requests) return fail(ChallengeFailure::Flat);
        return to_front();
    }
    const double followed = m_side == Side::Left ? frame.followed : -frame.followed;
    const double solid = nose_before_eyes * sine_of(frame.followed_narrowed);
    const bool unseen = followed < m_options.followed_limit || followed < m_options.share_of_solid * solid;
    m_turned_frames = m_turned >= m_options.turn_limit && !unseen ? m_turned_frames + 1 : 0;
    // A blink or a glint can lead the flow astray for good: who has turned is asked anew rather than left waiting.
    m_unseen_frames += m_turned >= m_options.turn_limit && unseen ? 1 : 0;
    if (m_unseen_frames >= m_options.unseen_frames) return to_front();
    m_wrong_frames = -m_turned >= m_options.turn_limit ? m_wrong_frames + 1 : 0;
    if (m_wrong_frames >= m_options.frames_in_a_row) {
        if (++m_wrong > m_options.wrong_sides) return fail(ChallengeFailure::WrongSide);
        ++m_turns_left;
        return to_front();
    }
    if (m_turned_frames >= m_options.frames_in_a_row && m_identity_fits > m_identity_misses &&
        since >= m_options.reaction) {
        if (--m_turns_left > 0) return to_front();
        m_phase = ChallengePhase::Met;
        return;
    }
    const bool on_the_way = m_turned >= m_options.start_limit;
    if (since >= m_options.window + (on_the_way ? m_options.extension : std::chrono::milliseconds{})) to_front();
}

}  // namespace uketsuke::vision
