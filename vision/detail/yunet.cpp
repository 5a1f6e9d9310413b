#include "vision/detail/yunet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "vision/detail/cv_image.h"
#include "vision/detail/dnn_file.h"

namespace uketsuke::vision::detail {
namespace {

constexpr std::array strides{8, 16, 32};
constexpr int whole = 32;  // every side is a multiple of the largest stride

// Where one face was seen by the network: its own box serves only to merge what overlaps.
struct Candidate {
    cv::Rect2d box;
    FoundFace face;
};

double overlap(const cv::Rect2d& a, const cv::Rect2d& b) {
    const double both = (a & b).area();
    const double either = a.area() + b.area() - both;
    return either > 0 ? both / either : 0;
}

std::vector<std::string> output_names() {
    std::vector<std::string> names;
    for (const char* kind : {"cls_", "obj_", "bbox_", "kps_"})
        for (const int stride : strides) names.push_back(kind + std::to_string(stride));
    return names;
}

// Empty when the outputs of a picture of `size` have YuNet's shape.
std::string complaint_about(const std::vector<cv::Mat>& outputs, const cv::Size& size) {
    static constexpr std::array numbers{1, 1, 4, 10};
    if (outputs.size() != numbers.size() * strides.size()) return "not twelve outputs";
    for (std::size_t kind = 0; kind < numbers.size(); ++kind) {
        for (std::size_t i = 0; i < strides.size(); ++i) {
            const cv::Mat& out = outputs[kind * strides.size() + i];
            const auto cells = static_cast<std::size_t>((size.width / strides[i]) * (size.height / strides[i]));
            if (out.depth() != CV_32F || !out.isContinuous() ||
                out.total() != cells * static_cast<std::size_t>(numbers[kind]))
                return "an output of another size";
            if (!cv::checkRange(out)) return "an output that is not finite";
        }
    }
    return {};
}

std::vector<cv::Mat> forward(cv::dnn::Net& net, const cv::Mat& gray) {
    const cv::Size padded((gray.cols + whole - 1) / whole * whole, (gray.rows + whole - 1) / whole * whole);
    cv::Mat three(padded, CV_8UC3, cv::Scalar::all(0));
    cv::Mat inside = three(cv::Rect(0, 0, gray.cols, gray.rows));
    cv::cvtColor(gray, inside, cv::COLOR_GRAY2BGR);
    cv::Mat blob = cv::dnn::blobFromImage(three);
    wipe(three);
    net.setInput(blob);
    std::vector<cv::Mat> outputs;
    net.forward(outputs, output_names());
    explicit_bzero(blob.data, blob.total() * blob.elemSize());
    if (const auto what = complaint_about(outputs, padded); !what.empty()) CV_Error(cv::Error::StsBadSize, what);
    return outputs;
}

void collect(const std::vector<cv::Mat>& outputs, std::size_t level, int columns, double least_score,
             std::vector<Candidate>& into) {
    const auto output = [&](std::size_t kind) { return outputs[kind * strides.size() + level].ptr<float>(); };
    const float* const cls = output(0);
    const float* const obj = output(1);
    const double stride = strides[level];
    const auto cells = static_cast<int>(outputs[level].total());
    for (int cell = 0; cell < cells; ++cell) {
        const double score = std::sqrt(std::clamp<double>(cls[cell], 0, 1) * std::clamp<double>(obj[cell], 0, 1));
        if (score < least_score) continue;
        const double column = cell % columns;
        const double row = cell / columns;
        const float* const box = output(2) + 4 * cell;
        const float* const key = output(3) + 10 * cell;
        const double width = std::exp(std::min(box[2], 10.0F)) * stride;
        const double height = std::exp(std::min(box[3], 10.0F)) * stride;
        const auto point = [&](int n) {
            return Point{(key[2 * n] + column) * stride, (key[2 * n + 1] + row) * stride};
        };
        into.push_back({{(column + box[0]) * stride - width / 2, (row + box[1]) * stride - height / 2, width, height},
                        {{point(0), point(1), point(2), point(3), point(4), true}, score}});
    }
}

}  // namespace

Result<std::unique_ptr<YuNet>> YuNet::load(const std::filesystem::path& file) {
    auto net = read_dnn(file);
    if (!net) return tl::unexpected(net.error());
    std::unique_ptr<YuNet> yunet(new YuNet(std::move(*net)));
    try {
        yunet->detect(cv::Mat(160, 160, CV_8UC1, cv::Scalar(128)), 0.5);
    } catch (const std::exception& error) {
        return tl::unexpected(Error{Fault::BadModel, file.string() + ": not a YuNet detector: " + one_line(error)});
    }
    return yunet;
}

void YuNet::forget() {
    detect(cv::Mat(whole, whole, CV_8UC1, cv::Scalar(128)), 1);
}

std::vector<FoundFace> YuNet::detect(const cv::Mat& gray, double least_score) {
    if (gray.empty() || gray.type() != CV_8UC1) return {};
    const std::vector<cv::Mat> outputs = forward(m_net, gray);
    const int width = (gray.cols + whole - 1) / whole * whole;
    std::vector<Candidate> candidates;
    for (std::size_t level = 0; level < strides.size(); ++level)
        collect(outputs, level, width / strides[level], least_score, candidates);
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return a.face.score > b.face.score; });
    constexpr std::size_t most = 256;  // of a crowd: merging is quadratic
    if (candidates.size() > most) candidates.resize(most);
    std::vector<cv::Rect2d> taken;
    std::vector<FoundFace> faces;
    for (const auto& one : candidates) {
        if (std::any_of(taken.begin(), taken.end(), [&](const auto& box) { return overlap(box, one.box) > 0.3; }))
            continue;
        taken.push_back(one.box);
        faces.push_back(one.face);
    }
    return faces;
}

}  // namespace uketsuke::vision::detail
