#pragma once

#include <string>
#include <vector>

#include "app/programs/match/pair_list.h"

namespace uketsuke::match {

// A list of pairs as scored by some networks together, the share of each on its own.
struct ScoredList {
    std::string name;
    std::vector<PairScore> pairs;
};

// The same with the shares of `networks` alone, by their place.
std::vector<ScoredList> only(const std::vector<ScoredList>& lists, const std::vector<std::size_t>& networks);

// How much each network's squared distance is to count: one free number for each network but the first, chosen among
// half powers of two around equal voices (every network's mean squared distance of strangers is the same), so that a
// few hundred pairs cannot be learnt by heart. The measure is the share of owners refused at 1:100 and 1:1000, the mean
// of the lists that have pairs of both kinds; of voices that are as good (within one owner in a thousand) the more
// equal ones are taken. Scaled so that the mean squared distance of strangers is 1; four significant digits. One
// network: {1}.
std::vector<double> fit_weights(const std::vector<ScoredList>& lists);

}  // namespace uketsuke::match
