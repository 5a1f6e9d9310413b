#include "vision/photo_header.h"

#include <algorithm>
#include <array>
#include <optional>

namespace uketsuke::vision {
namespace {

using Bytes = std::span<const std::uint8_t>;

tl::unexpected<Error> corrupt(const char* what) {
    return tl::unexpected(Error{Fault::Corrupt, what});
}

std::uint32_t be16(Bytes b, std::size_t at) {
    return static_cast<std::uint32_t>(b[at]) << 8U | static_cast<std::uint32_t>(b[at + 1]);
}
std::uint32_t be32(Bytes b, std::size_t at) {
    return be16(b, at) << 16U | be16(b, at + 2);
}

template <std::size_t N>
bool starts_with(Bytes b, const std::array<std::uint8_t, N>& magic) {
    return b.size() >= N && std::equal(magic.begin(), magic.end(), b.begin());
}

constexpr std::array<std::uint8_t, 12> jp2_signature{0, 0, 0, 12, 'j', 'P', ' ', ' ', 0x0d, 0x0a, 0x87, 0x0a};
constexpr std::array<std::uint8_t, 4> code_stream_start{0xff, 0x4f, 0xff, 0x51};  // SOC, SIZ
constexpr std::array<std::uint8_t, 8> png_signature{0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a};
constexpr std::uint32_t max_dimension = 1U << 30U;

// SOC and SIZ: Lsiz Rsiz Xsiz Ysiz XOsiz YOsiz XTsiz YTsiz XTOsiz YTOsiz Csiz, then three bytes a component.
Result<PhotoHeader> read_code_stream(Bytes b) {
    if (!starts_with(b, code_stream_start) || b.size() < 45) return corrupt("JPEG 2000: no complete SIZ marker");
    const std::uint32_t x1 = be32(b, 8);
    const std::uint32_t y1 = be32(b, 12);
    const std::uint32_t x0 = be32(b, 16);
    const std::uint32_t y0 = be32(b, 20);
    const std::uint32_t tile_w = be32(b, 24);
    const std::uint32_t tile_h = be32(b, 28);
    const std::uint32_t components = be16(b, 40);
    if (x0 >= x1 || y0 >= y1 || x1 > max_dimension || y1 > max_dimension)
        return corrupt("JPEG 2000: impossible image size");
    if (tile_w == 0 || tile_h == 0) return corrupt("JPEG 2000: empty tiles");
    if (components == 0 || components > 4 || be16(b, 4) != 38 + 3 * components || b.size() < 42 + 3UL * components)
        return corrupt("JPEG 2000: impossible number of components");
    PhotoHeader header{PhotoFormat::Jpeg2000CodeStream, static_cast<int>(x1 - x0), static_cast<int>(y1 - y0),
                       static_cast<int>(components)};
    for (std::uint32_t i = 0; i < components; ++i) {
        header.bits = std::max(header.bits, (b[42 + 3 * i] & 0x7f) + 1);
        if (b[43 + 3 * i] == 0 || b[44 + 3 * i] == 0) return corrupt("JPEG 2000: component sampled zero times");
    }
    // Sixty-four bits before the sum: a tile may be as wide as thirty-two hold.
    header.tiles = ((std::int64_t{x1} + tile_w - 1) / tile_w) * ((std::int64_t{y1} + tile_h - 1) / tile_h);
    return header;
}

struct BoxSpan {
    std::uint32_t type = 0;
    Bytes content;
    std::size_t next = 0;  // where the following box starts
};

// One box at `at`: LBox TBox [XLBox]; LBox 0 runs to the end.
std::optional<BoxSpan> read_box(Bytes b, std::size_t at) {
    if (at > b.size() || b.size() - at < 8) return std::nullopt;
    std::uint64_t length = be32(b, at);
    std::size_t head = 8;
    if (length == 1) {
        if (b.size() - at < 16) return std::nullopt;
        length = static_cast<std::uint64_t>(be32(b, at + 8)) << 32U | be32(b, at + 12);
        head = 16;
    } else if (length == 0) {
        length = b.size() - at;
    }
    if (length < head) return std::nullopt;
    // A truncated last box keeps what is there: the decoder may still make a picture of it.
    const std::size_t end = at + static_cast<std::size_t>(std::min<std::uint64_t>(length, b.size() - at));
    return BoxSpan{be32(b, at + 4), b.subspan(at + head, end - at - head), end};
}

constexpr std::uint32_t box_type(const char (&name)[5]) {
    return static_cast<std::uint32_t>(name[0]) << 24U | static_cast<std::uint32_t>(name[1]) << 16U |
           static_cast<std::uint32_t>(name[2]) << 8U | static_cast<std::uint32_t>(name[3]);
}

Result<PhotoHeader> read_jp2(Bytes b) {
    std::optional<std::array<std::uint32_t, 2>> ihdr;  // height, width
    std::size_t at = 0;
    for (int boxes = 0; boxes < 64; ++boxes) {
        const auto box = read_box(b, at);
        if (!box) return corrupt("JP2: a box runs past the end");
        if (box->type == box_type("jp2h")) {
            const auto inner = read_box(box->content, 0);
            if (!inner || inner->type != box_type("ihdr") || inner->content.size() < 14)
                return corrupt("JP2: no image header box");
            ihdr = {be32(inner->content, 0), be32(inner->content, 4)};
        } else if (box->type == box_type("jp2c")) {
            if (!ihdr) return corrupt("JP2: code stream before the image header");
            auto header = read_code_stream(box->content);
            if (!header) return header;
            if (static_cast<std::uint32_t>(header->height) != (*ihdr)[0] ||
                static_cast<std::uint32_t>(header->width) != (*ihdr)[1])
                return corrupt("JP2: image header and code stream disagree about the size");
            header->format = PhotoFormat::Jp2;
            return header;
        }
        at = box->next;
    }
    return corrupt("JP2: no code stream");
}

bool is_start_of_frame(std::uint8_t marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

Result<PhotoHeader> read_jpeg(Bytes b) {
    std::size_t at = 2;
    while (at + 4 <= b.size()) {
        if (b[at] != 0xff) return corrupt("JPEG: no marker where one must be");
        const std::uint8_t marker = b[at + 1];
        if (marker == 0xff) {  // fill byte
            ++at;
            continue;
        }
        const std::uint32_t length = be16(b, at + 2);
        if (length < 2 || b.size() - at - 2 < length) return corrupt("JPEG: a segment runs past the end");
        if (is_start_of_frame(marker)) {
            if (length < 8) return corrupt("JPEG: frame header too short");
            const PhotoHeader header{PhotoFormat::Jpeg, static_cast<int>(be16(b, at + 7)),
                                     static_cast<int>(be16(b, at + 5)), b[at + 9], b[at + 4]};
            if (header.width == 0 || header.height == 0 || header.channels == 0 || header.channels > 4)
                return corrupt("JPEG: impossible frame header");
            return header;
        }
        if (marker == 0xda || marker == 0xd9) break;  // the scan, or the end, before any frame
        at += 2 + length;
    }
    return corrupt("JPEG: no frame header");
}

Result<PhotoHeader> read_png(Bytes b) {
    if (b.size() < 33 || be32(b, 8) != 13 || be32(b, 12) != box_type("IHDR")) return corrupt("PNG: no IHDR chunk");
    const std::uint32_t width = be32(b, 16);
    const std::uint32_t height = be32(b, 20);
    if (width == 0 || height == 0 || width > max_dimension || height > max_dimension)
        return corrupt("PNG: impossible size");
    int channels = 0;
    switch (b[25]) {
        case 0:
            channels = 1;
            break;
        case 4:
            channels = 2;
            break;
        case 2:
        case 3:
            channels = 3;
            break;
        case 6:
            channels = 4;
            break;
        default:
            return corrupt("PNG: unknown colour type");
    }
    return PhotoHeader{PhotoFormat::Png, static_cast<int>(width), static_cast<int>(height), channels, b[24]};
}

}  // namespace

Result<PhotoHeader> read_photo_header(Bytes bytes) {
    if (starts_with(bytes, jp2_signature)) return read_jp2(bytes);
    if (starts_with(bytes, code_stream_start)) return read_code_stream(bytes);
    if (starts_with(bytes, png_signature)) return read_png(bytes);
    if (bytes.size() >= 3 && bytes[0] == 0xff && bytes[1] == 0xd8 && bytes[2] == 0xff) return read_jpeg(bytes);
    return tl::unexpected(Error{Fault::Unsupported, "neither JPEG 2000 nor JPEG nor PNG"});
}

std::string_view to_string(PhotoFormat format) {
    switch (format) {
        case PhotoFormat::Jp2:
            return "jp2";
        case PhotoFormat::Jpeg2000CodeStream:
            return "j2k";
        case PhotoFormat::Jpeg:
            return "jpeg";
        case PhotoFormat::Png:
            return "png";
    }
    return "unknown";
}

}  // namespace uketsuke::vision
