#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "vision/error.h"

namespace uketsuke::vision {

enum class PixelFormat : std::uint8_t { Gray8, Rgb8 };

// A picture by value: rows top to bottom without padding, width × height × (1 or 3) bytes. Copying copies the pixels;
// whoever holds a person's picture calls wipe() before letting go of it.
struct Image {
    int width = 0;
    int height = 0;
    PixelFormat format = PixelFormat::Gray8;
    std::vector<std::uint8_t> pixels;

    std::size_t channels() const { return format == PixelFormat::Rgb8 ? 3 : 1; }
    bool empty() const { return pixels.empty(); }
    // Whether the fields agree with each other; every function here refuses an image that is not sound.
    bool sound() const;
};

// Overwrites the pixels with zeros in a way the compiler keeps, and empties the image.
void wipe(Image& image);
void wipe(std::vector<std::uint8_t>& bytes);

// Bounds on a photograph that comes from outside. A card's photo is a few kilobytes; a camera's still some megabytes.
struct PhotoBounds {
    std::size_t max_bytes = 2U << 20U;
    int max_side = 4096;
    std::int64_t max_pixels = 8'000'000;
};

// Decodes an untrusted JPEG 2000 (JP2 box form or bare code stream), JPEG or PNG. Size and dimensions are read from the
// header and held against `bounds` before a decoder sees a byte; a decoder's exception becomes Fault::Corrupt. Gray
// stays Gray8, everything else becomes Rgb8; alpha is dropped. Any thread.
Result<Image> decode_photo(std::span<const std::uint8_t> bytes, const PhotoBounds& bounds = {});

// JPEG 2000 (JP2) of about `approx_bytes`: the largest rate that stays below it, as far as the encoder can hit it.
Result<std::vector<std::uint8_t>> encode_jp2(const Image& image, int approx_bytes);
Result<std::vector<std::uint8_t>> encode_png(const Image& image);

// Reads a picture file of at most 64 MB / 40 megapixels, bounded like decode_photo. The error names the file.
Result<Image> read_image(const std::filesystem::path& path);

// What a My Number card's chip would hold of this photograph: the middle cut to 3:4, 240×320, gray, JP2 of about 5 kB.
// Sizes are this project's assumption (the real ones are not public).
struct ChipPhoto {
    int width = 240;
    int height = 320;
    int bytes = 5000;
    bool colour = false;
};
Result<std::vector<std::uint8_t>> encode_chip_photo(const Image& image, const ChipPhoto& form = {});

Image to_gray(const Image& image);
Image to_rgb(const Image& image);
// Area average when smaller, cubic when larger. Returns an empty image for a side < 1.
Image resized(const Image& image, int width, int height);
Image mirrored(const Image& image);

}  // namespace uketsuke::vision
