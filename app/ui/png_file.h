// Writing a picture.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <tl/expected.hpp>

namespace uketsuke::ui {

// RGB, 8 bits each, rows from top to bottom without padding: rgb.size() == width * height * 3. Error names the file.
tl::expected<void, std::string> write_png(const std::string& path, std::span<const std::uint8_t> rgb, int width,
                                          int height);

}  // namespace uketsuke::ui
