// One value of the file into its place. Internal to app/config; shows toml++.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <toml++/toml.h>

#include "app/config/keys.h"

namespace uketsuke::config {

// Puts the node's value where the key says. What is wrong with it otherwise; then the configuration is unchanged.
// `folder` is the configuration file's, absolute.
std::optional<std::string> put_value(const Key& key, const toml::node& node, const std::filesystem::path& folder,
                                     Config& config);

// The default of a path, which depends on where the file lies. Other kinds have theirs in Config already.
void put_standard(const Key& key, const std::filesystem::path& folder, Config& config);

}  // namespace uketsuke::config
