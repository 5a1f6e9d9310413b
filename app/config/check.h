// Values that do not go together. Internal to app/config. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/config/config.h"

namespace uketsuke::config {

// What is wrong with a configuration whose single values are all in range, and the key to look at ("service.url").
struct Contradiction {
    std::string_view key;
    std::string what;
};

std::vector<Contradiction> contradictions(const Config& config);

}  // namespace uketsuke::config
