#include "app/ui/demo_bar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/draw_demo_bar.h"

namespace uketsuke::ui {

namespace {

struct Chip {
    std::string label;
    bool on = false;
    DemoAction action;
};

constexpr float k_row_gap = 10;

// A caption and chips of equal width in what is left of the row.
void row(Canvas& canvas, const Rect& rect, std::string_view caption, const std::vector<Chip>& chips,
         std::optional<DemoAction>& asked) {
    const float caption_width = canvas.layout().upright ? 230.F : 170.F;
    canvas.words_in({rect.x, rect.y, caption_width, rect.height}, Type::Small, Tone::Demo, Align::Left, caption);
    if (chips.empty()) return;
    const float left = rect.x + caption_width + k_row_gap;
    const auto count = static_cast<float>(chips.size());
    const float width = std::min((rect.right() - left - (count - 1) * k_row_gap) / count, 240.F);
    float x = left;
    for (const Chip& chip : chips) {
        const Rect place{x, rect.y, width, rect.height};
        const bool held = canvas.touch(place, chip.label, std::nullopt, false).pressed;
        if (held && !asked) asked = chip.action;
        const Surface& surface = canvas.palette()[chip.on ? Tone::Primary : Tone::DemoHeld];
        canvas.fill(place, surface.edge, rect.height * 0.3F);
        canvas.fill(place.inset(chip.on ? 4.F : 2.F), surface.fill, rect.height * 0.26F);
        std::string label = chip.label;
        while (!label.empty() && canvas.flow(Type::Small, label, 1e9F).width > width - 12) {
            do {
                label.pop_back();
            } while (!label.empty() && (static_cast<unsigned char>(label.back()) & 0xC0U) == 0x80);
            // The lead byte of the character whose tail was just cut.
            if (!label.empty() && static_cast<unsigned char>(label.back()) >= 0xC0) label.pop_back();
        }
        canvas.words_in(place, Type::Small, chip.on ? Tone::Primary : Tone::DemoHeld, Align::Centre, label);
        x += width + k_row_gap;
    }
}

// The sights that the demonstration knows have a translation; any other shows its own label.
std::string sight_label(Canvas& canvas, const DemoItem& sight) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 10> k_known{{
        {"person", "bar.sight_person"},
        {"other", "bar.sight_other"},
        {"photo", "bar.sight_photo"},
        {"screen", "bar.sight_screen"},
        {"nobody", "bar.sight_nobody"},
        {"white", "bar.sight_white"},
        {"black", "bar.sight_black"},
        {"frozen", "bar.sight_frozen"},
        {"none", "bar.sight_none"},
        {"webcam", "bar.sight_webcam"},
    }};
    for (const auto& [id, key] : k_known) {
        if (id == sight.id) return std::string(canvas.text(key));
    }
    return sight.label;
}

}  // namespace

float demo_bar_pixels(float width, float height) {
    const bool upright = height > width;
    const float units = upright ? 270.F : 140.F;
    const float scale =
        upright ? std::min(width / 1080, height / (1920 + units)) : std::min(width / 1280, height / (800 + units));
    return std::round(units * scale);
}

Layout demo_bar_layout(const Layout& patient, const Rect& area) {
    Layout layout = patient;
    layout.origin = {area.x, area.y};
    layout.screen = {0, 0, area.width / patient.pixels_per_unit, area.height / patient.pixels_per_unit};
    return layout;
}

std::optional<DemoAction> draw_demo_bar(Canvas& canvas, const DemoBar& bar) {
    const Rect& all = canvas.layout().screen;
    canvas.fill(all, canvas.palette()[Tone::Demo].fill);
    canvas.fill({all.x, all.y, all.width, 4}, canvas.palette()[Tone::Demo].edge);
    const Rect inner{24, 18, all.width - 48, all.height - 32};

    std::vector<Chip> cards;
    const std::size_t past = std::min(bar.cards.size(), bar.first_card + k_demo_cards_shown);
    for (std::size_t i = bar.first_card; i < past; ++i) {
        const DemoItem& card = bar.cards[i];
        cards.push_back({card.label, card.id == bar.card_now, {DemoAction::Kind::PlaceCard, card.id}});
    }
    if (bar.cards.size() > k_demo_cards_shown) {
        cards.push_back({std::string(canvas.text("bar.more")), false, {DemoAction::Kind::MoreCards, {}}});
    }
    if (bar.can_issue_own_card) {
        cards.push_back({std::string(canvas.text("bar.own")), false, {DemoAction::Kind::IssueOwnCard, {}}});
    }
    if (!bar.card_now.empty()) {
        cards.push_back({std::string(canvas.text("bar.remove")), false, {DemoAction::Kind::RemoveCard, bar.card_now}});
    }
    std::vector<Chip> sights;
    for (const DemoItem& sight : bar.sights) {
        sights.push_back({sight_label(canvas, sight), sight.id == bar.sight_now, {DemoAction::Kind::LookAt, sight.id}});
    }
    const Chip network{std::string(canvas.text(bar.network_up ? "bar.network_up" : "bar.network_down")),
                       bar.network_up,
                       {DemoAction::Kind::Network, bar.network_up ? "down" : "up"}};
    // Upright there is no room for all in two rows: the cards take two, and the network stands with the second.
    std::vector<Chip> more;
    if (canvas.layout().upright) {
        const auto half = static_cast<std::ptrdiff_t>((cards.size() + 2) / 2);
        more.assign(cards.begin() + half, cards.end());
        cards.erase(cards.begin() + half, cards.end());
        more.push_back(network);
    } else {
        sights.push_back(network);
    }

    std::optional<DemoAction> asked;
    const float rows = more.empty() ? 2.F : 3.F;
    Rect place{inner.x, inner.y, inner.width, (inner.height - (rows - 1) * k_row_gap) / rows};
    row(canvas, place, canvas.text("bar.card"), cards, asked);
    place.y += place.height + k_row_gap;
    if (!more.empty()) {
        row(canvas, place, {}, more, asked);
        place.y += place.height + k_row_gap;
    }
    row(canvas, place, canvas.text("bar.sight"), sights, asked);
    return asked;
}

}  // namespace uketsuke::ui
