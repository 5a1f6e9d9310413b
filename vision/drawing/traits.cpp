#include "vision/drawing/traits.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace uketsuke::vision::drawing {
namespace {

// A generator of our own: the standard library's distributions differ between libraries.
class Seeded {
  public:
    // Scattered first: neighbouring seeds would otherwise walk the same sequence one step apart.
    explicit Seeded(std::uint64_t seed) : m_state(scatter(seed + 0x51ed270b7a4c1ULL)) {}
    double unit() {
        m_state += 0x9e3779b97f4a7c15ULL;
        return static_cast<double>(scatter(m_state) >> 11U) / 9007199254740992.0;
    }
    double between(double low, double high) { return low + (high - low) * unit(); }
    // Drawn towards both ends, so that two people rarely share a middling value.
    double apart(double low, double high) {
        const double u = unit();
        const double pushed = u < 0.5 ? 0.5 * std::pow(2 * u, 1.6) : 1 - 0.5 * std::pow(2 - 2 * u, 1.6);
        return low + (high - low) * pushed;
    }
    bool chance(double p) { return unit() < p; }

  private:
    static std::uint64_t scatter(std::uint64_t z) {
        z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27U)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31U);
    }
    std::uint64_t m_state;
};

Colour mix(const Colour& a, const Colour& b, double t) {
    return a * (1 - t) + b * t;
}

void choose_hair(Traits& t, Seeded& seeded) {
    constexpr std::array men{HairStyle::SidePart, HairStyle::Cropped, HairStyle::Bald, HairStyle::Tousled};
    constexpr std::array women{HairStyle::Bob, HairStyle::Long, HairStyle::TiedBack, HairStyle::Curly,
                               HairStyle::SidePart};
    auto pick = static_cast<std::size_t>(seeded.unit() * 5);
    t.hair = t.man ? men[pick % men.size()] : women[pick % women.size()];
    if (t.hair == HairStyle::Bald && t.age < 0.5) t.hair = HairStyle::Tousled;
    if (t.hair == HairStyle::Long && t.age > 0.75) t.hair = HairStyle::Curly;
    t.hair_side = seeded.chance(0.5) ? 1 : -1;
    t.hairline = seeded.apart(-0.98, -0.66) - (t.man ? 0.10 * t.age : 0);
    t.hair_volume = seeded.between(0.07, 0.20);
    const Colour dark = mix({24, 20, 20}, {78, 52, 38}, seeded.chance(0.35) ? seeded.unit() : 0.1 * seeded.unit());
    const double grey = std::clamp((t.age - 0.5) * 2.2 + seeded.between(-0.3, 0.3), 0.0, 0.9);
    t.hair_colour = mix(dark, {196, 194, 192}, grey);
}

}  // namespace

Traits traits_of(std::uint32_t identity) {
    Seeded seeded(identity);
    Traits t;
    t.man = seeded.chance(0.5);
    t.age = seeded.apart(0.0, 1.0);
    t.half_width = seeded.apart(0.84, 1.06);
    t.jaw = seeded.apart(0.74, 0.93) + (t.man ? 0.03 : -0.02);
    t.chin = seeded.apart(1.14, 1.44);
    t.chin_width = seeded.apart(0.20, 0.42);
    t.eye_x = seeded.apart(0.35, 0.49) * t.half_width / 0.95;
    t.eye_width = seeded.apart(0.155, 0.255);
    t.eye_open = seeded.apart(0.075, 0.155) * (1 - 0.2 * t.age);
    t.eye_slant = seeded.apart(-0.045, 0.055);
    t.crease = seeded.chance(0.4) ? 0.0 : seeded.between(0.035, 0.075);
    t.iris = seeded.between(0.078, 0.108);
    t.brow_y = seeded.apart(-0.46, -0.25);
    t.brow_thick = seeded.apart(0.022, 0.075) + (t.man ? 0.035 : 0.0);
    t.brow_arch = seeded.apart(0.0, 0.10);
    t.brow_slope = seeded.apart(-0.09, 0.03);
    t.brow_length = seeded.apart(0.22, 0.37);
    t.brow_gap = seeded.apart(0.09, 0.22);
    t.nose_y = seeded.apart(0.42, 0.66);
    t.nose_width = seeded.apart(0.12, 0.26);
    t.nose_bridge = seeded.apart(0.07, 0.24);
    t.mouth_y = t.nose_y + (t.chin - t.nose_y) * seeded.apart(0.33, 0.48);
    t.mouth_width = seeded.apart(0.22, 0.44);
    t.lip_upper = seeded.apart(0.022, 0.085);
    t.lip_lower = seeded.apart(0.035, 0.115);
    t.cheeks = seeded.between(0.0, 0.25);
    if (t.man && seeded.chance(0.35)) t.moustache = seeded.between(0.5, 1.0);
    if (t.man && seeded.chance(0.25)) t.beard = seeded.between(0.4, 0.9);
    t.mole = seeded.chance(0.45) ? 1 + static_cast<int>(seeded.unit() * 6) : 0;
    t.ear = seeded.between(0.15, 0.25);
    choose_hair(t, seeded);

    t.skin = mix({246, 214, 190}, {204, 156, 120}, seeded.apart(0.0, 1.0));
    t.lips = mix(t.skin, t.man ? Colour{166, 92, 84} : Colour{190, 72, 78}, seeded.between(0.55, 0.9));
    t.iris_colour = mix({38, 24, 18}, {92, 60, 40}, seeded.unit());
    const std::array<Colour, 8> clothes{{{72, 98, 138},
                                         {150, 84, 78},
                                         {92, 120, 96},
                                         {58, 60, 70},
                                         {190, 178, 150},
                                         {112, 92, 130},
                                         {214, 214, 216},
                                         {176, 128, 70}}};
    t.clothes = clothes[static_cast<std::size_t>(seeded.unit() * clothes.size()) % clothes.size()];
    return t;
}

}  // namespace uketsuke::vision::drawing
