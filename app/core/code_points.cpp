#include "app/core/code_points.h"

#include <cstddef>

namespace uketsuke::core {

std::optional<char32_t> take_code_point(std::string_view& bytes) {
    const auto lead = static_cast<unsigned char>(bytes.front());
    std::size_t length = 0;
    char32_t point = 0;
    char32_t least = 0;
    if (lead < 0x80) {
        bytes.remove_prefix(1);
        return lead;
    }
    if (lead >= 0xC2 && lead < 0xE0) {
        length = 2, point = lead & 0x1FU, least = 0x80;
    } else if (lead >= 0xE0 && lead < 0xF0) {
        length = 3, point = lead & 0x0FU, least = 0x800;
    } else if (lead >= 0xF0 && lead < 0xF5) {
        length = 4, point = lead & 0x07U, least = 0x10000;
    }
    if (length == 0 || bytes.size() < length) return std::nullopt;
    for (std::size_t i = 1; i < length; ++i) {
        const auto next = static_cast<unsigned char>(bytes[i]);
        if ((next & 0xC0U) != 0x80U) return std::nullopt;
        point = (point << 6U) | (next & 0x3FU);
    }
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    if (point < least || surrogate || point > 0x10FFFF) return std::nullopt;
    bytes.remove_prefix(length);
    return point;
}

bool is_control(char32_t point) {
    const bool direction = (point >= 0x200E && point <= 0x200F) || (point >= 0x2028 && point <= 0x202E) ||
                           (point >= 0x2066 && point <= 0x2069);
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || direction || point == 0xFEFF || point == 0xFFFD;
}

}  // namespace uketsuke::core
