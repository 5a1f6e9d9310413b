#include "app/ui/canvas_imgui.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include <imgui.h>

#include "app/ui/declaration_words.h"
#include "app/ui/ruby.h"
#include "app/ui/typesetter_fonts.h"

namespace uketsuke::ui {

namespace {

constexpr std::array<float, k_types> k_leading{1.32F, 1.32F, 1.45F, 1.34F, 1.4F, 1.F, 1.3F};
// What readings add to a line's height.
constexpr float k_ruby_room = 0.45F;
// Of what must be whole whatever its size: a touch or a larger screen shows it larger.
constexpr float k_least_fitted = 0.2F;

constexpr std::uint8_t k_veil = 190;

bool reads_ruby(core::Language language) {
    return script_of(language) == Script::Japanese;
}

bool bends(ImVec2 before, ImVec2 here, ImVec2 after) {
    const float one = std::atan2(here.y - before.y, here.x - before.x);
    const float two = std::atan2(after.y - here.y, after.x - here.x);
    return std::cos(one - two) < 0.95F;
}

ImU32 packed(Colour c) {
    return IM_COL32(c.red, c.green, c.blue, c.alpha);
}

}  // namespace

Canvas::Canvas(const CanvasParts& parts, ImDrawList& list, std::vector<Drawn>& record)
    : m_parts(parts), m_layout(parts.layout), m_list(list), m_record(record) {
    type_scale();
}

void Canvas::type_scale(float scale) {
    m_layout = m_parts.layout.with_type(scale);
}

std::string Canvas::text(const Message& message) const {
    std::string words(m_parts.text.get(message.language.value_or(m_parts.language), message.key));
    // Its readings would be letters to this language.
    if (message.language) words = without_ruby(words);
    if (message.n != Message::k_no_number) words = ui::fill(words, "n", message.n);
    if (message.m != Message::k_no_number) words = ui::fill(words, "m", message.m);
    if (!message.name.empty()) words = ui::fill(words, "name", message.name.view());
    if (!message.quoted.empty()) words = ui::fill(words, "quoted", without_marks(message.quoted));
    if (message.date.said()) words = with_date(std::move(words), message.date);
    return words;
}

std::string Canvas::with_date(std::string words, const core::BirthDate& date) const {
    const auto day = [&](std::string_view key) {
        return ui::fill(ui::fill(text(key), "month", date.month), "day", date.day);
    };
    words = ui::fill(words, "date", ui::fill(day("care.date"), "year", date.year));
    const core::EraDate said = core::in_era(date);
    return ui::fill(words, "era", ui::fill(day("care.era_date"), "era", text(era_year_words(said.era, said.year))));
}

double Canvas::seconds() {
    m_moving = true;
    return m_parts.seconds;
}

void Canvas::cover(float how_much) {
    Colour ground = palette()[Tone::Ground].fill;
    ground.alpha = static_cast<std::uint8_t>(std::clamp(how_much, 0.F, 1.F) * 255);
    fill(layout().content, ground);
    m_moving = true;
}

void Canvas::dim() {
    Colour dark = ui::palette(Theme::HighContrast)[Tone::Ground].fill;
    dark.alpha = k_veil;
    fill(layout().screen, dark);
}

void Canvas::fill(const Rect& rect, Colour colour, float radius) {
    const Rect p = layout().to_pixels(rect);
    m_list.AddRectFilled({p.x, p.y}, {p.right(), p.bottom()}, packed(colour), radius * layout().pixels_per_unit);
}

void Canvas::outline(const Rect& rect, Colour colour, float thickness, float radius) {
    const float scale = layout().pixels_per_unit;
    const Rect p = layout().to_pixels(rect.inset(thickness / 2));
    m_list.AddRect({p.x, p.y}, {p.right(), p.bottom()}, packed(colour), std::max(0.F, radius - thickness / 2) * scale,
                   0, thickness * scale);
}

void Canvas::disc(Point centre, float radius, Colour colour) {
    const Rect p = layout().to_pixels({centre.x, centre.y, 0, 0});
    m_list.AddCircleFilled({p.x, p.y}, radius * layout().pixels_per_unit, packed(colour));
}

void Canvas::ring(Point centre, float radius, Colour colour, float thickness) {
    const Rect p = layout().to_pixels({centre.x, centre.y, 0, 0});
    m_list.AddCircle({p.x, p.y}, radius * layout().pixels_per_unit, packed(colour), 0,
                     thickness * layout().pixels_per_unit);
}

void Canvas::arc(Point centre, float radius, float from, float to, Colour colour, float thickness) {
    const int steps = std::max(6, static_cast<int>(std::abs(to - from) * 96));
    std::vector<Point> points;
    points.reserve(static_cast<std::size_t>(steps) + 1);
    for (int i = 0; i <= steps; ++i) {
        const float turn = from + (to - from) * static_cast<float>(i) / static_cast<float>(steps);
        const float angle = turn * 2 * std::numbers::pi_v<float>;
        points.push_back({centre.x + radius * std::cos(angle), centre.y + radius * std::sin(angle)});
    }
    path(points, colour, thickness);
}

void Canvas::path(std::span<const Point> points, Colour colour, float thickness, bool closed) {
    if (points.size() < 2) return;
    const float scale = layout().pixels_per_unit;
    std::vector<ImVec2> placed;
    placed.reserve(points.size());
    for (const Point& point : points) {
        const Rect p = layout().to_pixels({point.x, point.y, 0, 0});
        placed.push_back({p.x, p.y});
    }
    const auto count = static_cast<int>(placed.size());
    m_list.AddPolyline(placed.data(), count, packed(colour), closed ? ImDrawFlags_Closed : ImDrawFlags_None,
                       thickness * scale);
    // The library's strokes have neither round ends nor round joints; where the line is translucent, they would show.
    if (thickness * scale < 2 || colour.alpha != 255) return;
    for (int i = 0; i < count; ++i) {
        const bool end = !closed && (i == 0 || i == count - 1);
        const ImVec2 before = placed[static_cast<std::size_t>((i + count - 1) % count)];
        const ImVec2 here = placed[static_cast<std::size_t>(i)];
        const ImVec2 after = placed[static_cast<std::size_t>((i + 1) % count)];
        if (end || bends(before, here, after)) m_list.AddCircleFilled(here, thickness * scale / 2, packed(colour));
    }
}

void Canvas::polygon(std::span<const Point> points, Colour colour) {
    for (const Point& point : points) {
        const Rect p = layout().to_pixels({point.x, point.y, 0, 0});
        m_list.PathLineTo({p.x, p.y});
    }
    m_list.PathFillConvex(packed(colour));
}

void Canvas::camera_picture(const Rect& rect, float radius) {
    if (camera().texture == 0) return;
    const float shape = rect.width / rect.height;
    const float across = std::min(1.F, shape / camera().aspect);
    const float down = std::min(1.F, camera().aspect / shape);
    const Rect p = layout().to_pixels(rect);
    // The picture's right side is drawn on the left: a mirror.
    m_list.AddImageRounded(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(camera().texture)), {p.x, p.y},
                           {p.right(), p.bottom()}, {0.5F + across / 2, 0.5F - down / 2},
                           {0.5F - across / 2, 0.5F + down / 2}, IM_COL32_WHITE, radius * layout().pixels_per_unit);
}

