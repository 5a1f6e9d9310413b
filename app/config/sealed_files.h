// Which files of a tablet are sealed under its data key: of no use once that is destroyed. Pure but for looking which
// copies of damaged files there are; any thread.
#pragma once

#include <filesystem>
#include <vector>

#include "app/config/config.h"

namespace uketsuke::config {

// With what SQLite, the record and the queue keep beside them. The keyring and the device's key are not among them.
std::vector<std::filesystem::path> sealed_files(const Config& config);

}  // namespace uketsuke::config
