#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vision/embedding.h"
#include "vision/geometry.h"
#include "vision/guidance.h"
#include "vision/image.h"
#include "vision/models.h"
#include "vision/operating_point.h"

namespace uketsuke::vision {

// What one frame says.
struct Analysis {
    FaceMeasure measure;
    Guidance guidance = Guidance::NoFace;
    Box box;  // of the face meant: the nearest to the centre; valid when measure.faces > 0
    FivePoints points;
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
    // Points and numbers averaged with those of the mirrored card photo: once a session.
    bool mirror_reference = true;
    // The same of every live face, at twice the time a frame: measured, it does not pay (vision/README.md).
    bool mirror_live = false;
    int detect_side = 240;  // live frames: the shorter side is reduced to this before the detector
};

// Finds, aligns and compares faces: by YuNet where its file was found, by dlib's HOG and landmarks where not. One
// thread at a time; loading takes some tens of milliseconds (380 more for 68 landmarks). Both sides of a comparison are
// made gray, since a chip's photograph is. Keeps no picture; the tracked position only, until reset().
//
//     find_models → load_operating_points → choose → load → enroll, analyse
class FaceEngine {
  public:
    // The networks of the point's combination with its weights, out of the files that were found. BadModel names the
    // file and what is wrong with it: truncated, hostile, another type. NoModel: a network of it was not found.
    static Result<std::unique_ptr<FaceEngine>> load(const ModelPaths& found, const OperatingPoint& point,
                                                    const EngineOptions& options = {});
    // The same by the combination's name; no weights: each 1. For measuring.
    static Result<std::unique_ptr<FaceEngine>> load(const ModelPaths& found, std::string_view combination,
                                                    const std::vector<double>& weights = {},
                                                    const EngineOptions& options = {});
    virtual ~FaceEngine() = default;
    FaceEngine(const FaceEngine&) = delete;
    FaceEngine& operator=(const FaceEngine&) = delete;

    // The combination in use, as operating points are named: "densenet-v1", "densenet-v1+sface".
    virtual std::string model_name() const = 0;
    // 5 (YuNet, dlib's small file: no mouth) or 68.
    virtual int landmark_points() const = 0;

    // A live frame. Any sound image; an unsound one is NoFace.
    virtual Analysis analyse(const Image& frame, Depth depth) = 0;
    // A still without relation to the frame before: whole picture, enlarged when small. For measuring and card photos.
    virtual Analysis analyse_still(const Image& still, Depth depth) = 0;
    // The card's photograph. NoFace when none is found even enlarged.
    virtual Result<Reference> enroll(const Image& card_photo) = 0;
    // How far apart: 0 is the same picture. Compare with an operating point of this combination and weights only.
    virtual double distance(const Reference& reference, const Embedding& live) const = 0;
    // Forgets where the face was. Call between attempts.
    virtual void reset() = 0;
    // The same, and overwrites what the networks still hold of the last picture. Call when a session ends; takes about
    // as long as two passes. What the libraries freed on the way is for the allocator to overwrite (app/main hardens
    // the process so).
    virtual void forget() = 0;
    // Time of one pass of every network on a blank chip, warm. Beyond 60 ms the wrong BLAS is in use: say so at start.
    virtual std::chrono::microseconds time_one_chip() = 0;

  protected:
    FaceEngine() = default;
};

}  // namespace uketsuke::vision
