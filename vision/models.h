#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "vision/error.h"

namespace uketsuke::vision {

// A face network this room can work with, by its official file name. assets/models/README.md has licences and sources.
struct KnownNetwork {
    enum class Kind : std::uint8_t {
        Dlib,     // dlib metric network, 150×150 chip
        Arcface,  // ONNX or Caffe (its .prototxt beside it) over cv::dnn, 112×112 chip, RGB (value − mean) · scale
    };
    std::string_view model;  // as operating points call it
    std::string_view file;
    Kind kind = Kind::Dlib;
    double mean = 0;
    double scale = 1;
    bool evaluation_only = false;  // no licence to decide about patients: measured with, nothing else
};

// All of them, in the order in which they stand in a combination's name.
std::span<const KnownNetwork> known_networks();
const KnownNetwork* known_network(std::string_view model);  // nullptr for an unknown name

// A combination's name is its models joined by "+", in the order of known_networks(): "densenet-v1+sface". Its parts,
// each known and in that order; empty for anything else.
std::vector<std::string> models_of(std::string_view combination);
// Whether a network without a licence for patients takes part in it.
bool evaluation_only(std::string_view combination);

struct NetworkFile {
    std::string model;
    std::filesystem::path file;
};

// The files that were found.
struct ModelPaths {
    std::vector<NetworkFile> networks;  // in the order of known_networks(), at least one
    std::filesystem::path detector;     // YuNet; empty: dlib's own HOG detector is used, which needs landmarks
    std::filesystem::path landmarks;    // dlib shape predictor, 5 points better than 68; empty: not found

    // Every combination of the networks: what choose() may pick from.
    std::vector<std::string> combinations() const;
};

// Looks into `folders` in order for every known network, for YuNet and for landmarks, which may lie in different ones;
// the first folder that has a file wins. /usr/share/dlib (package libdlib-data) is looked at last for landmarks.
// NoModel says what is missing and where: there must be a network, and YuNet or landmarks.
Result<ModelPaths> find_models(const std::vector<std::filesystem::path>& folders);

// Makes the linear algebra library and OpenCV use one thread each, so that capture and the screen keep their core. Call
// once at the start of a program, before a FaceEngine is loaded. Returns false when the library in use is not OpenBLAS:
// matching then works, but several times slower (a start-up message is in order). OPENBLAS_NUM_THREADS=1 does the same
// for OpenBLAS.
bool use_one_blas_thread();

}  // namespace uketsuke::vision
