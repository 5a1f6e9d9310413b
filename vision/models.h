#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "vision/error.h"

namespace uketsuke::vision {

// The files a FaceEngine works with. assets/models/README.md lists each with licence, source and sum.
struct ModelPaths {
    std::filesystem::path network;    // dlib metric network, 128 numbers from a 150×150 chip
    std::filesystem::path landmarks;  // dlib shape predictor, 5 or 68 points
};

// Official file names, best first for patients in Japan (vision.md §1: Taguchi's, then ResNet v1, then DenseNet).
std::vector<std::string_view> network_file_names();
std::vector<std::string_view> landmark_file_names();

// The model that a network file's name stands for, as operating points and FaceEngine::model_name() call it; empty for
// an unknown name.
std::string_view model_of_file(std::string_view file_name);

// Looks into `folders` in order for the best network and the best landmark file, which may lie in different ones; a
// better file in a later folder wins over a worse one in an earlier. /usr/share/dlib (package libdlib-data) is always
// looked at last for landmarks. With `measured` (names of models that have an operating point) only those networks
// count: a better one without a measured threshold decides nothing. NoModel says which kind is missing and where.
Result<ModelPaths> find_models(const std::vector<std::filesystem::path>& folders,
                               const std::vector<std::string>& measured = {});

// Makes the linear algebra library use one thread, so that capture and the screen keep their core. Call once at the
// start of a program, before a FaceEngine is loaded. Returns false when the library in use is not OpenBLAS: matching
// then works, but several times slower (a start-up message is in order). OPENBLAS_NUM_THREADS=1 does the same.
bool use_one_blas_thread();

}  // namespace uketsuke::vision
