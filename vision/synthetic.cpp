#include "vision/synthetic.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "vision/detail/cv_image.h"
#include "vision/drawing/head.h"

namespace uketsuke::vision {
namespace {

using drawing::Canvas;
using drawing::Colour;

void paint_room(cv::Mat& rgb, double light_side) {
    const Colour wall{204, 212, 214};
    for (int row = 0; row < rgb.rows; ++row) {
        auto* pixels = rgb.ptr<cv::Vec3b>(row);
        const double down = static_cast<double>(row) / rgb.rows;
        for (int column = 0; column < rgb.cols; ++column) {
            const double across = static_cast<double>(column) / rgb.cols - 0.5;
            const double f = 1.02 - 0.13 * down + 0.10 * light_side * across - 0.12 * across * across;
            for (int c = 0; c < 3; ++c) pixels[column][c] = cv::saturate_cast<std::uint8_t>(wall[c] * f);
        }
    }
}

// A window behind: frame, panes at the sensor's white, and a glow on the wall about it.
void paint_window(cv::Mat& rgb, double backlight) {
    const double strength = std::clamp(backlight, 0.0, 1.0);
    const auto place = [&](double x, double y) { return cv::Point2d(x * rgb.cols, y * rgb.rows); };
    Canvas canvas(rgb);
    const auto box = [&](double left, double top, double right, double bottom) {
        return drawing::Outline{place(left, top), place(right, top), place(right, bottom), place(left, bottom)};
    };
    canvas.soft(box(0.0, 0.0, 1.0, 0.85), {255, 255, 252}, strength, 0.06 * rgb.cols);
    canvas.soft(box(0.06, 0.02, 0.94, 0.74), {255, 255, 255}, strength, 1.0);
    for (const double x : {0.06, 0.35, 0.65, 0.94})
        canvas.line({place(x, 0.0), place(x, 0.74)}, {214, 216, 216}, 0.012 * rgb.cols);
    canvas.line({place(0.04, 0.74), place(0.96, 0.74)}, {196, 198, 198}, 0.02 * rgb.rows);
}

// The camera exposes for the window, so whoever stands before it is dark: what differs from the room behind.
void darken_people(cv::Mat& rgb, const cv::Mat& room, double backlight) {
    const double factor = 1 - 0.78 * std::clamp(backlight, 0.0, 1.0);
    for (int row = 0; row < rgb.rows; ++row) {
        auto* pixels = rgb.ptr<cv::Vec3b>(row);
        const auto* behind = room.ptr<cv::Vec3b>(row);
        for (int column = 0; column < rgb.cols; ++column) {
            if (pixels[column] == behind[column]) continue;
            for (int c = 0; c < 3; ++c) pixels[column][c] = cv::saturate_cast<std::uint8_t>(pixels[column][c] * factor);
        }
    }
}

// A triangular distribution stands in for the sensor's: cheap, and the same everywhere.
void add_light_and_noise(cv::Mat& rgb, double light, double noise, std::uint32_t take) {
    std::uint8_t tone[256];
    for (int i = 0; i < 256; ++i) {
        const double lit = i * std::max(0.0, light);
        // Highlights roll off before they clip, as a camera's do.
        tone[i] = cv::saturate_cast<std::uint8_t>(
            lit <= 200 ? lit : 200 + 55 * (1 - std::exp(-(lit - 200) / 55)) + std::max(0.0, lit - 300) * 0.3);
    }
    std::uint32_t state = take * 2654435761U + 0x9e3779b9U;
    const int amplitude = static_cast<int>(std::lround(std::clamp(noise, 0.0, 60.0) * 2.449 * 256));
    for (int row = 0; row < rgb.rows; ++row) {
        auto* bytes = rgb.ptr<std::uint8_t>(row);
        for (int i = 0; i < rgb.cols * 3; i += 3) {
            state ^= state << 13U;
            state ^= state >> 17U;
            state ^= state << 5U;
            const int luma = static_cast<int>(state & 0xffU) + static_cast<int>(state >> 8U & 0xffU) - 255;
            const int chroma = static_cast<int>(state >> 16U & 0x3fU) - 32;
            for (int c = 0; c < 3; ++c) {
                const int shift = (luma * amplitude / 255 + (c - 1) * chroma * amplitude / 510) / 256;
                bytes[i + c] = static_cast<std::uint8_t>(std::clamp(tone[bytes[i + c]] + shift, 0, 255));
            }
        }
    }
}

void paint_person(cv::Mat& rgb, const Appearance& person) {
    const auto traits = drawing::traits_of(person.identity);
    const drawing::Pose pose(person, rgb.cols, rgb.rows);
    const drawing::Sitter sitter{traits, person, pose};
    Canvas canvas(rgb);
    draw_hair_behind(canvas, sitter);
    draw_shoulders(canvas, sitter);
    draw_head(canvas, sitter);
    if (person.mask) draw_mask(canvas, sitter);
    draw_hair_front(canvas, sitter);
    if (person.glasses != Glasses::None) draw_glasses(canvas, sitter);
    if (person.hat) draw_hat(canvas, sitter);
}

double pulse(double seconds, double period, double length, double offset) {
    const double at = std::fmod(seconds + offset, period);
    return at < length ? 1.0 : 0.0;
}

}  // namespace

Image draw_people(std::span<const Appearance> people, int width, int height, std::uint32_t take, double noise) {
    if (width < 16 || height < 16 || width > 4096 || height > 4096) return {};
    cv::Mat rgb(height, width, CV_8UC3);
    paint_room(rgb, people.empty() ? 0.2 : people.front().light_side);
    const double backlight = people.empty() ? 0 : people.front().backlight;
    cv::Mat room;
    if (backlight > 0) {
        paint_window(rgb, backlight);
        room = rgb.clone();
    }
    for (const auto& person : people) paint_person(rgb, person);
    if (backlight > 0) darken_people(rgb, room, backlight);
    const double blur = people.empty() ? 0 : people.front().blur * width / 640;
    if (blur > 0.1) cv::GaussianBlur(rgb, rgb, cv::Size(), std::min(blur, 60.0));
    add_light_and_noise(rgb, people.empty() ? 1.0 : people.front().light, noise, take);
    return detail::from_rgb(rgb);
}

Image draw_person(const Appearance& person, int width, int height) {
    return draw_people({&person, 1}, width, height, person.take, person.noise);
}

Image draw_card_portrait(std::uint32_t identity) {
    Appearance person;
    person.identity = identity;
    person.scale = 1.45;
    person.offset_y = 0.0;
    person.light_side = 0.0;
    person.smile = 0.15;
    person.noise = 0.8;
    return draw_person(person, 480, 640);
}

Appearance animate(const Appearance& person, std::chrono::milliseconds t) {
    Appearance moved = person;
    const double s = static_cast<double>(t.count()) / 1000;
    const double own = person.identity % 97 * 0.37;  // nobody sways in step
    const auto wave = [&](double period, double phase) {
        return std::sin(2 * std::numbers::pi * (s / period + phase) + own);
    };
    moved.yaw_deg += 2.2 * wave(5.3, 0.1) + 0.7 * wave(2.1, 0.4);
    moved.pitch_deg += 1.2 * wave(6.1, 0.3);
    moved.roll_deg += 1.0 * wave(7.7, 0.6);
    moved.offset_x += 0.006 * wave(4.9, 0.2);
    moved.offset_y += 0.004 * wave(3.6, 0.5);
    moved.scale *= 1 + 0.010 * wave(8.3, 0.8);
    moved.smile = std::clamp(person.smile + 0.12 * wave(9.1, 0.0), 0.0, 1.0);
    moved.eyes_closed = person.eyes_closed || pulse(s, 4.3, 0.13, own) > 0;
    moved.take = person.take + static_cast<std::uint32_t>(t.count()) * 7919U + 1;
    return moved;
}

}  // namespace uketsuke::vision
