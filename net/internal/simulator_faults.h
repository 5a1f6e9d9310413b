#pragma once
// The simulator's faults as JSON and as the fields of a form. Pure.

#include <map>
#include <string>

#include "net/simulator.h"

namespace uketsuke::net::internal {

/// BadOptions naming the key that is unknown, of the wrong type or out of its range.
Result<SimulatorFaults> faults_from_json(const std::string& text);
/// Fields of the page's form: the keys of the JSON, an empty text or an absent key is "no fault", a box that is ticked
/// is any text.
Result<SimulatorFaults> faults_from_form(const std::multimap<std::string, std::string>& fields);
Result<void> check_ranges(const SimulatorFaults& faults);

const char* name_of(Cut cut);
const char* name_of(Expired expired);

}  // namespace uketsuke::net::internal
