#include "app/ui/typesetter.h"

#include <string.h>
#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>
#include <utility>

#include "app/ui/ruby.h"
#include "app/ui/typesetter_line.h"
#include "app/ui/typesetter_pages.h"

namespace uketsuke::ui {

namespace {

// Some fifty screens' worth of each kind.
constexpr std::size_t k_remembered = 2048;

void wipe(std::string& words) {
    // The room behind the end may hold what stood there before.
    words.resize(words.capacity());
    explicit_bzero(words.data(), words.size());
    words.clear();
}

// A style's widths are those at this size, scaled: nothing is hinted.
constexpr float k_reference_pixels = 64;

struct KnownWidth {
    float per_pixel = 0;  // of the style's size
    bool ruby = false;
};

struct KnownLine {
    PlacedLine placed;
    std::vector<PageSlot> slots;
};

}  // namespace

struct Typesetter::Inside {
    Inside(FontConfig config, bool draws) : setter(std::move(config)), pictures(draws) {}

    LineSetter setter;
    bool pictures;
    TextPages pages;
    std::unordered_map<std::string, std::shared_ptr<Flowed>> flows;
    std::unordered_map<std::string, KnownWidth> widths;
    std::unordered_map<std::string, KnownLine> lines;
    std::string key;  // of the question at hand; kept so that it can be wiped

    const std::string& key_of(std::string_view words, const TextStyle& style, float width) {
        const auto add = [this](std::uint32_t value) {
            for (int i = 0; i < 4; ++i) key.push_back(static_cast<char>(value >> (8 * i)));
        };
        key.clear();
        add(std::bit_cast<std::uint32_t>(style.pixels));
        add(std::bit_cast<std::uint32_t>(width));
        add((style.bold ? 1U : 0U) | (style.ruby == Ruby::Read ? 2U : 0U) |
            (static_cast<std::uint32_t>(style.language) << 2U));
        key.append(words);
        return key;
    }
    KnownWidth width_of(std::string_view words, const TextStyle& style);
    void put(KnownLine& line, const SetLine& set);
    void forget_flows();
    void forget_widths();
};

// A page is broken into lines at a dozen sizes until it fits; the faces are asked at one of them only.
KnownWidth Typesetter::Inside::width_of(std::string_view words, const TextStyle& style) {
    TextStyle reference = style;
    reference.pixels = k_reference_pixels;
    if (const auto known = widths.find(key_of(words, reference, 0)); known != widths.end()) return known->second;
    if (widths.size() >= k_remembered) forget_widths();
    const LineBox box = setter.set(words, reference).box;
    const KnownWidth width{box.width / k_reference_pixels, box.ruby};
    widths.emplace(key_of(words, reference, 0), width);
    return width;
}

void Typesetter::Inside::put(KnownLine& line, const SetLine& set) {
    line = {};
    line.placed.box = set.box;
    if (!pictures) return;
    LinePicture picture = LineSetter::paint(set);
    for (int x = 0; x < picture.width; x += TextPages::k_page_width) {
        const int width = std::min(TextPages::k_page_width, picture.width - x);
        const auto slot = pages.put(picture.alpha.data() + x, picture.width, width, picture.height);
        if (!slot) break;
        Tile tile = pages.tile(*slot);
        tile.place.x = static_cast<float>(picture.left + x);
        tile.place.y = static_cast<float>(picture.top);
        line.slots.push_back(*slot);
        line.placed.tiles.push_back(tile);
    }
    explicit_bzero(picture.alpha.data(), picture.alpha.size());
}

void Typesetter::Inside::forget_flows() {
    while (!flows.empty()) {
        auto node = flows.extract(flows.begin());
        wipe(node.key());
        for (FlowedLine& line : node.mapped()->lines) wipe(line.words);
    }
}

void Typesetter::Inside::forget_widths() {
    while (!widths.empty()) {
        auto node = widths.extract(widths.begin());
        wipe(node.key());
    }
}

Typesetter::Typesetter(std::unique_ptr<Inside> inside) : m_inside(std::move(inside)) {}

Typesetter::~Typesetter() {
    forget();
}

tl::expected<std::unique_ptr<Typesetter>, std::string> Typesetter::create(bool pictures) {
    FontConfig config = closed_font_config();
    if (!config) {
        return tl::unexpected<std::string>(
            "no font for Japanese is installed: fonts-morisawa-bizud-gothic or fonts-noto-cjk");
    }
    return std::unique_ptr<Typesetter>(new Typesetter(std::make_unique<Inside>(std::move(config), pictures)));
}

LineBox Typesetter::measure(std::string_view line, const TextStyle& style) {
    return m_inside->setter.set(line, style).box;
}

LinePicture Typesetter::picture(std::string_view line, const TextStyle& style) {
    return LineSetter::paint(m_inside->setter.set(line, style));
}

std::shared_ptr<const Flowed> Typesetter::flow(std::string_view text, const TextStyle& style, float width) {
    Inside& in = *m_inside;
    if (const auto known = in.flows.find(in.key_of(text, style, width)); known != in.flows.end()) return known->second;
    if (in.flows.size() >= k_remembered) in.forget_flows();
    const float pixels = std::clamp(style.pixels, 4.F, 512.F);
    const auto measured = [&](std::string_view words) { return in.width_of(words, style).per_pixel * pixels; };
    auto flowed = std::make_shared<Flowed>();
    for (std::string& words : break_lines(text, width, measured, style.ruby)) {
        const KnownWidth known = in.width_of(words, style);
        const float width_here = known.per_pixel * pixels;
        flowed->width = std::max(flowed->width, width_here);
        flowed->lines.push_back({std::move(words), width_here, known.ruby});
    }
    in.flows.emplace(in.key_of(text, style, width), flowed);
    return flowed;
}

const PlacedLine& Typesetter::place(std::string_view words, const TextStyle& style) {
    Inside& in = *m_inside;
    const auto [known, fresh] = in.lines.try_emplace(in.key_of(words, style, 0));
    KnownLine& line = known->second;
    const bool gone = !std::ranges::all_of(line.slots, [&in](const PageSlot& slot) { return in.pages.holds(slot); });
    if (fresh || gone) in.put(line, in.setter.set(words, style));
    return line.placed;
}

void Typesetter::begin_frame() {
    if (m_inside->lines.size() > k_remembered) forget();
    m_inside->pages.begin_frame();
}

void Typesetter::forget() {
    Inside& in = *m_inside;
    in.forget_flows();
    in.forget_widths();
    while (!in.lines.empty()) {
        auto node = in.lines.extract(in.lines.begin());
        wipe(node.key());
    }
    wipe(in.key);
    in.pages.erase();
}

std::uint64_t Typesetter::changes() const {
    return m_inside->pages.changes();
}

}  // namespace uketsuke::ui
