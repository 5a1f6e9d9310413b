#include "card/front/card_artwork.h"

#include <array>
#include <string>
#include <string_view>

#include "card/front/paper.h"
#include "card/front/printed_dates.h"

namespace uketsuke::card {
namespace {

// Chance that is the same on every machine.
class Layout {
  public:
    explicit Layout(std::uint32_t seed) : m_chance(seed * 2654435761ULL + 97) {}
    double move(double up_to) { return m_chance.uniform(-up_to, up_to); }
    const std::string& typeface() {
        static const std::array<std::string, 4> k_faces{"BIZ UDGothic", "Noto Sans CJK JP", "BIZ UDPGothic",
                                                        "Noto Sans Mono CJK JP"};
        return k_faces[static_cast<std::size_t>(m_chance.uniform(0, static_cast<int>(k_faces.size())))];
    }

  private:
    cv::RNG m_chance;
};

void draw_guilloche(Paper& paper, Layout& layout) {
    const double length = 19 + layout.move(6);
    for (int i = 0; i < 40; ++i) {
        paper.wave(-4 + i * 1.6, 2.6, length, i * 0.037, 0.11, 0.80);
        paper.wave(-4 + i * 1.6, 2.6, length * 0.62, 0.5 - i * 0.051, 0.11, 0.83);
    }
}

void draw_person(Paper& paper, const cv::Rect2d& box) {
    paper.fill(box, 0.74);
    const double middle = box.x + box.width / 2;
    paper.ellipse({middle, box.y + box.height * 0.36}, {box.width * 0.25, box.height * 0.24}, 0.30);
    paper.ellipse({middle, box.y + box.height * 0.41}, {box.width * 0.20, box.height * 0.21}, 0.58);
    paper.fill({middle - box.width * 0.09, box.y + box.height * 0.58, box.width * 0.18, box.height * 0.12}, 0.55);
    // The shoulders end with the photo.
    for (double y = 0.69; y < 1.0; y += 0.01) {
        const double half = box.width * std::min(0.44, 0.16 + (y - 0.69) * 2.2);
        paper.fill({middle - half, box.y + box.height * y, half * 2, box.height * 0.014}, 0.36);
    }
}

std::string sex_of(Sex sex) {
    switch (sex) {
        case Sex::Male:
            return "男";
        case Sex::Female:
            return "女";
        case Sex::NotApplicable:
        case Sex::Unknown:
            break;
    }
    return "";
}

std::string without_prefecture(std::string_view address) {
    for (const std::string_view end : {"都", "道", "府", "県"}) {
        const auto at = address.find(end);
        // No prefecture has more than three characters before its last one.
        if (at != std::string_view::npos && at > 0 && at <= 9) return std::string(address.substr(at + end.size()));
    }
    return std::string(address);
}

// 「架空区長」 of 「東京都架空区みどり町…」.
std::string issuer_of(std::string_view address) {
    const std::string town = without_prefecture(address);
    std::size_t end = std::string::npos;
    for (const std::string_view word : {"市", "区", "町", "村"}) end = std::min(end, town.find(word));
    if (end == std::string::npos) return "架空市長";
    return town.substr(0, end + 3) + "長";
}

void draw_note(Paper& paper, Layout& layout, const std::string& face) {
    const double x = 53 + layout.move(1.2);
    const double y = 18.2 + layout.move(0.4);
    paper.text(x, y, 2.5, "顔認証", {face}, 0.15);
    paper.text(x + 10, y + 0.2, 2.1, "令和6年12月 2日", {face}, 0.15);
    paper.circle({x + 29, y + 1.6}, 1.9, 0.25, 0.45);
    paper.text(x + 28, y + 0.5, 2.0, "印", {face}, 0.45);
}

}  // namespace

Artwork draw_card_front(const Persona& persona, std::uint32_t seed) {
    Layout layout(seed);
    Paper paper(k_card_width_mm, k_card_height_mm, k_artwork_scale, 0.90);
    const std::string face = layout.typeface();
    draw_guilloche(paper, layout);
    paper.text(4 + layout.move(0.6), 4.4, 1.7, "氏名", {face}, 0.35);
    paper.text(9.5 + layout.move(0.8), 3.4 + layout.move(0.5), 3.5, persona.name, {face});
    paper.text(4 + layout.move(0.6), 10.4, 1.7, "住所", {face}, 0.35);
    paper.text(9.5 + layout.move(0.8), 10 + layout.move(0.5), 2.5, persona.address, {face, false, 0}, 0.1, 72);
    draw_person(paper, {4.5 + layout.move(0.5), 22.5 + layout.move(0.5), 22.5, 27.5});

    const double left = 31 + layout.move(1.5);
    const double top = 23.2 + layout.move(0.8);
    const double size = 2.75 + layout.move(0.2);
    const double birth = paper.text(left, top, size, printed_birth(persona.birth_date), {face});
    paper.text(left + birth + 4 + layout.move(1.2), top + 0.1, size, "性別 " + sex_of(persona.sex), {face});
    paper.text(left, top + 4.9 + layout.move(0.5), size, printed_expiry(persona.card_expiry), {face});

    const cv::Rect2d code_box{69.8 + layout.move(2), top + 4.6 + layout.move(0.8), 11.4, 4.6};
    paper.fill(code_box, 0.93);
    paper.frame(code_box, 0.12, 0.4);
    paper.text(code_box.x + 1.5, code_box.y + 0.5, 2.8, persona.security_code, {face, false, 0.25});
    paper.text(left, top + 10.6 + layout.move(0.5), 1.9, "電子証明書の有効期限　　　　年　　月　　日", {face}, 0.25);
    if (persona.face_authentication_card) draw_note(paper, layout, face);
    paper.text(36 + layout.move(2), 40 + layout.move(0.8), 4.6, "個人番号カード", {face, true, 0.7}, 0.2);
    paper.text(57 + layout.move(3), 47.4 + layout.move(0.6), 2.6, issuer_of(persona.address), {face, false, 0.8});
    return {paper.grey(), code_box};
}

Artwork draw_card_back(std::uint32_t seed) {
    Layout layout(seed);
    Paper paper(k_card_width_mm, k_card_height_mm, k_artwork_scale, 0.90);
    const std::string face = layout.typeface();
    draw_guilloche(paper, layout);
    paper.text(6 + layout.move(1), 5, 2.4, "個人番号", {face});
    paper.fill({22, 4, 46, 5.4}, 0.96);
    paper.frame({22, 4, 46, 5.4}, 0.12, 0.5);
    paper.text(6 + layout.move(1), 12, 2.2, "氏名　生年月日", {face});
    paper.fill({9, 22, 12.5, 10}, 0.62);
    for (int i = 1; i < 4; ++i) paper.fill({9, 22 + i * 2.5, 12.5, 0.2}, 0.4);
    paper.text(28, 22, 1.9, "このカードを拾った方は、最寄りの市区町村又は警察へ\nお届けください。", {face}, 0.25);
    paper.frame({62, 34, 15, 15}, 0.3, 0.2);
    for (int y = 0; y < 13; ++y) {
        for (int x = 0; x < 13; ++x) {
            if ((x * 7 + y * 5 + x * y) % 3 == 0) paper.fill({63.0 + x, 35.0 + y, 1.0, 1.0}, 0.15);
        }
    }
    return {paper.grey(), {}};
}

Artwork draw_other_card(std::uint32_t seed) {
    Layout layout(seed);
    Paper paper(k_card_width_mm, k_card_height_mm, k_artwork_scale, 0.80);
    const std::string face = layout.typeface();
    paper.fill({0, 0, k_card_width_mm, 16}, 0.55);
    paper.text(6, 4.5, 6.5, "かくう交通", {face, true}, 0.95);
    paper.text(6, 34 + layout.move(1), 3.2, "ICカード乗車券", {face}, 0.2);
    paper.text(6, 42 + layout.move(1), 2.4, "この券は大切に取り扱ってください", {face}, 0.3);
    paper.ellipse({70, 36}, {8, 8}, 0.62);
    return {paper.grey(), {}};
}

}  // namespace uketsuke::card
