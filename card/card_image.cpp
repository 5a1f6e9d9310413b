#include "card/card_image.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace uketsuke::card {
namespace {

constexpr int k_glyph_width = 5;
constexpr int k_glyph_height = 7;

using Glyph = std::array<std::uint8_t, k_glyph_height>;  // one row a byte, bit 4 is the leftmost dot

constexpr std::array<Glyph, 10> k_digits{{
    {0x0E, 0x11, 0x13, 0x15, 0x19, 0x11, 0x0E},
    {0x04, 0x0C, 0x04, 0x04, 0x04, 0x04, 0x0E},
    {0x0E, 0x11, 0x01, 0x06, 0x08, 0x10, 0x1F},
    {0x0E, 0x11, 0x01, 0x06, 0x01, 0x11, 0x0E},
    {0x02, 0x06, 0x0A, 0x12, 0x1F, 0x02, 0x02},
    {0x1F, 0x10, 0x1E, 0x01, 0x01, 0x11, 0x0E},
    {0x06, 0x08, 0x10, 0x1E, 0x11, 0x11, 0x0E},
    {0x1F, 0x01, 0x02, 0x04, 0x08, 0x08, 0x08},
    {0x0E, 0x11, 0x11, 0x0E, 0x11, 0x11, 0x0E},
    {0x0E, 0x11, 0x11, 0x0F, 0x01, 0x02, 0x0C},
}};

Glyph glyph_of(std::uint8_t byte) {
    if (byte >= '0' && byte <= '9') return k_digits[byte - '0'];
    Glyph glyph{};
    std::uint32_t state = byte * 2654435761U + 1;
    for (auto& row : glyph) {
        state = state * 1664525U + 1013904223U;
        row = static_cast<std::uint8_t>(state >> 27);
    }
    return glyph;
}

void put_u32(Bytes& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(value >> shift));
}

std::uint32_t crc_of(std::span<const std::uint8_t> bytes) {
    std::uint32_t crc = 0xFFFFFFFF;
    for (const std::uint8_t byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320U : 0U);
    }
    return ~crc;
}

std::uint32_t adler_of(std::span<const std::uint8_t> bytes) {
    std::uint32_t a = 1;
    std::uint32_t b = 0;
    for (const std::uint8_t byte : bytes) {
        a = (a + byte) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

void put_chunk(Bytes& out, std::string_view type, const Bytes& data) {
    put_u32(out, static_cast<std::uint32_t>(data.size()));
    const std::size_t from = out.size();
    out.insert(out.end(), type.begin(), type.end());
    out.insert(out.end(), data.begin(), data.end());
    put_u32(out, crc_of(std::span(out).subspan(from)));
}

// zlib stream of one stored block: pictures this small gain nothing from compression.
Bytes stored(const Bytes& raw) {
    const auto size = static_cast<std::uint16_t>(raw.size());
    const auto inverse = static_cast<std::uint16_t>(~size);
    Bytes out;
    out.reserve(raw.size() + 11);
    for (const int byte : {0x78, 0x01, 0x01, size & 0xFF, size >> 8, inverse & 0xFF, inverse >> 8}) {
        out.push_back(static_cast<std::uint8_t>(byte));
    }
    out.insert(out.end(), raw.begin(), raw.end());
    put_u32(out, adler_of(raw));
    return out;
}

}  // namespace

Bytes draw_card_image(std::string_view text, int width, int height) {
    const std::size_t stride = (static_cast<std::size_t>(width) + 7) / 8 + 1;  // a filter byte before each row
    Bytes raw(stride * static_cast<std::size_t>(height), 0xFF);
    for (int y = 0; y < height; ++y) raw[static_cast<std::size_t>(y) * stride] = 0;
    int left = 1;
    int top = 1;
    for (const char c : text) {
        if (left + k_glyph_width > width) {
            left = 1;
            top += k_glyph_height + 1;
        }
        if (top + k_glyph_height > height) break;
        const Glyph glyph = glyph_of(static_cast<std::uint8_t>(c));
        for (int y = 0; y < k_glyph_height; ++y) {
            for (int x = 0; x < k_glyph_width; ++x) {
                if ((glyph[static_cast<std::size_t>(y)] >> (k_glyph_width - 1 - x) & 1) == 0) continue;
                const auto byte =
                    static_cast<std::size_t>(top + y) * stride + 1 + static_cast<std::size_t>((left + x) / 8);
                raw[byte] = static_cast<std::uint8_t>(raw[byte] & ~(0x80 >> ((left + x) % 8)));
            }
        }
        left += k_glyph_width + 1;
    }
    Bytes header;
    put_u32(header, static_cast<std::uint32_t>(width));
    put_u32(header, static_cast<std::uint32_t>(height));
    header.insert(header.end(), {1, 0, 0, 0, 0});  // one bit, grey, deflate, no interlace
    Bytes png{0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A};
    put_chunk(png, "IHDR", header);
    put_chunk(png, "IDAT", stored(raw));
    put_chunk(png, "IEND", {});
    return png;
}

}  // namespace uketsuke::card
