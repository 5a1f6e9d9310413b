#pragma once
// The simulator's page for people: what it received, what it refused, the faults with a form, and who it knows. Pure.
// Everything that came from outside is escaped; nothing is fetched from elsewhere.

#include <chrono>
#include <string>
#include <vector>

#include "net/simulator.h"

namespace uketsuke::net::internal {

struct PageParts {
    std::chrono::sys_seconds now{};
    std::vector<ReceivedReception> receptions;
    std::vector<ReceivedReception> consent_calls;
    std::vector<ReceivedQuery> queries;
    std::vector<RefusedCall> refused;
    std::vector<SimulatedPerson> people;
    SimulatorFaults faults;
};

std::string page_of(const PageParts& parts);

}  // namespace uketsuke::net::internal
