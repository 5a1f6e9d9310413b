// Values that do not go together. Internal to app/config. Pure.
#pragma once

#include <functional>
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

using Forbid = std::function<void(bool wrong, std::string_view key, std::string what)>;
inline constexpr std::size_t k_longest_member_name = 100;  // bytes, as net/keyring.h takes it

// Of [visit], and of what does not go with it.
void check_visit(const Config& config, const Forbid& forbid);

}  // namespace uketsuke::config
