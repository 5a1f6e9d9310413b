#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "vision/detail/alignment.h"
#include "vision/embedding.h"
#include "vision/error.h"

namespace uketsuke::vision::detail {

constexpr int chip_side = dlib_side;
constexpr std::size_t network_numbers = numbers_per_network;

// A face network. Internal; networks.cpp is the one place where dlib's network templates are compiled (slowly).
class Network {
  public:
    Network() = default;
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    virtual ~Network() = default;
    // As models.h calls it: "densenet-v1".
    virtual std::string name() const = 0;
    virtual Alignment alignment() const = 0;
    // network_numbers for a gray chip cut for alignment(). With `mirror` the average with the mirrored chip's. Empty
    // for a chip of another size. Throws nothing.
    virtual std::vector<float> embed(const std::vector<std::uint8_t>& gray_chip, bool mirror) = 0;
    // A network keeps the input and every layer's numbers of its last pass: a blank one takes their place.
    void forget() {
        const auto side = static_cast<std::size_t>(side_of(alignment()));
        static_cast<void>(embed(std::vector<std::uint8_t>(side * side, 128), true));
    }
};

// Loads a dlib metric network by trying the types it knows; `model` is what name() answers. BadModel names the file and
// each type's complaint.
Result<std::unique_ptr<Network>> load_dlib_network(const std::filesystem::path& file, const std::string& model);

}  // namespace uketsuke::vision::detail
