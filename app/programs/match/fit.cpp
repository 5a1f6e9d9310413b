#include "app/programs/match/fit.h"

#include <fmt/core.h>

#include <cmath>
#include <cstdlib>

namespace uketsuke::match {
namespace {

constexpr int most_steps = 8;  // half powers of two: voices of 1:16 to 16:1
constexpr double as_good = 1e-3;

double refused_owners(const std::vector<ScoredList>& lists, const std::vector<double>& weights) {
    double sum = 0;
    int count = 0;
    for (const auto& list : lists) {
        const vision::Accuracy accuracy(distances_of(list.pairs, weights));
        if (accuracy.same() == 0 || accuracy.strangers() == 0) continue;
        for (const double far : {1e-2, 1e-3}) {
            sum += 1 - accuracy.accepted_same(accuracy.threshold_at(far)).value();
            ++count;
        }
    }
    return count == 0 ? 0 : sum / count;
}

std::vector<double> mean_of_strangers(const std::vector<ScoredList>& lists, std::size_t networks) {
    std::vector<double> sum(networks, 0.0);
    std::size_t count = 0;
    for (const auto& list : lists) {
        for (const auto& pair : list.pairs) {
            if (pair.same || pair.shares.size() != networks) continue;
            for (std::size_t i = 0; i < networks; ++i) sum[i] += pair.shares[i];
            ++count;
        }
    }
    for (double& value : sum) value = count == 0 || value <= 0 ? 1 : value / static_cast<double>(count);
    return sum;
}

std::vector<double> weights_of(const std::vector<int>& steps, const std::vector<double>& means) {
    double voices = 0;
    for (const int step : steps) voices += std::pow(2, step / 2.0);
    std::vector<double> weights;
    for (std::size_t i = 0; i < steps.size(); ++i)
        weights.push_back(
            std::strtod(fmt::format("{:.4g}", std::pow(2, steps[i] / 2.0) / voices / means[i]).c_str(), nullptr));
    return weights;
}

}  // namespace

std::vector<ScoredList> only(const std::vector<ScoredList>& lists, const std::vector<std::size_t>& networks) {
    std::vector<ScoredList> out;
    for (const auto& list : lists) {
        ScoredList kept{list.name, {}};
        for (const auto& pair : list.pairs) {
            PairScore score{{}, pair.same};
            if (!pair.shares.empty())
                for (const std::size_t i : networks) score.shares.push_back(pair.shares.at(i));
            kept.pairs.push_back(std::move(score));
        }
        out.push_back(std::move(kept));
    }
    return out;
}

std::vector<double> fit_weights(const std::vector<ScoredList>& lists) {
    std::size_t networks = 1;
    for (const auto& list : lists)
        for (const auto& pair : list.pairs) networks = std::max(networks, pair.shares.size());
    if (networks == 1) return {1.0};
    const auto means = mean_of_strangers(lists, networks);
    std::vector<int> steps(networks, 0);
    // One network after the other, twice round: more than three networks are not at hand.
    for (int round = 0; round < 2; ++round) {
        for (std::size_t i = 1; i < networks; ++i) {
            int best = 0;
            double least = 2;
            for (int distance = 0; distance <= most_steps; ++distance) {
                for (const int step : {distance, -distance}) {
                    steps[i] = step;
                    const double refused = refused_owners(lists, weights_of(steps, means));
                    if (refused < least - as_good) {
                        least = refused;
                        best = step;
                    }
                }
            }
            steps[i] = best;
        }
    }
    return weights_of(steps, means);
}

}  // namespace uketsuke::match
