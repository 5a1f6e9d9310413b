// The part of the flow group that is about home visits.
#pragma once

#include "app/programs/bench/bench.h"
#include "app/programs/bench/visit.h"

namespace uketsuke::bench {

// Row flow.visit: from the card laid down to "confirmed" on a tablet, beside the same at `counter`, in turn, so that
// both see the same noise of the machine. What comes before the card at home is said by a hand that takes no time, and
// is not counted.
void run_home_flow(BenchOutput& out, Visit& counter);

}  // namespace uketsuke::bench
