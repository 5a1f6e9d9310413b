#include "vision/models.h"

#include <dlfcn.h>

#include <algorithm>

namespace uketsuke::vision {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> best_of(const std::vector<std::string_view>& names, const std::vector<fs::path>& folders) {
    for (const auto name : names) {
        for (const auto& folder : folders) {
            const fs::path file = folder / name;
            std::error_code code;
            if (fs::is_regular_file(file, code)) return file;
        }
    }
    return std::nullopt;
}

}  // namespace

std::vector<std::string_view> network_file_names() {
    return {"taguchi_face_recognition_resnet_model_v1.dat", "dlib_face_recognition_resnet_model_v1.dat",
            "face_recognition_densenet_model_v1.dat"};
}

std::vector<std::string_view> landmark_file_names() {
    return {"shape_predictor_5_face_landmarks.dat", "shape_predictor_68_face_landmarks.dat"};
}

std::string_view model_of_file(std::string_view file_name) {
    if (file_name == "taguchi_face_recognition_resnet_model_v1.dat") return "taguchi";
    if (file_name == "dlib_face_recognition_resnet_model_v1.dat") return "resnet-v1";
    if (file_name == "face_recognition_densenet_model_v1.dat") return "densenet-v1";
    return {};
}

Result<ModelPaths> find_models(const std::vector<fs::path>& folders, const std::vector<std::string>& measured) {
    std::vector<fs::path> landmark_folders = folders;
    landmark_folders.emplace_back("/usr/share/dlib");
    std::vector<std::string_view> networks = network_file_names();
    if (!measured.empty())
        std::erase_if(networks, [&](std::string_view name) {
            return std::find(measured.begin(), measured.end(), model_of_file(name)) == measured.end();
        });
    const auto network = best_of(networks, folders);
    const auto landmarks = best_of(landmark_file_names(), landmark_folders);
    if (network && landmarks) return ModelPaths{*network, *landmarks};
    std::string where;
    if (!network) where += measured.empty() ? "no face network" : "no face network with a measured operating point";
    if (!landmarks) where += network ? "no landmark file" : " and no landmark file";
    where += " in";
    for (const auto& folder : network ? landmark_folders : folders) where.append(" ").append(folder.string());
    if (folders.empty()) where += " no folder at all";
    return tl::unexpected(Error{Fault::NoModel, where + " (kiosk-config/fetch-models fetches them)"});
}

bool use_one_blas_thread() {
    // Which BLAS is behind libblas.so.3 is the system's choice, so its own function is looked up at run time.
    using SetThreads = void (*)(int);
    const auto set_threads = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (set_threads == nullptr) return false;
    set_threads(1);
    return true;
}

}  // namespace uketsuke::vision
