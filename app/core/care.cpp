#include <algorithm>

#include "app/core/flow.h"

namespace uketsuke::core {

const CareEntry* shown_patient(const State& state) {
    const auto& list = state.tour.list;
    const auto found =
        std::find_if(list.begin(), list.end(), [&](const CareEntry& entry) { return state.tour.patient == entry.id; });
    return found == list.end() ? nullptr : &*found;
}

bool online_possible(const State& state) {
    const CareEntry* patient = shown_patient(state);
    return patient != nullptr && state.policy.visit && state.policy.visit->online && patient->online_possible &&
           patient->standing == CareStanding::Valid;
}

}  // namespace uketsuke::core
