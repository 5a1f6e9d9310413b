#include "tests/fuzz/photo_seeds.h"

#include <algorithm>
#include <array>
#include <opencv2/imgcodecs.hpp>

#include "vision/synthetic.h"

namespace uketsuke::fuzz {

std::vector<std::pair<std::string, card::Bytes>> photo_seeds() {
    vision::Appearance person;
    person.identity = 3;
    vision::Image rgb = vision::draw_person(person, 40, 48);
    vision::Image gray = vision::to_gray(rgb);
    const cv::Mat colour_view(rgb.height, rgb.width, CV_8UC3, rgb.pixels.data());
    const cv::Mat gray_view(gray.height, gray.width, CV_8UC1, gray.pixels.data());
    std::vector<std::pair<std::string, card::Bytes>> seeds;
    const auto add = [&](const std::string& name, const cv::Mat& picture, const char* form,
                         const std::vector<int>& options = {}) {
        card::Bytes bytes;
        if (cv::imencode(form, picture, bytes, options)) seeds.emplace_back(name, std::move(bytes));
    };
    seeds.emplace_back("gray.jp2", vision::encode_jp2(gray, 700).value_or(card::Bytes{}));
    seeds.emplace_back("colour.jp2", vision::encode_jp2(rgb, 1500).value_or(card::Bytes{}));
    // The bare code stream of the gray one.
    const card::Bytes jp2 = seeds.front().second;
    constexpr std::array<std::uint8_t, 4> k_start{0xff, 0x4f, 0xff, 0x51};
    seeds.emplace_back("gray.j2k",
                       card::Bytes(std::search(jp2.begin(), jp2.end(), k_start.begin(), k_start.end()), jp2.end()));
    add("colour.jpg", colour_view, ".jpg", {cv::IMWRITE_JPEG_QUALITY, 60});
    add("progressive.jpg", colour_view, ".jpg",
        {cv::IMWRITE_JPEG_QUALITY, 60, cv::IMWRITE_JPEG_PROGRESSIVE, 1, cv::IMWRITE_JPEG_RST_INTERVAL, 4});
    add("gray.png", gray_view, ".png");
    cv::Mat deep;
    gray_view.convertTo(deep, CV_16U, 257);
    add("sixteen-bits.png", deep(cv::Rect(8, 8, 24, 24)), ".png");
    cv::Mat alpha(24, 24, CV_8UC4, cv::Scalar(90, 120, 200, 128));
    add("alpha.png", alpha, ".png");
    add("sixteen-bits.jp2", deep, ".jp2");
    return seeds;
}

}  // namespace uketsuke::fuzz
