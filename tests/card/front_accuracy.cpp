// Prints how often the front of a drawn card is read, refused and misread, by condition, and how long it takes.
//   front_accuracy [cards a condition = 40] [least confidence] [seed = 1]
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "card/front/camera_front.h"
#include "tests/card/front_trials.h"

namespace {

using uketsuke::card::testing::Counts;

double at_share(std::vector<double> values, double share) {
    if (values.empty()) return 0;
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
}

void print(const char* name, const Counts& counts) {
    std::printf("| %-16s | %5d | %5d | %6d | %7d | %5d | %16d | %4.0f | %4.0f |\n", name, counts.cards, counts.right,
                counts.unsure, counts.refused, counts.wrong, counts.wrong_but_unsure, at_share(counts.cpu_ms, 0.5),
                at_share(counts.cpu_ms, 0.95));
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    namespace card = uketsuke::card;
    const int cards = argc > 1 ? std::atoi(argv[1]) : 40;
    const double least = argc > 2 ? std::atof(argv[2]) : card::k_least_front_confidence;
    const auto seed = static_cast<std::uint32_t>(argc > 3 ? std::atoi(argv[3]) : 1);
    const auto reader = card::NumberReader::open();
    if (!reader) {
        std::fprintf(stderr, "front_accuracy: %s\n", card::describe(reader.error()).c_str());
        return 1;
    }
    std::printf("| condition        | cards | right | unsure | refused | WRONG | wrong but unsure | ms   | 95 %% |\n");
    std::printf("|------------------|-------|-------|--------|---------|-------|------------------|------|------|\n");
    Counts all;
    std::map<std::string, int> reasons;
    std::uint32_t next = seed * 1000;
    for (const auto& condition : card::testing::conditions()) {
        const Counts counts = try_cards(**reader, condition, cards, least, next++);
        print(condition.name.c_str(), counts);
        all.cards += counts.cards;
        all.right += counts.right;
        all.unsure += counts.unsure;
        all.refused += counts.refused;
        all.wrong += counts.wrong;
        all.wrong_but_unsure += counts.wrong_but_unsure;
        all.cpu_ms.insert(all.cpu_ms.end(), counts.cpu_ms.begin(), counts.cpu_ms.end());
        for (const auto& reason : counts.reasons) ++reasons[reason];
        for (const auto& misread : counts.misread) ++reasons["(misread) " + misread];
    }
    print("all", all);
    const int passed = all.right + all.wrong;
    std::printf("\n%d readings passed %.2f, %d of them wrong", passed, least, all.wrong);
    if (all.wrong == 0 && passed > 0) std::printf(" (95 %% sure: fewer than %.2f %%)", 300.0 / passed);
    std::printf("\n");
    for (const auto& [reason, count] : reasons) std::printf("%5d times: %s\n", count, reason.c_str());
    return all.wrong == 0 ? 0 : 2;
}
