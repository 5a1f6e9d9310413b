#pragma once

#include <cstdint>
#include <opencv2/core.hpp>

namespace uketsuke::vision::drawing {

using Colour = cv::Vec3d;  // RGB, 0 … 255

enum class HairStyle : std::uint8_t { SidePart, Cropped, Bald, Bob, Long, TiedBack, Curly, Tousled };
constexpr int hair_styles = 8;

// Everything that tells one drawn person from another. Lengths in half widths of an average head; the eye line is y =
// 0, y grows downwards. Internal to the room.
struct Traits {
    double half_width = 0.95;  // of the face at the cheekbones
    double jaw = 0.85;         // width of the jaw ÷ half_width
    double chin = 1.30;        // y of the chin
    double chin_width = 0.28;
    double eye_x = 0.42;  // of an eye's centre
    double eye_width = 0.21;
    double eye_open = 0.10;
    double eye_slant = 0.02;  // outer corner above the inner one
    double crease = 0.05;     // lid fold above the eye; 0: none
    double iris = 0.095;
    double brow_y = -0.33;
    double brow_thick = 0.07;
    double brow_arch = 0.05;
    double brow_slope = 0.0;
    double brow_length = 0.30;
    double brow_gap = 0.17;
    double nose_y = 0.55;  // of its base
    double nose_width = 0.19;
    double nose_bridge = 0.16;  // height of the bridge's relief
    double mouth_y = 0.84;
    double mouth_width = 0.34;
    double lip_upper = 0.06;
    double lip_lower = 0.08;
    double cheeks = 0.1;
    double age = 0.3;  // 0 young … 1 old
    bool man = false;
    double moustache = 0;  // 0 none … 1 full
    double beard = 0;
    int mole = 0;  // 0 none, else a place
    HairStyle hair = HairStyle::SidePart;
    double hair_side = 1;     // which side the parting is on
    double hairline = -0.80;  // y of the hairline's middle
    double hair_volume = 0.12;
    double ear = 0.2;
    Colour skin{232, 190, 160};
    Colour hair_colour{30, 26, 26};
    Colour iris_colour{58, 38, 28};
    Colour lips{186, 98, 92};
    Colour clothes{90, 110, 140};
    Colour wall{206, 214, 216};
};

// A pure function of the seed.
Traits traits_of(std::uint32_t identity);

}  // namespace uketsuke::vision::drawing
