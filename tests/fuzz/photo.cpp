// A photograph from a stranger's chip: whatever its bytes, it becomes a bounded picture or an error.
#include <algorithm>

#include "tests/fuzz/targets.h"
#include "vision/image.h"
#include "vision/photo_header.h"

namespace uketsuke::fuzz {

int run_photo(Input bytes) {
    // Small enough that a run takes milliseconds, with every bound within a mutation's reach.
    constexpr vision::PhotoBounds k_bounds{1U << 18, 512, 100'000};
    const auto input = exact_copy(bytes);
    const auto header = vision::read_photo_header(input);
    if (header) {
        promise(header->width > 0 && header->height > 0, "a header without a size");
        promise(header->channels >= 1 && header->channels <= 4, "a header's channels");
        promise(header->tiles >= 1, "a header's tiles");
    } else {
        promise(!header.error().where.empty(), "a header's error without words");
    }
    auto image = vision::decode_photo(input, k_bounds);
    auto again = vision::decode_photo(input, k_bounds);
    promise(image.has_value() == again.has_value(), "the same bytes decode once only");
    if (!image) {
        promise(!image.error().where.empty() && image.error().fault == again.error().fault, "an error of another kind");
        return 0;
    }
    promise(header.has_value(), "a picture without a header");
    promise(image->sound(), "an unsound picture");
    promise(image->width <= k_bounds.max_side && image->height <= k_bounds.max_side, "a side beyond its bound");
    promise(static_cast<std::int64_t>(image->width) * image->height ==
                static_cast<std::int64_t>(header->width) * header->height,
            "a picture of another size than its header says");
    promise(image->format == again->format &&
                std::equal(image->pixels.begin(), image->pixels.end(), again->pixels.begin(), again->pixels.end()),
            "another picture of the same bytes");
    vision::Image gray = vision::to_gray(*image);
    promise(gray.sound() && gray.format == vision::PixelFormat::Gray8 && gray.width == image->width &&
                gray.height == image->height,
            "gray of another size");
    vision::wipe(gray);
    vision::wipe(*image);
    vision::wipe(*again);
    promise(image->empty(), "a wiped picture keeps pixels");
    return 0;
}

}  // namespace uketsuke::fuzz
