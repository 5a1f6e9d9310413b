#pragma once
// The simulator's people: a TOML file with OQS element names as keys (assets/eligibility/README.md). Owner: the caller.

#include <filesystem>
#include <string>
#include <vector>

#include "net/simulator.h"

namespace uketsuke::net::internal {

/// BadOptions with "file:line: what" for broken TOML, an unknown key or element, a value of the wrong type or out of
/// its range, an id or a serial that came before.
Result<std::vector<SimulatedPerson>> load_people(const std::filesystem::path& file);
/// The same from a text; `name` stands for the file in errors.
Result<std::vector<SimulatedPerson>> read_people(const std::string& text, const std::string& name);

/// Every text of a result by its element's path below ResultOfQualificationConfirmation, those without a field
/// included.
bool is_result_element(const std::string& path);
/// What an entry may leave to the card's own person.
bool is_of_the_holder(const std::string& path);

}  // namespace uketsuke::net::internal
