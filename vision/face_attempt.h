#pragma once

#include <functional>
#include <memory>
#include <string>

#include "vision/camera.h"
#include "vision/challenge.h"
#include "vision/face_engine.h"
#include "vision/operating_point.h"
#include "vision/verdict.h"

namespace uketsuke::vision {

struct AttemptOptions {
    int frames_needed = 5;  // Verifier
    // How often the head must be turned to a side that chance picks; 0: no challenge, whoever holds a photograph
    // passes.
    int turns = 1;
    std::function<Side()> pick_side;  // chance; needed when turns > 0
    // Whether a pixel grid over the face, or straight borders that move with it, end the attempt as NotLive
    // (texture.h).
    bool cues = true;
};

struct AttemptProgress {
    Verdict verdict = Verdict::Undecided;
    Guidance guidance = Guidance::NoFace;  // what to tell the person: also TurnLeft and TurnRight
    // Why the verdict is NotLive, for staff and the log ("flat: the nose did not leave the line of the eyes"). Nothing
    // of a face is in it.
    std::string reason;
};

// One attempt of one person, from the first frame to a verdict: is it the person of the reference, and is it a living
// head (presentation attack detection in the words of ISO/IEC 30107-3; what it covers: vision/README.md)? Match needs
// both. Owner: one thread, the engine's. Keeps small gray crops between two frames, wiped with it; the engine and the
// reference outlive it. Time is the frames' own (Frame::taken).
class FaceAttempt {
  public:
    FaceAttempt(FaceEngine& engine, const Reference& reference, OperatingPoint point, AttemptOptions options);
    ~FaceAttempt();
    FaceAttempt(const FaceAttempt&) = delete;
    FaceAttempt& operator=(const FaceAttempt&) = delete;

    // Once decided it stays decided.
    AttemptProgress observe(const Frame& frame);
    AttemptProgress progress() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}  // namespace uketsuke::vision
