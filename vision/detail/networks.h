#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "vision/error.h"

namespace uketsuke::vision::detail {

constexpr int chip_side = 150;

// A face network. Internal: its .cpp is the one place where dlib's network templates are compiled (slowly).
class Network {
  public:
    Network() = default;
    Network(const Network&) = delete;
    Network& operator=(const Network&) = delete;
    virtual ~Network() = default;
    // "taguchi", "resnet-v1", "densenet-v1".
    virtual std::string name() const = 0;
    // 128 numbers for a gray chip of chip_side². With `mirror` the average with the mirrored chip's. Throws nothing.
    virtual std::vector<float> embed(const std::vector<std::uint8_t>& gray_chip, bool mirror) = 0;
};

// Loads a dlib metric network by trying the types it knows. BadModel names the file and each type's complaint.
Result<std::unique_ptr<Network>> load_network(const std::filesystem::path& file);

}  // namespace uketsuke::vision::detail
