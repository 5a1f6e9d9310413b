#include "vision/plain_pipeline.h"

#include <dlib/image_transforms.h>
#include <dlib/opencv/cv_image.h>
#include <dlib/rand.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <utility>

#include "vision/detail/cv_image.h"
#include "vision/detail/face_finder.h"
#include "vision/detail/networks.h"

namespace uketsuke::vision {
namespace {

using Chip = dlib::matrix<unsigned char>;

class DlibExample : public PlainPipeline {
  public:
    DlibExample(std::unique_ptr<detail::HogFinder> finder, std::unique_ptr<detail::Network> network)
        : m_finder(std::move(finder)), m_network(std::move(network)) {}

    int find(const Image& frame) override {
        first_chip(frame);
        return m_faces;
    }

    Embedding embed(const Image& frame, int jitter) override {
        auto chip = first_chip(frame);
        if (!chip) return {};
        std::vector<float> sum;
        for (int i = 0; i < jitter; ++i) {
            auto values = m_network->embed(bytes_of(jitter == 1 ? *chip : jittered(*chip)), false);
            if (sum.empty()) sum.resize(values.size());
            for (std::size_t k = 0; k < values.size() && k < sum.size(); ++k)
                sum[k] += values[k] / static_cast<float>(jitter);
        }
        return Embedding(std::move(sum));
    }

  private:
    Chip jittered(const Chip& chip) {
        dlib::matrix<dlib::rgb_pixel> colour;
        dlib::assign_image(colour, chip);
        Chip gray;
        dlib::assign_image(gray, dlib::jitter_image(colour, m_random));
        return gray;
    }
    static std::vector<std::uint8_t> bytes_of(const Chip& chip) { return {chip.begin(), chip.end()}; }

    std::optional<Chip> first_chip(const Image& frame) {
        m_faces = 0;
        if (!frame.sound()) return std::nullopt;
        try {
            const cv::Mat gray = detail::gray_of(frame);
            dlib::array2d<unsigned char> large;
            dlib::assign_image(large, dlib::cv_image<unsigned char>(gray));
            dlib::pyramid_up(large);
            const cv::Mat view(static_cast<int>(large.nr()), static_cast<int>(large.nc()), CV_8UC1,
                               dlib::image_data(large), static_cast<std::size_t>(dlib::width_step(large)));
            auto faces = m_finder->detect(view, detail::Care::Sure);
            m_faces = static_cast<int>(faces.size());
            std::optional<Chip> first;
            for (auto& face : faces) {
                m_finder->locate(view, face, false);
                const auto pixels = m_finder->chip(view, face, detail::Alignment::Dlib);
                if (!first) {
                    first.emplace(detail::chip_side, detail::chip_side);
                    std::copy(pixels.begin(), pixels.end(), first->begin());
                }
            }
            return first;
        } catch (const std::exception&) {
            return std::nullopt;
        }
    }

    std::unique_ptr<detail::HogFinder> m_finder;
    std::unique_ptr<detail::Network> m_network;
    dlib::rand m_random;
    int m_faces = 0;
};

}  // namespace

Result<std::unique_ptr<PlainPipeline>> PlainPipeline::load(const ModelPaths& found) {
    const auto dlibs = std::find_if(found.networks.begin(), found.networks.end(), [](const NetworkFile& file) {
        const KnownNetwork* known = known_network(file.model);
        return known != nullptr && known->kind == KnownNetwork::Kind::Dlib;
    });
    if (dlibs == found.networks.end() || found.landmarks.empty())
        return tl::unexpected(
            Error{Fault::NoModel, "dlib's example needs a dlib network and landmarks (libdlib-data)"});
    auto network = detail::load_dlib_network(dlibs->file, dlibs->model);
    if (!network) return tl::unexpected(network.error());
    auto finder = detail::HogFinder::load(found.landmarks);
    if (!finder) return tl::unexpected(finder.error());
    return std::make_unique<DlibExample>(std::move(*finder), std::move(*network));
}

}  // namespace uketsuke::vision
