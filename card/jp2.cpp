#include "card/jp2.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace uketsuke::card {
namespace {

constexpr std::array<std::uint8_t, 12> k_signature{0x00, 0x00, 0x00, 0x0C, 0x6A, 0x50,
                                                   0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A};
constexpr std::uint32_t k_header_box = 0x6A703268;  // "jp2h"
constexpr std::uint32_t k_image_box = 0x69686472;   // "ihdr"
constexpr std::uint32_t k_codestream = 0x6A703263;  // "jp2c"
constexpr std::uint32_t k_longest_side = 4096;
constexpr int k_most_boxes = 64;

std::uint32_t u32(std::span<const std::uint8_t> at) {
    return std::uint32_t{at[0]} << 24 | std::uint32_t{at[1]} << 16 | std::uint32_t{at[2]} << 8 | at[3];
}

}  // namespace

Result<PictureSize> jp2_size(std::span<const std::uint8_t> file) {
    if (file.size() < k_signature.size() || !std::equal(k_signature.begin(), k_signature.end(), file.begin())) {
        return fail(Fault::BadData, "photo: no JP2 signature");
    }
    auto rest = file.subspan(k_signature.size());
    for (int box = 0; box < k_most_boxes && rest.size() >= 8; ++box) {
        const std::uint32_t length = u32(rest);
        const std::uint32_t type = u32(rest.subspan(4));
        if (type == k_codestream) break;
        if (type == k_header_box) {  // a box of boxes, the image header is its first
            rest = rest.subspan(8);
            continue;
        }
        if (length < 8 || length > rest.size()) break;
        if (type == k_image_box) {
            if (length < 8 + 10) break;
            const PictureSize size{u32(rest.subspan(12)), u32(rest.subspan(8)),
                                   static_cast<std::uint16_t>(rest[16] << 8 | rest[17])};
            const bool good = size.width > 0 && size.height > 0 && size.width <= k_longest_side &&
                              size.height <= k_longest_side && size.components >= 1 && size.components <= 4;
            if (!good) return fail(Fault::BadData, "photo: picture size out of range");
            return size;
        }
        rest = rest.subspan(length);
    }
    return fail(Fault::BadData, "photo: no image header");
}

}  // namespace uketsuke::card
