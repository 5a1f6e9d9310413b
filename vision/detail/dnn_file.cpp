#include "vision/detail/dnn_file.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <vector>

namespace uketsuke::vision::detail {
namespace {

constexpr std::uintmax_t most_bytes = 128U << 20U;

Result<std::vector<uchar>> bytes_of(const std::filesystem::path& file) {
    std::error_code code;
    const auto size = std::filesystem::file_size(file, code);
    if (code) return tl::unexpected(Error{Fault::NotFound, file.string() + ": " + code.message()});
    if (size == 0 || size > most_bytes)
        return tl::unexpected(Error{Fault::BadModel, file.string() + ": " + std::to_string(size) +
                                                         " bytes where a network has 1 to 128 MB at most"});
    std::vector<uchar> bytes(size);
    std::ifstream in(file, std::ios::binary);
    if (!in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
        return tl::unexpected(Error{Fault::Unreadable, file.string() + ": cannot be read"});
    return bytes;
}

}  // namespace

std::string one_line(const std::exception& error) {
    std::string text = error.what();
    std::replace(text.begin(), text.end(), '\n', ' ');
    return text;
}

Result<cv::dnn::Net> read_dnn(const std::filesystem::path& file) {
    const auto weights = bytes_of(file);
    if (!weights) return tl::unexpected(weights.error());
    try {
        cv::dnn::Net net;
        if (file.extension() == ".caffemodel") {
            const auto layers = bytes_of(std::filesystem::path(file).replace_extension(".prototxt"));
            if (!layers) return tl::unexpected(layers.error());
            net = cv::dnn::readNetFromCaffe(*layers, *weights);
        } else {
            net = cv::dnn::readNetFromONNX(*weights);
        }
        if (net.empty()) return tl::unexpected(Error{Fault::BadModel, file.string() + ": no layers in it"});
        net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
        return net;
    } catch (const std::exception& error) {
        return tl::unexpected(
            Error{Fault::BadModel, file.string() + ": not a network for cv::dnn: " + one_line(error)});
    }
}

}  // namespace uketsuke::vision::detail
