#include "app/ui/canvas_imgui.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include <imgui.h>

#include "app/ui/text_flow.h"

namespace uketsuke::ui {

namespace {

constexpr std::array<float, k_types> k_leading{1.32F, 1.32F, 1.45F, 1.22F, 1.4F, 1.F, 1.15F};

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
    if (message.n != Message::k_no_number) words = ui::fill(words, "n", message.n);
    if (message.m != Message::k_no_number) words = ui::fill(words, "m", message.m);
    if (!message.name.empty()) words = ui::fill(words, "name", message.name);
    return words;
}

double Canvas::seconds() {
    m_moving = true;
    return m_parts.seconds;
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

Lines Canvas::flow(Type type, std::string_view text, float width) const {
    const ImFont* font = m_parts.fonts[type];
    const float scale = layout().pixels_per_unit;
    const float pixels = layout().type[type] * scale;
    const auto measure = [font, scale, pixels](std::string_view words) {
        return font->CalcTextSizeA(pixels, 1e9F, 0, words.data(), words.data() + words.size()).x / scale;
    };
    Lines lines;
    lines.lines = break_lines(text, width, measure);
    for (const std::string& line : lines.lines) lines.width = std::max(lines.width, measure(line));
    const auto count = static_cast<float>(lines.lines.size());
    lines.height = count * line_height(type);
    return lines;
}

void Canvas::put_line(const std::string& line, Point at, Type type, Tone tone, const Rect& within) {
    if (line.empty()) return;
    ImFont* font = m_parts.fonts[type];
    const Rect from = layout().to_pixels({at.x, at.y, 0, 0});
    const ImVec2 pixel{std::round(from.x), std::round(from.y)};
    const Surface& surface = palette()[tone];
    const float pixels = layout().type[type] * layout().pixels_per_unit;
    m_list.AddText(font, pixels, pixel, packed(surface.ink), line.c_str());
    const ImVec2 size = font->CalcTextSizeA(pixels, 1e9F, 0, line.c_str());
    const bool bold = k_bold[static_cast<std::size_t>(type)];
    m_record.push_back({.kind = Drawn::Kind::Text,
                        .rect = {pixel.x, pixel.y, size.x, size.y},
                        .within = layout().to_pixels(within),
                        .label = line,
                        .ink = surface.ink,
                        .ground = surface.fill,
                        .large = pixels >= (bold ? 18.66F : 24.F),
                        .main = false,
                        .intent = std::nullopt});
}

float Canvas::words(const Rect& within, Type type, Tone tone, Align align, std::string_view text) {
    const Lines lines = flow(type, text, within.width);
    float y = within.y + (line_height(type) - layout().type[type]) / 2;
    for (const std::string& line : lines.lines) {
        float x = within.x;
        if (align == Align::Centre) x += (within.width - flow(type, line, 1e9F).width) / 2;
        put_line(line, {x, y}, type, tone, within);
        y += line_height(type);
    }
    return lines.height;
}

void Canvas::words_in(const Rect& within, Type type, Tone tone, Align align, std::string_view text) {
    const Lines lines = flow(type, text, within.width);
    float y = within.y + (within.height - lines.height) / 2 + (line_height(type) - layout().type[type]) / 2;
    for (const std::string& line : lines.lines) {
        float x = within.x;
        if (align == Align::Centre) x += (within.width - flow(type, line, 1e9F).width) / 2;
        put_line(line, {x, y}, type, tone, within);
        y += line_height(type);
    }
}

void Canvas::words_fitted(const Rect& within, Type type, Tone tone, Align align, std::string_view text) {
    const Layout before = m_layout;
    float scale = 1;
    const auto fits = [&] {
        const Lines lines = flow(type, text, within.width);
        return lines.width <= within.width + 0.5F && lines.height <= within.height + 1;
    };
    while (!fits() && scale > 0.5F) {
        scale -= 0.05F;
        m_layout = before.with_type(scale);
    }
    words_in(within, type, tone, align, text);
    m_layout = before;
}

Canvas::Touch Canvas::touch(const Rect& rect, std::string_view label, std::optional<core::Intent> intent, bool main) {
    const Rect p = layout().to_pixels(rect);
    m_record.push_back({.kind = Drawn::Kind::Button,
                        .rect = p,
                        .within = layout().to_pixels(layout().screen),
                        .label = std::string(label),
                        .ink = {},
                        .ground = {},
                        .large = false,
                        .main = main,
                        .intent = intent});
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

void Canvas::ask(const core::Intent& intent) {
    if (!m_asked) m_asked = intent;
}

}  // namespace uketsuke::ui