float Canvas::line_height(Type type) const {
    return layout().type[type] * k_leading[static_cast<std::size_t>(type)];
}

TextStyle Canvas::style(Type type) const {
    return {.pixels = std::max(8.F, std::round(layout().type[type] * layout().pixels_per_unit)),
            .bold = k_bold[static_cast<std::size_t>(type)],
            .language = m_parts.language,
            .ruby = m_parts.ruby && reads_ruby(m_parts.language) ? Ruby::Read : Ruby::Letters};
}

std::string Canvas::prepared(std::string_view text) const {
    return reads_ruby(m_parts.language) && !m_parts.ruby ? without_ruby(text) : std::string(text);
}

std::shared_ptr<const Flowed> Canvas::flowed(Type type, std::string_view text, float width) const {
    return m_parts.fonts.flow(prepared(text), style(type), width * layout().pixels_per_unit);
}

float Canvas::height_of(Type type, const Flowed& lines) const {
    const auto count = static_cast<float>(lines.lines.size());
    const auto high = static_cast<float>(std::ranges::count_if(lines.lines, &FlowedLine::ruby));
    return (count + high * k_ruby_room) * line_height(type);
}

Lines Canvas::flow(Type type, std::string_view text, float width) const {
    const auto set = flowed(type, text, width);
    Lines lines{.lines = {}, .width = set->width / layout().pixels_per_unit, .height = height_of(type, *set)};
    for (const FlowedLine& line : set->lines) lines.lines.push_back(line.words);
    return lines;
}

void Canvas::put_line(const FlowedLine& line, Point at, Type type, Tone tone, const Rect& within) {
    if (line.words.empty()) return;
    const TextStyle set = style(type);
    const PlacedLine& placed = m_parts.fonts.place(line.words, set);
    const Rect from = layout().to_pixels({at.x, at.y, 0, 0});
    const Point pixel{std::round(from.x), std::round(from.y)};
    const Surface& surface = palette()[tone];
    for (const Tile& tile : placed.tiles) {
        const ImVec2 corner{pixel.x + tile.place.x, pixel.y + tile.place.y};
        m_list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(tile.texture)), corner,
                        {corner.x + tile.place.width, corner.y + tile.place.height}, {tile.part.x, tile.part.y},
                        {tile.part.right(), tile.part.bottom()}, packed(surface.ink));
    }
    // What is inked may stand above the em (readings, accents) but hardly ever beside it.
    const Rect& ink = placed.box.ink;
    const float top = std::min(0.F, ink.y);
    const float bottom = std::max(set.pixels, ink.bottom());
    m_record.push_back({.kind = Drawn::Kind::Text,
                        .rect = {pixel.x, pixel.y + top, line.width, bottom - top},
                        .within = layout().to_pixels(within),
                        .label = set.ruby == Ruby::Read ? without_ruby(line.words) : line.words,
                        .ink = surface.ink,
                        .ground = surface.fill,
                        .large = set.pixels >= (set.bold ? 18.66F : 24.F),
                        .main = false,
                        .intent = std::nullopt});
}

