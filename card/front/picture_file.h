// Pictures of fronts on disk, for a program and for tests. The kiosk itself keeps none.
#pragma once

#include <string>

#include "card/front/picture.h"

namespace uketsuke::card {

inline constexpr std::size_t k_largest_picture_file = 16U << 20U;  // bytes

// A PNG or JPEG, turned to grey. BadData with the file's name: missing, larger than k_largest_picture_file, no picture,
// or sides outside of k_smallest_front_picture and k_largest_front_picture (the longer one, and neither below 64).
Result<FrontPicture> load_front_picture(const std::string& path);
// Writes a PNG. BadData with the file's name when that fails or the picture's size does not fit its bytes.
Result<void> save_front_picture(const FrontPicture& picture, const std::string& path);

}  // namespace uketsuke::card
