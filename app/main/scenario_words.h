// How a line of a scenario is read. Internal to scenario*.cpp.
#pragma once

#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/main/scenario.h"

namespace uketsuke::app {

using Words = std::vector<std::string>;
using Parsed = tl::expected<Command, std::string>;

inline tl::unexpected<std::string> no(std::string why) {
    return tl::unexpected<std::string>(std::move(why));
}

bool all_digits(const std::string& word);  // and at least one
// A whole number from 0 to `most`.
std::optional<int> number(const std::string& word, int most);
// Everything after the command, with single spaces.
std::string rest(const Words& words);
std::optional<core::VisualReason> visual_reason(const std::string& word);
inline constexpr const char* k_reasons = "face-and-pin-failed|condition|device-trouble|other";

Parsed tap(const Words& words);  // TAP <intent> [value]

// scenario_form.cpp
Parsed type_text(const Words& words);
Parsed choose(const Words& words);
Parsed wheel(const Words& words);
Parsed touches(const Words& words);
Parsed document(const Words& words);

// scenario_tour.cpp
Parsed tour_code(const Words& words);
Parsed battery(const Words& words);
Parsed power_cut(const Words& words);

}  // namespace uketsuke::app
