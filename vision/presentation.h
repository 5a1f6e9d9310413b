#pragma once

#include <memory>
#include <optional>

#include "vision/geometry.h"
#include "vision/image.h"

namespace uketsuke::vision {

// How far the nose moved against eyes and mouth since start(), in eye distances along the eye line, positive towards
// the person's left: as ChallengeFrame has it, but followed by optical flow from frame to frame instead of found anew.
// Landmarks are learned from turned heads and see one in a foreshortened sheet; the pixels of a sheet do not.
struct Followed {
    double against_eyes = 0;
    double against_mouth = 0;  // NaN where the landmarks have no mouth
    double narrowed = 1;       // eye distance ÷ eyes to mouth, as a share of that at start(); NaN likewise
};

// Follows a face's nose, eyes and mouth while a turn is asked for. Two milliseconds a frame. Keeps one small gray
// crop, wiped with it. One thread.
class PresentationMeter {
  public:
    PresentationMeter();
    ~PresentationMeter();
    PresentationMeter(const PresentationMeter&) = delete;
    PresentationMeter& operator=(const PresentationMeter&) = delete;

    // From a frontal frame on. The surroundings of `box` stay the place that is looked at: a face that leaves them is
    // lost. A frame that is not sound, or a box outside it, follows nothing.
    void start(const Image& frame, const Box& box, const FivePoints& points);
    // The next frame of the same size; none when nothing is followed or a point was lost.
    std::optional<Followed> follow(const Image& frame);
    void stop();

  private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::vision
