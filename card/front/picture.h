// A picture of what lies in the slot, seen from above, and where it comes from.
#pragma once

#include <cstdint>

#include "card/error.h"
#include "card/secret.h"

namespace uketsuke::card {

// 8-bit grey, rows from the top, no padding: grey.size() == width * height. Wiped when it goes.
struct FrontPicture {
    int width = 0;  // pixels
    int height = 0;
    SecretBytes grey;
};

inline constexpr int k_smallest_front_picture = 320;  // pixels, the longer side: below this no digit can be read
inline constexpr int k_largest_front_picture = 4096;

// Thread: one at a time.
class FrontCamera {
  public:
    FrontCamera() = default;
    FrontCamera(const FrontCamera&) = delete;
    FrontCamera& operator=(const FrontCamera&) = delete;
    virtual ~FrontCamera() = default;

    // What the camera over the slot sees now. NoCard when nothing can lie there, NotFound when there is no camera,
    // CardSilent when the camera gives no picture in time.
    virtual Result<FrontPicture> take() = 0;
};

}  // namespace uketsuke::card
