#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "vision/detail/networks.h"
#include "vision/error.h"

namespace uketsuke::vision::detail {

// How an arcface-type network is fed: RGB, (value − mean) · scale.
struct DnnSpec {
    std::string_view model;
    double mean = 0;
    double scale = 1;
};

// Such a network over cv::dnn, whose output is brought to length 1. BadModel names the file: not a network, or not one
// that makes network_numbers finite numbers of a 3×112×112 picture. Checked with one pass over a blank chip.
Result<std::unique_ptr<Network>> load_dnn_network(const std::filesystem::path& file, const DnnSpec& spec);

}  // namespace uketsuke::vision::detail