void Canvas::put_lines(const Flowed& lines, const Rect& within, float top, Type type, Tone tone, Align align) {
    const float height = line_height(type);
    float y = top + (height - layout().type[type]) / 2;
    for (const FlowedLine& line : lines.lines) {
        if (line.ruby) y += height * k_ruby_room;
        const float room = within.width - line.width / layout().pixels_per_unit;
        put_line(line, {within.x + (align == Align::Centre ? room / 2 : 0), y}, type, tone, within);
        y += height;
    }
}

float Canvas::words(const Rect& within, Type type, Tone tone, Align align, std::string_view text) {
    const auto lines = flowed(type, text, within.width);
    put_lines(*lines, within, within.y, type, tone, align);
    return height_of(type, *lines);
}

void Canvas::words_in(const Rect& within, Type type, Tone tone, Align align, std::string_view text) {
    const auto lines = flowed(type, text, within.width);
    put_lines(*lines, within, within.y + (within.height - height_of(type, *lines)) / 2, type, tone, align);
}

void Canvas::words_fitted(const Rect& within, Type type, Tone tone, Align align, std::string_view text) {
    const Layout before = m_layout;
    float scale = 1;
    const auto fits = [&] {
        const Lines lines = flow(type, text, within.width);
        return lines.width <= within.width + 0.5F && lines.height <= within.height + 1;
    };
    while (!fits() && scale > k_least_fitted) {
        scale -= 0.05F;
        m_layout = before.with_type(scale);
    }
    words_in(within, type, tone, align, text);
    m_layout = before;
}

void Canvas::record(const Rect& rect, std::string_view label, const std::optional<core::Intent>& intent, bool main) {
    m_record.push_back({.kind = Drawn::Kind::Button,
                        .rect = layout().to_pixels(rect),
                        .within = layout().to_pixels(layout().screen),
                        .label = reads_ruby(m_parts.language) ? without_ruby(label) : std::string(label),
                        .ink = {},
                        .ground = {},
                        .large = false,
                        .main = main,
                        .intent = intent});
}

Canvas::Touch Canvas::touch(const Rect& rect, std::string_view label, std::optional<core::Intent> intent, bool main) {
    const Rect p = layout().to_pixels(rect);
    record(rect, label, intent, main);
    ImGui::PushID(m_parts.page_id);
    // The place belongs to the name: when keys are shuffled under a finger, none of them is pressed.
    ImGui::PushID(static_cast<int>(rect.x) * 10007 + static_cast<int>(rect.y));
    ImGui::SetCursorScreenPos({p.x, p.y});
    const bool pressed = ImGui::InvisibleButton(std::string(label).c_str(), {p.width, p.height});
    const bool held = ImGui::IsItemActive() && ImGui::IsItemHovered();
    ImGui::PopID();
    ImGui::PopID();
    if (pressed && intent) ask(*intent);
    return {pressed, held, intent && m_parts.focus == intent};
}

std::optional<Canvas::Finger> Canvas::follow(const Rect& rect, std::string_view name) {
    const Rect p = layout().to_pixels(rect);
    ImGui::PushID(m_parts.page_id);
    ImGui::SetCursorScreenPos({p.x, p.y});
    ImGui::InvisibleButton(std::string(name).c_str(), {p.width, p.height});
    ImGui::PopID();
    const bool lifted = ImGui::IsItemDeactivated();
    if (!ImGui::IsItemActive() && !lifted) return std::nullopt;
    const ImGuiIO& io = ImGui::GetIO();
    const float scale = layout().pixels_per_unit;
    const auto unit = [&](ImVec2 pixel) {
        return Point{(pixel.x - layout().origin.x) / scale, (pixel.y - layout().origin.y) / scale};
    };
    return Finger{.began = ImGui::IsItemActivated(),
                  .lifted = lifted,
                  .from = unit(io.MouseClickedPos[0]),
                  .at = unit(io.MousePos)};
}

bool Canvas::offer(const Rect& rect, std::string_view label, const core::Intent& intent) {
    record(rect, label, intent, false);
    return m_parts.focus == intent;
}

void Canvas::ask(const core::Intent& intent) {
    if (!m_asked) m_asked = intent;
}

}  // namespace uketsuke::ui
