#pragma once

#include <chrono>
#include <optional>

#include "vision/blank.h"
#include "vision/camera.h"

namespace uketsuke::vision {

// What every frame of a camera passes before anyone sees it. One owner, no clock of its own.
class FrameCheck {
  public:
    static constexpr int min_side = 32;  // pixels; a frame outside is no picture of a reception camera
    static constexpr int max_side = 4096;

    // `film`: the very same picture for long is no fault.
    explicit FrameCheck(BlankLimits limits = {}, bool film = false) : m_blank(limits), m_film(film) {}

    // Nothing for a good frame, else Garbled (unsound, not Rgb8, an absurd size, another size than the frame before) or
    // Blank, with what was seen. A new size is told once and is the usual one from then on.
    std::optional<CameraError> observe(const Image& image, std::chrono::steady_clock::time_point taken);
    void reset();

  private:
    BlankDetector m_blank;
    bool m_film;
    int m_width = 0;
    int m_height = 0;
};

}  // namespace uketsuke::vision
