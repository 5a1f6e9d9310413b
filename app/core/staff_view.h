// What staff elsewhere (the desk's page) may know and do about the patient at the kiosk. Pure.
#pragma once

#include <optional>

#include "app/core/state.h"

namespace uketsuke::core {

// Staff have confirmed somebody whose card is awaited.
std::optional<VisualWaiting> visual_waiting(const State& state);

// Whether StaffApproved for the card that lies there (a visual check also without one) would have an effect now.
bool allowed_now(const State& state, StaffPurpose purpose);

}  // namespace uketsuke::core
