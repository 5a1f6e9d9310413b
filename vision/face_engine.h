#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "vision/embedding.h"
#include "vision/guidance.h"
#include "vision/image.h"
#include "vision/models.h"

namespace uketsuke::vision {

// Pixels of the picture that was given.
struct Box {
    double left = 0;
    double top = 0;
    double width = 0;
    double height = 0;
};

// What one frame says. Points as seen in the picture: left_eye is the one nearer its left edge.
struct Analysis {
    FaceMeasure measure;
    Guidance guidance = Guidance::NoFace;
    Box box;  // of the face meant: the nearest to the centre; valid when measure.faces > 0
    Point left_eye;
    Point right_eye;
    Point nose;
    bool tracked = false;                // found near where it was in the frame before
    std::optional<Embedding> embedding;  // when asked for and usable
};

enum class Depth : std::uint8_t {
    FaceOnly,        // where and how good: a preview's guidance
    Identity,        // and the embedding, when guidance is Ok
    IdentityAlways,  // and the embedding of any face: for measuring
};

struct EngineOptions {
    GuidanceLimits limits;
    bool mirror_reference = true;  // average with the mirrored card photo: once a session
    bool mirror_live = true;       // average with the mirrored live face: twice the network's time a frame
    int detect_side = 240;         // live frames: the shorter side is reduced to this before the detector
};

// Finds, aligns and compares faces. One thread at a time; loading takes some tens of milliseconds. Both sides of a
// comparison are made gray, since a chip's photograph is. Keeps no picture; the tracked position only, until reset().
class FaceEngine {
  public:
    // BadModel names the file and what is wrong with it: truncated, another type, not dlib's.
    static Result<std::unique_ptr<FaceEngine>> load(const ModelPaths& paths, const EngineOptions& options = {});
    virtual ~FaceEngine() = default;
    FaceEngine(const FaceEngine&) = delete;
    FaceEngine& operator=(const FaceEngine&) = delete;

    // Short name of the evidence in use, as operating points are named: "taguchi", "resnet-v1", "densenet-v1".
    virtual std::string model_name() const = 0;
    virtual int landmark_points() const = 0;

    // A live frame. Any sound image; an unsound one is NoFace.
    virtual Analysis analyse(const Image& frame, Depth depth) = 0;
    // A still without relation to the frame before: whole picture, enlarged when small. For measuring and card photos.
    virtual Analysis analyse_still(const Image& still, Depth depth) = 0;
    // The card's photograph. NoFace when none is found even enlarged.
    virtual Result<Reference> enroll(const Image& card_photo) = 0;
    // How far apart: 0 is the same picture. Compare with an operating point of this model only.
    virtual double distance(const Reference& reference, const Embedding& live) const = 0;
    // Forgets where the face was. Call between sessions.
    virtual void reset() = 0;
    // Time of one network pass on a blank chip, warm. Beyond 60 ms the wrong BLAS is in use: say so at start.
    virtual std::chrono::microseconds time_one_chip() = 0;

  protected:
    FaceEngine() = default;
};

}  // namespace uketsuke::vision
