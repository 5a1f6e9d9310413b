#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "vision/error.h"

namespace uketsuke::vision {

enum class PhotoFormat : std::uint8_t { Jp2, Jpeg2000CodeStream, Jpeg, Png };

// What a picture's header says of itself, read without decoding. Pure; every length is checked against the span.
struct PhotoHeader {
    PhotoFormat format = PhotoFormat::Jp2;
    int width = 0;
    int height = 0;
    int channels = 0;
    int bits = 8;            // of one channel
    std::int64_t tiles = 1;  // of JPEG 2000
};

// JP2: the ihdr box and the code stream's SIZ marker, which must agree (ISO/IEC 15444-1 Annexes I and A). JPEG: the
// first SOF marker (ITU-T T.81 B.2.2). PNG: IHDR. Anything else is Fault::Unsupported; a header that runs past the end
// or contradicts itself is Fault::Corrupt.
Result<PhotoHeader> read_photo_header(std::span<const std::uint8_t> bytes);

// "jp2", "j2k", "jpeg", "png".
std::string_view to_string(PhotoFormat format);

}  // namespace uketsuke::vision
