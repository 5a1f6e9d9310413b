#include "vision/detail/dnn_network.h"

#include <cmath>
#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>

#include "vision/detail/cv_image.h"
#include "vision/detail/dnn_file.h"

namespace uketsuke::vision::detail {
namespace {

class DnnNetwork : public Network {
  public:
    DnnNetwork(cv::dnn::Net net, const DnnSpec& spec) : m_net(std::move(net)), m_spec(spec) {}

    std::string name() const override { return std::string(m_spec.model); }
    Alignment alignment() const override { return Alignment::Arcface; }

    std::vector<float> embed(const std::vector<std::uint8_t>& gray_chip, bool mirror) override {
        if (gray_chip.size() != static_cast<std::size_t>(arcface_side) * arcface_side) return {};
        try {
            std::vector<float> sum(network_numbers, 0.0F);
            cv::Mat chip(arcface_side, arcface_side, CV_8UC1, const_cast<std::uint8_t*>(gray_chip.data()));
            add(chip, sum);
            if (mirror) {
                cv::Mat other;
                cv::flip(chip, other, 1);
                add(other, sum);
                wipe(other);
            }
            normalise(sum);
            return sum;
        } catch (const std::exception&) {
            return {};
        }
    }

    // Throws cv::Exception when the network is not one of 128 finite numbers.
    void add(const cv::Mat& gray, std::vector<float>& sum) {
        cv::Mat rgb;
        cv::cvtColor(gray, rgb, cv::COLOR_GRAY2RGB);
        cv::Mat blob = cv::dnn::blobFromImage(rgb, m_spec.scale, cv::Size(), cv::Scalar::all(m_spec.mean));
        wipe(rgb);
        m_net.setInput(blob);
        cv::Mat out = m_net.forward();
        explicit_bzero(blob.data, blob.total() * blob.elemSize());
        if (out.depth() != CV_32F || out.total() != network_numbers || !out.isContinuous())
            CV_Error(cv::Error::StsBadSize, std::to_string(out.total()) + " numbers where 128 are expected");
        if (!cv::checkRange(out)) CV_Error(cv::Error::StsBadArg, "numbers that are not finite");
        std::vector<float> values(out.ptr<float>(), out.ptr<float>() + network_numbers);
        explicit_bzero(out.data, out.total() * out.elemSize());
        normalise(values);
        for (std::size_t i = 0; i < values.size(); ++i) sum[i] += values[i];
        explicit_bzero(values.data(), values.size() * sizeof(float));
    }

  private:
    static void normalise(std::vector<float>& values) {
        double squares = 0;
        for (const float v : values) squares += static_cast<double>(v) * v;
        if (!(squares > 1e-20)) CV_Error(cv::Error::StsBadArg, "nothing but zeros");
        const auto by = static_cast<float>(1 / std::sqrt(squares));
        for (float& v : values) v *= by;
    }

    cv::dnn::Net m_net;
    const DnnSpec m_spec;
};

}  // namespace

Result<std::unique_ptr<Network>> load_dnn_network(const std::filesystem::path& file, const DnnSpec& spec) {
    auto net = read_dnn(file);
    if (!net) return tl::unexpected(net.error());
    auto network = std::make_unique<DnnNetwork>(std::move(*net), spec);
    try {
        std::vector<float> sum(network_numbers, 0.0F);
        network->add(cv::Mat(arcface_side, arcface_side, CV_8UC1, cv::Scalar(90)), sum);
    } catch (const std::exception& error) {
        return tl::unexpected(Error{Fault::BadModel, file.string() + ": not a face network: " + one_line(error)});
    }
    return network;
}

}  // namespace uketsuke::vision::detail
