// The card's front through a camera over the slot: takes pictures until one is read with certainty.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "card/front.h"
#include "card/front/number_reader.h"
#include "card/front/picture.h"

namespace uketsuke::card {

// Measured: see card/front/README.md.
inline constexpr double k_least_front_confidence = 0.65;

struct CameraFrontOptions {
    double least_confidence = k_least_front_confidence;
    int pictures = 3;  // at most, 1 to 10
    // The day that expiry years are held against; empty: the system's clock.
    std::function<std::chrono::sys_seconds()> now;
};

// Thread: one at a time.
class CameraFront : public CardFront {
  public:
    CameraFront(std::unique_ptr<FrontCamera> camera, std::unique_ptr<NumberReader> reader,
                CameraFrontOptions options = {});

    // The first picture that is read with least_confidence decides; two uncertain ones that agree do not add up. The
    // camera's own errors end it. After the last picture BadData: the last reason, or "the number is not certain".
    Result<NumberB> read_number() override;

  private:
    std::unique_ptr<FrontCamera> m_camera;
    std::unique_ptr<NumberReader> m_reader;
    CameraFrontOptions m_options;
};

}  // namespace uketsuke::card
