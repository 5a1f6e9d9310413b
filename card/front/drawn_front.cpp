#include "card/front/drawn_front.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "card/front/card_artwork.h"
#include "card/front/picture_effects.h"
#include "card/virtual_reader.h"

namespace uketsuke::card {
namespace {

constexpr int k_width = 1280;
constexpr int k_height = 1024;
constexpr double k_scale = 10.4;  // pixels a millimetre: the card fits lying and standing

FrontLook within_range(FrontLook look) {
    look.quarter_turns = ((look.quarter_turns % 4) + 4) % 4;
    look.tilt_degrees = std::clamp(look.tilt_degrees, -45.0, 45.0);
    for (double* strength : {&look.wear, &look.glare, &look.blur, &look.noise, &look.shadow}) {
        *strength = std::clamp(*strength, 0.0, 1.0);
    }
    return look;
}

Artwork artwork_of(const Persona& persona, const FrontLook& look) {
    if (persona.kind != PersonaKind::MyNumber) return draw_other_card(look.seed);
    return look.back ? draw_card_back(look.seed) : draw_card_front(persona, look.seed);
}

// From the flat card to the picture: it lies turned, a little aside, and the camera does not look straight down.
cv::Mat placing(cv::Size flat, const FrontLook& look, cv::RNG& chance) {
    const double turn = (look.quarter_turns * 90 + look.tilt_degrees) * std::numbers::pi / 180;
    const cv::Point2d aside(chance.uniform(-12.0, 12.0), chance.uniform(-10.0, 10.0));
    const double scale = k_scale / k_artwork_scale;
    const double w = flat.width;
    const double h = flat.height;
    const std::array<cv::Point2f, 4> from{cv::Point2f(0, 0), cv::Point2f(flat.width, 0),
                                          cv::Point2f(flat.width, flat.height), cv::Point2f(0, flat.height)};
    std::array<cv::Point2f, 4> to;
    for (std::size_t i = 0; i < 4; ++i) {
        const double x = (from[i].x - w / 2) * scale;
        const double y = (from[i].y - h / 2) * scale;
        to[i].x = static_cast<float>(k_width / 2.0 + aside.x + x * std::cos(turn) - y * std::sin(turn) +
                                     chance.uniform(-7.0, 7.0));
        to[i].y = static_cast<float>(k_height / 2.0 + aside.y + x * std::sin(turn) + y * std::cos(turn) +
                                     chance.uniform(-7.0, 7.0));
    }
    return cv::getPerspectiveTransform(from.data(), to.data());
}

cv::Mat rounded_corners(cv::Size size) {
    cv::Mat mask(size, CV_8U, cv::Scalar(0));
    const int radius = static_cast<int>(k_card_corner_mm * k_artwork_scale);
    cv::rectangle(mask, {radius, 0, size.width - 2 * radius, size.height}, 255, cv::FILLED);
    cv::rectangle(mask, {0, radius, size.width, size.height - 2 * radius}, 255, cv::FILLED);
    for (const int x : {radius, size.width - 1 - radius}) {
        for (const int y : {radius, size.height - 1 - radius}) cv::circle(mask, {x, y}, radius, 255, cv::FILLED);
    }
    return mask;
}

cv::Mat empty_slot() {
    cv::Mat slot(k_height, k_width, CV_8U);
    for (int y = 0; y < k_height; ++y) {
        const int grey = 46 + 26 * y / k_height;
        slot.row(y).setTo(grey);
    }
    return slot;
}

cv::Mat lay_down(const cv::Mat& flat, const cv::Mat& place) {
    cv::Mat soft;
    // The camera has fewer pixels than the artwork: what lies between them is averaged.
    cv::GaussianBlur(flat, soft, {}, 0.75);
    cv::Mat card;
    cv::Mat mask;
    cv::warpPerspective(soft, card, place, {k_width, k_height}, cv::INTER_LINEAR);
    cv::warpPerspective(rounded_corners(flat.size()), mask, place, {k_width, k_height}, cv::INTER_LINEAR);
    cv::Mat slot = empty_slot();
    cv::Mat under;
    // The shadow that the card itself casts.
    cv::GaussianBlur(mask, under, {}, 9);
    for (int y = 0; y < k_height; ++y) {
        auto* out = slot.ptr<std::uint8_t>(y);
        for (int x = 0; x < k_width; ++x) {
            const int share = mask.at<std::uint8_t>(y, x);
            const double ground = out[x] * (1 - 0.5 * under.at<std::uint8_t>(y, x) / 255.0);
            out[x] =
                cv::saturate_cast<std::uint8_t>((card.at<std::uint8_t>(y, x) * share + ground * (255 - share)) / 255.0);
        }
    }
    return slot;
}

cv::Point2d glare_point(const Artwork& art, const cv::Mat& place, const FrontLook& look) {
    if (!look.glare_on_code || art.code_box.empty()) return {-1, -1};
    const std::array<cv::Point2d, 1> middle{cv::Point2d((art.code_box.x + art.code_box.width / 2) * k_artwork_scale,
                                                        (art.code_box.y + art.code_box.height / 2) * k_artwork_scale)};
    std::array<cv::Point2d, 1> there;
    cv::perspectiveTransform(middle, there, place);
    return there[0];
}

FrontPicture photograph(const Persona& persona, const FrontLook& look) {
    Artwork art = artwork_of(persona, look);
    if (art.grey.empty()) return {};
    cv::RNG chance(look.seed * 40503ULL + 11);
    const cv::Mat place = placing(art.grey.size(), look, chance);
    wear_out(art.grey, look.wear, chance);
    cv::Mat picture = lay_down(art.grey, place);
    cast_shadow(picture, look.shadow, chance);
    put_glare(picture, look.glare, glare_point(art, place, look), chance);
    defocus(picture, look.blur);
    add_noise(picture, look.noise, chance);
    return {k_width, k_height, SecretBytes(picture.datastart, picture.dataend)};
}

constexpr std::array<double, 3> k_aslant{0, 0.8, -0.7};  // degrees

}  // namespace

Result<FrontPicture> draw_front(const Persona& persona, const FrontLook& look) {
    try {
        FrontPicture picture = photograph(persona, within_range(look));
        if (picture.grey.empty()) return fail(Fault::BadData, "drawing the front of the card");
        return picture;
    } catch (const cv::Exception&) {
        return fail(Fault::BadData, "drawing the front of the card");
    }
}

void DrawnFrontCamera::set_look(const FrontLook& look) {
    const std::scoped_lock lock(m_mutex);
    m_look = look;
    m_taken = 0;
}

Result<FrontPicture> DrawnFrontCamera::take() {
    const auto card = m_reader.placed();
    if (!card) return fail(Fault::NoCard, "front of the card");
    const FrontLook look = [this] {
        const std::scoped_lock lock(m_mutex);
        FrontLook aslant = m_look;
        aslant.tilt_degrees += k_aslant.at(m_taken++ % k_aslant.size());
        return aslant;
    }();
    return draw_front(card->persona(), look);
}

}  // namespace uketsuke::card
