#include "app/ui/png_file.h"

#include <png.h>

namespace uketsuke::ui {

tl::expected<void, std::string> write_png(const std::string& path, std::span<const std::uint8_t> rgb, int width,
                                          int height) {
    const bool whole =
        width > 0 && height > 0 && rgb.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3;
    png_image picture{};
    picture.version = PNG_IMAGE_VERSION;
    picture.width = static_cast<png_uint_32>(width);
    picture.height = static_cast<png_uint_32>(height);
    picture.format = PNG_FORMAT_RGB;
    // Ours are flat colours: looking harder for what repeats gains little and takes several times as long.
    picture.flags = PNG_IMAGE_FLAG_FAST;
    if (!whole || png_image_write_to_file(&picture, path.c_str(), 0, rgb.data(), width * 3, nullptr) == 0) {
        return tl::unexpected("picture " + path + ": cannot be written");
    }
    return {};
}

}  // namespace uketsuke::ui
