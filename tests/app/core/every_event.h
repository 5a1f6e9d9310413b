// What may happen to a kiosk: everything, and what makes sense next.
#pragma once

#include <random>
#include <vector>

#include "tests/app/core/harness.h"

namespace uketsuke::core::test {

// Everything that can be sent to a kiosk whose running (or last) session is `id`, and whose form is `declaration`.
std::vector<Event> every_event(SessionId id, SessionId stale, Millis now, DeclarationId declaration);

// Something that makes sense on this screen. A card placed names no session yet.
Event sensible(std::mt19937& random, const State& state);

}  // namespace uketsuke::core::test
