#include "vision/detail/cv_image.h"

#include <cstring>
#include <opencv2/imgproc.hpp>

namespace uketsuke::vision::detail {

cv::Mat view_of(Image& image) {
    return {image.height, image.width, image.format == PixelFormat::Rgb8 ? CV_8UC3 : CV_8UC1, image.pixels.data()};
}

cv::Mat view_of(const Image& image) {
    // OpenCV has no matrix over constant memory; callers only read.
    return {image.height, image.width, image.format == PixelFormat::Rgb8 ? CV_8UC3 : CV_8UC1,
            const_cast<std::uint8_t*>(image.pixels.data())};
}

Image from_rgb(const cv::Mat& mat) {
    Image image;
    if (mat.empty() || (mat.type() != CV_8UC1 && mat.type() != CV_8UC3)) return image;
    image.width = mat.cols;
    image.height = mat.rows;
    image.format = mat.type() == CV_8UC3 ? PixelFormat::Rgb8 : PixelFormat::Gray8;
    image.pixels.resize(mat.total() * mat.elemSize());
    mat.copyTo(view_of(image));
    return image;
}

Image from_bgr(const cv::Mat& mat) {
    if (mat.type() != CV_8UC3 || mat.empty()) return from_rgb(mat);
    Image image;
    image.width = mat.cols;
    image.height = mat.rows;
    image.format = PixelFormat::Rgb8;
    image.pixels.resize(mat.total() * 3);
    cv::cvtColor(mat, view_of(image), cv::COLOR_BGR2RGB);
    return image;
}

cv::Mat gray_of(const Image& image) {
    if (image.format == PixelFormat::Gray8) return view_of(image);
    cv::Mat gray;
    cv::cvtColor(view_of(image), gray, cv::COLOR_RGB2GRAY);
    return gray;
}

void wipe(cv::Mat& mat) {
    for (int row = 0; row < mat.rows; ++row)
        explicit_bzero(mat.ptr(row), static_cast<std::size_t>(mat.cols) * mat.elemSize());
    mat.release();
}

}  // namespace uketsuke::vision::detail
