#pragma once

#include <memory>

#include "vision/embedding.h"
#include "vision/image.h"
#include "vision/models.h"

namespace uketsuke::vision {

// The pipeline of dlib's own face recognition example, to measure against and for nothing else: detector over the full
// frame enlarged once, landmarks, chip, the network over `jitter` randomly shifted copies, no tracking, nothing
// reduced. One thread at a time. Its network sees gray chips, as the FaceEngine's does.
class PlainPipeline {
  public:
    // The first dlib network and the landmark file that were found.
    static Result<std::unique_ptr<PlainPipeline>> load(const ModelPaths& found);
    virtual ~PlainPipeline() = default;
    PlainPipeline(const PlainPipeline&) = delete;
    PlainPipeline& operator=(const PlainPipeline&) = delete;

    // Number of faces found; their landmarks are computed too.
    virtual int find(const Image& frame) = 0;
    // Empty when no face is found. jitter 1: the plain chip.
    virtual Embedding embed(const Image& frame, int jitter) = 0;

  protected:
    PlainPipeline() = default;
};

}  // namespace uketsuke::vision
