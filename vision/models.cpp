#include "vision/models.h"

#include <dlfcn.h>

#include <algorithm>
#include <array>
#include <opencv2/core/utility.hpp>

namespace uketsuke::vision {
namespace {

namespace fs = std::filesystem;
using Kind = KnownNetwork::Kind;

constexpr std::array networks{
    KnownNetwork{"taguchi", "taguchi_face_recognition_resnet_model_v1.dat", Kind::Dlib, 0, 1, false},
    KnownNetwork{"resnet-v1", "dlib_face_recognition_resnet_model_v1.dat", Kind::Dlib, 0, 1, false},
    KnownNetwork{"densenet-v1", "face_recognition_densenet_model_v1.dat", Kind::Dlib, 0, 1, false},
    // The file scales its input itself.
    KnownNetwork{"sface", "face_recognition_sface_2021dec.onnx", Kind::Arcface, 0, 1, false},
    KnownNetwork{"mobilefacenet-y1", "mobilefacenet_y1.caffemodel", Kind::Arcface, 127.5, 1 / 128.0, true},
};
constexpr std::array<std::string_view, 1> detector_files{"yunet_n_320_320.onnx"};
constexpr std::array<std::string_view, 2> landmark_files{"shape_predictor_5_face_landmarks.dat",
                                                         "shape_predictor_68_face_landmarks.dat"};

// The first of `names` that lies in any of `folders`; empty when none does.
fs::path first_of(std::span<const std::string_view> names, const std::vector<fs::path>& folders) {
    for (const auto name : names) {
        for (const auto& folder : folders) {
            std::error_code code;
            if (fs::is_regular_file(folder / name, code)) return folder / name;
        }
    }
    return {};
}

}  // namespace

std::span<const KnownNetwork> known_networks() {
    return networks;
}

const KnownNetwork* known_network(std::string_view model) {
    const auto at = std::find_if(networks.begin(), networks.end(), [&](const auto& one) { return one.model == model; });
    return at == networks.end() ? nullptr : &*at;
}

std::vector<std::string> models_of(std::string_view combination) {
    std::vector<std::string> models;
    const KnownNetwork* last = nullptr;
    while (true) {
        const auto plus = combination.find('+');
        const KnownNetwork* network = known_network(combination.substr(0, plus));
        if (network == nullptr || (last != nullptr && network <= last)) return {};
        models.emplace_back(network->model);
        last = network;
        if (plus == std::string_view::npos) return models;
        combination.remove_prefix(plus + 1);
    }
}

bool evaluation_only(std::string_view combination) {
    const auto models = models_of(combination);
    return std::any_of(models.begin(), models.end(),
                       [](const std::string& model) { return known_network(model)->evaluation_only; });
}

std::vector<std::string> ModelPaths::combinations() const {
    std::vector<std::string> names;
    for (std::size_t bits = 1; bits < (std::size_t{1} << networks.size()); ++bits) {
        std::string name;
        for (std::size_t i = 0; i < networks.size(); ++i)
            if ((bits >> i & 1U) != 0) name += (name.empty() ? "" : "+") + networks[i].model;
        names.push_back(std::move(name));
    }
    return names;
}

Result<ModelPaths> find_models(const std::vector<fs::path>& folders) {
    std::vector<fs::path> landmark_folders = folders;
    landmark_folders.emplace_back("/usr/share/dlib");
    ModelPaths found;
    for (const auto& network : networks)
        if (auto file = first_of({&network.file, 1}, folders); !file.empty())
            found.networks.push_back({std::string(network.model), std::move(file)});
    found.detector = first_of(detector_files, folders);
    found.landmarks = first_of(landmark_files, landmark_folders);
    const bool points = !found.detector.empty() || !found.landmarks.empty();
    if (!found.networks.empty() && points) return found;
    std::string where;
    if (found.networks.empty()) where += "no face network";
    if (!points) where += std::string(where.empty() ? "no" : " and no") + " face detector with points or landmark file";
    where += " in";
    for (const auto& folder : points ? folders : landmark_folders) where.append(" ").append(folder.string());
    if (folders.empty()) where += " no folder at all";
    return tl::unexpected(Error{Fault::NoModel, where + " (kiosk-config/fetch-models fetches them)"});
}

bool use_one_blas_thread() {
    cv::setNumThreads(1);
    // Which BLAS is behind libblas.so.3 is the system's choice, so its own function is looked up at run time.
    using SetThreads = void (*)(int);
    const auto set_threads = reinterpret_cast<SetThreads>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"));
    if (set_threads == nullptr) return false;
    set_threads(1);
    return true;
}

}  // namespace uketsuke::vision
