#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core.hpp>
#include <vector>

#include "vision/geometry.h"

namespace uketsuke::vision::detail {

// What a network wants to see: a square gray chip with the face's points in fixed places.
enum class Alignment : std::uint8_t {
    Dlib,     // 150×150, a quarter of padding: as dlib's get_face_chip_details cuts it
    Arcface,  // 112×112: the places that SFace, MobileFaceNet and their kind were trained with
};
constexpr int dlib_side = 150;
constexpr int arcface_side = 112;
int side_of(Alignment alignment);

// Rotation, scale and shift that bring the points nearest (least squares) to their places in the chip. Without a mouth
// the eyes and the nose alone. Points that lie in one spot give a zero matrix. Pure.
cv::Matx23d similarity_to(Alignment alignment, const FivePoints& points);

// side_of(alignment)² gray pixels, area-averaged where the face is larger than its chip; black beyond the picture.
// Empty for points in one spot. The caller wipes it.
std::vector<std::uint8_t> cut_chip(const cv::Mat& gray, const FivePoints& points, Alignment alignment);

// The box that dlib's HOG detector gives around such a face, on the average: all limits on sizes mean this one. Pure.
Box box_around(const FivePoints& points);

// Rotation, scale and shift into a square picture of `side` pixels in whose middle the face stands upright, its box
// `face_side` wide. Points in one spot give a zero matrix. Pure.
cv::Matx23d upright_around(const FivePoints& points, double face_side, int side);

}  // namespace uketsuke::vision::detail
