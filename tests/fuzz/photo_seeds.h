#pragma once

#include <string>
#include <utility>
#include <vector>

#include "card/error.h"

namespace uketsuke::fuzz {

// Small pictures of drawn persons in every form that a photograph may have, by name. The same bytes in every run of one
// version of the encoders.
std::vector<std::pair<std::string, card::Bytes>> photo_seeds();

}  // namespace uketsuke::fuzz
