#include "app/ui/png_file.h"

#include <stb_image_write.h>

namespace uketsuke::ui {

tl::expected<void, std::string> write_png(const std::string& path, std::span<const std::uint8_t> rgb, int width,
                                          int height) {
    // Ours are flat colours: harder pressing costs four times as long for a tenth of the size.
    stbi_write_png_compression_level = 1;
    const bool whole = rgb.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3;
    if (!whole || stbi_write_png(path.c_str(), width, height, 3, rgb.data(), width * 3) == 0) {
        return tl::unexpected("picture " + path + ": cannot be written");
    }
    return {};
}

}  // namespace uketsuke::ui
