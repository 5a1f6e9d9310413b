#include "vision/verdict.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace uketsuke::vision {

std::string_view to_string(Verdict verdict) {
    switch (verdict) {
        case Verdict::Undecided:
            return "undecided";
        case Verdict::Match:
            return "match";
        case Verdict::NoMatch:
            return "no-match";
        case Verdict::NotLive:
            return "not-live";
    }
    return "unknown";
}

Verifier::Verifier(OperatingPoint point, int frames_needed) : m_point(std::move(point)) {
    m_progress.frames_needed = std::clamp(frames_needed, 1, 99) | 1;
}

Progress Verifier::observe(const std::optional<double>& distance, Guidance guidance) {
    m_progress.guidance = guidance;
    if (m_progress.verdict != Verdict::Undecided || guidance != Guidance::Ok || !distance ||
        !std::isfinite(*distance) || *distance < 0)
        return m_progress;
    m_distances.push_back(*distance);
    m_within += *distance <= m_point.threshold ? 1 : 0;
    m_progress.frames = static_cast<int>(m_distances.size());
    const int majority = m_progress.frames_needed / 2 + 1;
    const bool certain = m_distances.size() == 2 && std::max(m_distances[0], m_distances[1]) <= m_point.certain;
    if (m_within >= majority || certain)
        m_progress.verdict = Verdict::Match;
    else if (m_progress.frames - m_within >= majority)
        m_progress.verdict = Verdict::NoMatch;
    return m_progress;
}

std::optional<double> Verifier::median() const {
    if (m_distances.empty()) return std::nullopt;
    std::vector<double> sorted = m_distances;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return *middle;
}

void Verifier::reset() {
    m_distances.clear();
    m_within = 0;
    const int needed = m_progress.frames_needed;
    m_progress = {};
    m_progress.frames_needed = needed;
}

}  // namespace uketsuke::vision
