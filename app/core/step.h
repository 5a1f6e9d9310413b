// The reception as a pure function: no I/O, no clock, no thread, no chance.
//
//   step(state, event)  → the next state and what to do
//   view_of(state)      → what to show
//
// Invariants (tests/app/core hold them over every screen × every event and over random walks):
//   · accepted is shown only after Committed arrived for this very session;
//   · a card taken early commits nothing;
//   · every way out of a session passes exactly one Wipe of it;
//   · an event of an older session changes nothing;
//   · a visual check lets one patient pass, and each that waited for its card ends in exactly one VisualCheckEnded;
//   · a PIN is sent only with the counter that the card last reported, and the last try only after UseLastTry.
#pragma once

#include "app/core/effect.h"
#include "app/core/event.h"
#include "app/core/state.h"
#include "app/core/view.h"

namespace uketsuke::core {

struct Step {
    State state;
    Effects effects;
};

State initial_state(const Policy& policy);
Step step(State state, const Event& event);
View view_of(const State& state);
// Why this kiosk offers no face at all, whatever the card; nullopt: it does.
std::optional<FaceAbsence> face_absence(const State& state);

// When step() next wants a Tick although nothing else happens; nullopt: never.
std::optional<Millis> next_deadline(const State& state);

}  // namespace uketsuke::core
