// What time does to a card and a camera to its picture. All in place, strengths 0 to 1. Private to card/front.
#pragma once

#include <opencv2/core.hpp>

namespace uketsuke::card {

void wear_out(cv::Mat& flat, double strength, cv::RNG& chance);
void cast_shadow(cv::Mat& picture, double strength, cv::RNG& chance);
// A band anywhere, or a spot over `centre` when it is not (-1, -1).
void put_glare(cv::Mat& picture, double strength, cv::Point2d centre, cv::RNG& chance);
void defocus(cv::Mat& picture, double strength);
void add_noise(cv::Mat& picture, double strength, cv::RNG& chance);

}  // namespace uketsuke::card
