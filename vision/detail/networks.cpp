#include "vision/detail/networks.h"

#include <dlib/dnn.h>

#include <exception>
#include <fstream>
#include <utility>

namespace uketsuke::vision::detail {
namespace {

// dlib's ResNet v1 and Taguchi's: 29 convolutions, five levels of 32 to 256 filters.
namespace resnet {
using dlib::add_prev1, dlib::add_prev2, dlib::affine, dlib::avg_pool, dlib::con, dlib::relu, dlib::skip1, dlib::tag1,
    dlib::tag2;
template <long N, int Stride, typename S>
using two_convolutions = affine<con<N, 3, 3, 1, 1, relu<affine<con<N, 3, 3, Stride, Stride, S>>>>>;
template <long N, typename S>
using same = relu<add_prev1<two_convolutions<N, 1, tag1<S>>>>;
template <long N, typename S>
using half = relu<add_prev2<avg_pool<2, 2, 2, 2, skip1<tag2<two_convolutions<N, 2, tag1<S>>>>>>>;

template <typename S>
using stem = dlib::max_pool<3, 3, 2, 2, relu<affine<con<32, 7, 7, 2, 2, S>>>>;
template <typename S>
using level32 = same<32, same<32, same<32, S>>>;
template <typename S>
using level64 = same<64, same<64, same<64, half<64, S>>>>;
template <typename S>
using level128 = same<128, same<128, half<128, S>>>;
template <typename S>
using level256 = half<256, same<256, same<256, half<256, S>>>>;
using Net = dlib::loss_metric<dlib::fc_no_bias<
    128,
    dlib::avg_pool_everything<level256<level128<level64<level32<stem<dlib::input_rgb_image_sized<chip_side>>>>>>>>>;
}  // namespace resnet

// BAREL DenseNet: growth 16 with a bottleneck of 64, blocks of 3, 6, 12 and 8 units, each transition halving. Read off
// the layer tags and parameter counts of the file: stem 7×7/2 padded 3, max pool 3×3/2 padded 1, in a unit the input
// stands before the new channels.
namespace densenet {
using dlib::add_layer, dlib::affine, dlib::con_, dlib::relu, dlib::tag1, dlib::tag2;
template <typename S>
using bottleneck = add_layer<con_<64, 1, 1, 1, 1>, relu<affine<S>>>;
template <typename S>
using unit = dlib::concat2<tag2, tag1, tag1<dlib::con<16, 3, 3, 1, 1, relu<affine<bottleneck<tag2<S>>>>>>>;
template <std::size_t N, typename S>
using block = dlib::repeat<N, unit, S>;
template <long N, typename S>
using transition = dlib::avg_pool<2, 2, 2, 2, dlib::con<N, 1, 1, 1, 1, relu<affine<S>>>>;
template <typename S>
using stem = add_layer<dlib::max_pool_<3, 3, 2, 2, 1, 1>, relu<affine<add_layer<con_<32, 7, 7, 2, 2, 3, 3>, S>>>>;
using Body =
    block<8,
          transition<130, block<12, transition<68, block<6, transition<40, block<3, stem<dlib::input_rgb_image>>>>>>>>;
using Net = dlib::loss_metric<dlib::fc_no_bias<128, dlib::avg_pool_everything<relu<affine<Body>>>>>;
}  // namespace densenet

using Chip = dlib::matrix<dlib::rgb_pixel>;

template <typename Net>
class DlibNetwork : public Network {
  public:
    explicit DlibNetwork(std::string name) : m_name(std::move(name)) {}

    void load(std::istream& in) { deserialize(m_net, in); }
    std::string name() const override { return m_name; }
    Alignment alignment() const override { return Alignment::Dlib; }

    std::vector<float> embed(const std::vector<std::uint8_t>& gray_chip, bool mirror) override {
        if (gray_chip.size() != static_cast<std::size_t>(chip_side) * chip_side) return {};
        try {
            std::vector<Chip> chips(mirror ? 2 : 1);
            for (Chip& chip : chips) chip.set_size(chip_side, chip_side);
            for (long row = 0; row < chip_side; ++row) {
                for (long column = 0; column < chip_side; ++column) {
                    const std::uint8_t g = gray_chip[static_cast<std::size_t>(row * chip_side + column)];
                    chips[0](row, column) = dlib::rgb_pixel(g, g, g);
                    if (mirror) chips[1](row, chip_side - 1 - column) = dlib::rgb_pixel(g, g, g);
                }
            }
            const auto out = m_net(chips);
            std::vector<float> values(128, 0.0F);
            for (const auto& one : out)
                for (long i = 0; i < one.size() && i < 128; ++i)
                    values[static_cast<std::size_t>(i)] += one(i) / static_cast<float>(out.size());
            return values;
        } catch (const std::exception&) {
            return {};
        }
    }

  private:
    std::string m_name;
    Net m_net;
};

// Empty text when it loaded.
template <typename Net>
std::string try_load(DlibNetwork<Net>& network, const std::filesystem::path& file) {
    try {
        std::ifstream in(file, std::ios::binary);
        network.load(in);
        return {};
    } catch (const std::exception& error) {
        std::string text = error.what();
        for (char& c : text)
            if (c == '\n') c = ' ';
        return text;
    }
}

}  // namespace

Result<std::unique_ptr<Network>> load_dlib_network(const std::filesystem::path& file, const std::string& model) {
    std::error_code code;
    const auto size = std::filesystem::file_size(file, code);
    if (code) return tl::unexpected(Error{Fault::NotFound, file.string() + ": " + code.message()});
    auto dense = std::make_unique<DlibNetwork<densenet::Net>>(model);
    const std::string as_dense = try_load(*dense, file);
    if (as_dense.empty()) return dense;
    auto residual = std::make_unique<DlibNetwork<resnet::Net>>(model);
    const std::string as_residual = try_load(*residual, file);
    if (as_residual.empty()) return residual;
    return tl::unexpected(Error{Fault::BadModel, file.string() + " (" + std::to_string(size) +
                                                     " bytes): neither a DenseNet (" + as_dense + ") nor a ResNet (" +
                                                     as_residual + ")"});
}

}  // namespace uketsuke::vision::detail
