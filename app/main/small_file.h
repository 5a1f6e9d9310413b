// One-line files of /sys: read and written whole, never longer than a line.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace uketsuke::app {

// The first 64 bytes without the white space at their end. nullopt: it cannot be read. Never waits for a writer.
std::optional<std::string> read_small(const std::filesystem::path& file);
// A whole number from 0, and nothing else in the file.
std::optional<std::int64_t> read_number(const std::filesystem::path& file);
// False: it could not be written whole. The file must be there.
bool write_number(const std::filesystem::path& file, std::int64_t value);

}  // namespace uketsuke::app
