// Finds the card in a picture and lays it flat. Private to card/front.
#pragma once

#include <opencv2/core.hpp>
#include <optional>

namespace uketsuke::card {

inline constexpr int k_flat_scale = 15;  // pixels a millimetre
inline constexpr int k_flat_width = 1284;
inline constexpr int k_flat_height = 810;

struct FlatCard {
    cv::Mat grey;           // k_flat_width × k_flat_height, lying; upright or upside down is not known here
    int turns = 0;          // how many quarter turns clockwise the picture is from `grey`: 0 or 1
    bool outlined = false;  // false: no edge was found, the card is taken to fill the picture
};

// `picture`: 8-bit grey, checked. Looks for the four sides (any tilt, some perspective); where there are none, takes
// the whole picture along its longer side and turns it by up to 12° until its lines of text lie level.
FlatCard flatten_card(const cv::Mat& picture);

// The same card turned by half a turn.
cv::Mat upside_down(const cv::Mat& flat);

}  // namespace uketsuke::card
