#include "vision/accuracy.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace uketsuke::vision {
namespace {

std::size_t count_within(const std::vector<double>& sorted, double threshold) {
    return static_cast<std::size_t>(std::upper_bound(sorted.begin(), sorted.end(), threshold) - sorted.begin());
}

}  // namespace

Interval interval_of(const Rate& rate) {
    if (rate.of == 0) return {};
    constexpr double z = 1.959964;
    const auto n = static_cast<double>(rate.of);
    const double p = rate.value();
    const double middle = (p + z * z / (2 * n)) / (1 + z * z / n);
    const double half = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n);
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Accuracy::Accuracy(const std::vector<ScoredPair>& pairs) {
    for (const auto& pair : pairs) (pair.same ? m_same : m_strangers).push_back(pair.distance);
    std::sort(m_same.begin(), m_same.end());
    std::sort(m_strangers.begin(), m_strangers.end());
}

double Accuracy::threshold_at(double far) const {
    if (m_strangers.empty()) return 0;
    const auto n = static_cast<double>(m_strangers.size());
    const auto allowed = static_cast<std::size_t>(std::floor(std::clamp(far, 0.0, 1.0) * n + 1e-9));
    if (allowed >= m_strangers.size()) return m_strangers.back();
    const double first_refused = m_strangers[allowed];
    if (!std::isfinite(first_refused)) return allowed > 0 ? m_strangers[allowed - 1] : 0;
    return std::nextafter(first_refused, -std::numeric_limits<double>::infinity());
}

double Accuracy::threshold_accepting(double share) const {
    if (m_same.empty()) return 0;
    const auto n = static_cast<double>(m_same.size());
    const auto needed = static_cast<std::size_t>(std::ceil(std::clamp(share, 0.0, 1.0) * n - 1e-9));
    return needed == 0 ? 0 : m_same[needed - 1];
}

Rate Accuracy::accepted_strangers(double threshold) const {
    return {count_within(m_strangers, threshold), m_strangers.size()};
}

Rate Accuracy::accepted_same(double threshold) const {
    return {count_within(m_same, threshold), m_same.size()};
}

double Accuracy::equal_error_rate() const {
    double best_gap = 2;
    double rate = 0;
    for (const double threshold : m_same) {
        const double false_accepts = accepted_strangers(threshold).value();
        const double false_rejects = 1 - accepted_same(threshold).value();
        const double gap = std::abs(false_accepts - false_rejects);
        if (gap < best_gap) {
            best_gap = gap;
            rate = (false_accepts + false_rejects) / 2;
        }
    }
    return rate;
}

}  // namespace uketsuke::vision
