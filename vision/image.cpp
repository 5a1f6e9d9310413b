#include "vision/image.h"

#include <cstring>
#include <opencv2/imgproc.hpp>

#include "vision/detail/cv_image.h"

namespace uketsuke::vision {

bool Image::sound() const {
    return width > 0 && height > 0 && width <= 1 << 15 && height <= 1 << 15 &&
           pixels.size() == static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * channels();
}

void wipe(std::vector<std::uint8_t>& bytes) {
    if (!bytes.empty()) explicit_bzero(bytes.data(), bytes.size());
    bytes.clear();
}

void wipe(Image& image) {
    wipe(image.pixels);
    image.width = 0;
    image.height = 0;
}

Image to_gray(const Image& image) {
    if (!image.sound()) return {};
    if (image.format == PixelFormat::Gray8) return image;
    Image gray{image.width, image.height, PixelFormat::Gray8, {}};
    gray.pixels.resize(static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height));
    cv::cvtColor(detail::view_of(image), detail::view_of(gray), cv::COLOR_RGB2GRAY);
    return gray;
}

Image to_rgb(const Image& image) {
    if (!image.sound()) return {};
    if (image.format == PixelFormat::Rgb8) return image;
    Image rgb{image.width, image.height, PixelFormat::Rgb8, {}};
    rgb.pixels.resize(image.pixels.size() * 3);
    cv::cvtColor(detail::view_of(image), detail::view_of(rgb), cv::COLOR_GRAY2RGB);
    return rgb;
}

Image resized(const Image& image, int width, int height) {
    if (!image.sound() || width < 1 || height < 1 || width > 1 << 15 || height > 1 << 15) return {};
    if (width == image.width && height == image.height) return image;
    Image out{width, height, image.format, {}};
    out.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * image.channels());
    const bool smaller = width < image.width || height < image.height;
    cv::resize(detail::view_of(image), detail::view_of(out), cv::Size(width, height), 0, 0,
               smaller ? cv::INTER_AREA : cv::INTER_CUBIC);
    return out;
}

Image mirrored(const Image& image) {
    if (!image.sound()) return {};
    Image out = image;
    cv::flip(detail::view_of(image), detail::view_of(out), 1);
    return out;
}

}  // namespace uketsuke::vision
