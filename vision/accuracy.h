#pragma once

#include <cstddef>
#include <vector>

namespace uketsuke::vision {

// One comparison whose truth is known. A face that could not be found has an infinite distance: it is never accepted.
struct ScoredPair {
    double distance = 0;
    bool same = false;
};

struct Rate {
    std::size_t hits = 0;
    std::size_t of = 0;
    double value() const { return of == 0 ? 0.0 : static_cast<double>(hits) / static_cast<double>(of); }
};

// 95 % interval of a rate by Wilson's score; [0, 1] when nothing was measured.
struct Interval {
    double low = 0;
    double high = 1;
};
Interval interval_of(const Rate& rate);

// Rates over a list of pairs. Pure; sorts once.
class Accuracy {
  public:
    explicit Accuracy(const std::vector<ScoredPair>& pairs);

    std::size_t same() const { return m_same.size(); }
    std::size_t strangers() const { return m_strangers.size(); }
    // The largest threshold at which at most `far` of the strangers are accepted (distance ≤ threshold). With fewer
    // than 1/far strangers: just below the nearest stranger. 0 without any stranger.
    double threshold_at(double far) const;
    // The smallest threshold at which at least `share` of the owners are accepted; infinite when too many of them have
    // no distance, 0 without any owner.
    double threshold_accepting(double share) const;
    Rate accepted_strangers(double threshold) const;
    Rate accepted_same(double threshold) const;
    // Where false accepts and false rejects are equally frequent.
    double equal_error_rate() const;

  private:
    std::vector<double> m_same;
    std::vector<double> m_strangers;
};

}  // namespace uketsuke::vision
