#include "card/front/picture_effects.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

namespace uketsuke::card {
namespace {

// Clouds between 0 and 1, some `cell` pixels wide.
cv::Mat clouds(cv::Size size, int cell, cv::RNG& chance) {
    cv::Mat coarse(size.height / cell + 2, size.width / cell + 2, CV_32F);
    chance.fill(coarse, cv::RNG::UNIFORM, 0.0, 1.0);
    cv::Mat fine;
    cv::resize(coarse, fine, size, 0, 0, cv::INTER_CUBIC);
    return cv::max(0.0, cv::min(1.0, fine));
}

void scratch(cv::Mat& flat, int count, cv::RNG& chance) {
    for (int i = 0; i < count; ++i) {
        const cv::Point from(chance.uniform(0, flat.cols), chance.uniform(0, flat.rows));
        const double turn = chance.uniform(-0.5, 0.5) + (chance.uniform(0, 5) == 0 ? std::numbers::pi / 2 : 0);
        const double length = chance.uniform(60.0, 600.0);
        const cv::Point to(from.x + static_cast<int>(length * std::cos(turn)),
                           from.y + static_cast<int>(length * std::sin(turn)));
        const bool dark = chance.uniform(0, 6) == 0;
        cv::line(flat, from, to, dark ? 110 : chance.uniform(215, 250), chance.uniform(1, 4), cv::LINE_AA);
    }
}

}  // namespace

void wear_out(cv::Mat& flat, double strength, cv::RNG& chance) {
    if (strength <= 0) return;
    scratch(flat, static_cast<int>(110 * strength), chance);
    cv::Mat level;
    flat.convertTo(level, CV_32F);
    // Ink fades towards the paper, here more than there.
    const cv::Mat fading = clouds(flat.size(), 220, chance) * (0.95 * strength);
    level += (222.0 - level).mul(fading);
    cv::Mat dirt = clouds(flat.size(), 60, chance) - 0.72;
    dirt = cv::max(dirt, 0.0) * (380 * strength);
    level -= dirt;
    level.convertTo(flat, CV_8U);
}

void cast_shadow(cv::Mat& picture, double strength, cv::RNG& chance) {
    if (strength <= 0) return;
    const double turn = chance.uniform(0.0, 2 * std::numbers::pi);
    const cv::Point2d middle(picture.cols * chance.uniform(0.35, 0.65), picture.rows * chance.uniform(0.35, 0.65));
    for (int y = 0; y < picture.rows; ++y) {
        auto* row = picture.ptr<std::uint8_t>(y);
        for (int x = 0; x < picture.cols; ++x) {
            const double away = (x - middle.x) * std::cos(turn) + (y - middle.y) * std::sin(turn);
            const double part = 1 / (1 + std::exp(-away / 14));
            row[x] = cv::saturate_cast<std::uint8_t>(row[x] * (1 - 0.72 * strength * part));
        }
    }
}

void put_glare(cv::Mat& picture, double strength, cv::Point2d centre, cv::RNG& chance) {
    const bool aimed = centre.x >= 0;
    const bool band = chance.uniform(0, 2) == 0 && !aimed;
    const double turn = chance.uniform(0.0, std::numbers::pi);
    const cv::Point2d anywhere(picture.cols * chance.uniform(0.3, 0.7), picture.rows * chance.uniform(0.3, 0.7));
    if (strength <= 0) return;
    const cv::Point2d at = aimed ? centre : anywhere;
    const double width = band ? 60 + 60 * strength : 80 + 120 * strength;
    const double height = band ? 4000 : width * 0.7;
    for (int y = 0; y < picture.rows; ++y) {
        auto* row = picture.ptr<std::uint8_t>(y);
        for (int x = 0; x < picture.cols; ++x) {
            const double across = ((x - at.x) * std::cos(turn) + (y - at.y) * std::sin(turn)) / width;
            const double along = ((y - at.y) * std::cos(turn) - (x - at.x) * std::sin(turn)) / height;
            const double light = std::exp(-(across * across + along * along));
            row[x] = cv::saturate_cast<std::uint8_t>(row[x] + 420 * strength * light);
        }
    }
}

void defocus(cv::Mat& picture, double strength) {
    if (strength <= 0) return;
    cv::GaussianBlur(picture, picture, {}, 6 * strength);
}

void add_noise(cv::Mat& picture, double strength, cv::RNG& chance) {
    cv::Mat grain(picture.size(), CV_16S);
    chance.fill(grain, cv::RNG::NORMAL, 0.0, 1.5 + 60 * strength);
    cv::Mat level;
    picture.convertTo(level, CV_16S);
    level += grain;
    level.convertTo(picture, CV_8U);
}

}  // namespace uketsuke::card
