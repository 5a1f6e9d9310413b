// One frame's drawing: shapes, words and touchable places in layout units. Private to app/ui; the screens use only the
// methods, so that the drawing library is known to canvas_imgui.cpp and window.cpp alone.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/intent.h"
#include "app/core/vocabulary.h"
#include "app/ui/drawn.h"
#include "app/ui/geometry.h"
#include "app/ui/layout.h"
#include "app/ui/message.h"
#include "app/ui/text.h"
#include "app/ui/theme.h"
#include "app/ui/typesetter.h"

struct ImDrawList;

namespace uketsuke::ui {

enum class Align : std::uint8_t { Left, Centre };

inline constexpr float k_least_type = 0.55F;  // smaller than this nothing is ever set

// A text broken into lines for a width.
struct Lines {
    std::vector<std::string> lines;
    float width = 0;   // of the longest line
    float height = 0;  // of all of them; a line with readings is higher than the others
};

// What the face screen shows of the camera.
struct CameraImage {
    std::uint32_t texture = 0;  // 0: there is none
    float aspect = 4.F / 3.F;
};

struct CanvasParts {
    const Layout& layout;
    const Palette& palette;
    const Text& text;
    Typesetter& fonts;
    core::Language language{};
    bool ruby = false;  // readings are shown above Japanese words; otherwise they are left out
    CameraImage camera;
    std::optional<core::Intent> focus;  // what the physical keys would press
    double seconds = 0;                 // what moves takes its phase from here; stands still off-screen
    int page_id = 0;                    // a finger that went down on another page presses nothing here
};

class Canvas {
  public:
    Canvas(const CanvasParts& parts, ImDrawList& list, std::vector<Drawn>& record);

    const Layout& layout() const { return m_layout; }
    const Palette& palette() const { return m_parts.palette; }
    core::Language language() const { return m_parts.language; }
    const CameraImage& camera() const { return m_parts.camera; }
    std::string_view text(std::string_view key) const { return m_parts.text.get(m_parts.language, key); }
    // Filled, in its own language where it has one.
    std::string text(const Message& message) const;
    // For what moves; asking for it makes the window draw on.
    double seconds();
    bool moving() const { return m_moving; }
    // What the page holds, not what surrounds it, under the ground's colour: 0 not at all, 1 wholly. It moves.
    void cover(float how_much);
    // All of it, under a dark veil.
    void dim();

    void fill(const Rect& rect, Colour colour, float radius = 0);
    void outline(const Rect& rect, Colour colour, float thickness, float radius = 0);
    void disc(Point centre, float radius, Colour colour);
    void ring(Point centre, float radius, Colour colour, float thickness);
    // Angles in turns from three o'clock, clockwise.
    void arc(Point centre, float radius, float from, float to, Colour colour, float thickness);
    // Round ends and joints.
    void path(std::span<const Point> points, Colour colour, float thickness, bool closed = false);
    void polygon(std::span<const Point> points, Colour colour);  // convex
    void camera_picture(const Rect& rect, float radius);         // mirrored, cut to the rectangle's shape

    // A text's marks: '\n', '|' and, in Japanese, readings (text_flow.h, ruby.h).
    Lines flow(Type type, std::string_view text, float width) const;
    float line_height(Type type) const;  // of a line without readings
    // From the top of `within` downwards; returns the height taken.
    float words(const Rect& within, Type type, Tone tone, Align align, std::string_view text);
    // In the middle of `within`.
    void words_in(const Rect& within, Type type, Tone tone, Align align, std::string_view text);
    // The same, in smaller type where it would not fit.
    void words_fitted(const Rect& within, Type type, Tone tone, Align align, std::string_view text);
    // Every size of type from here on; 1 is the usual one. Without a number: as this patient wants it.
    void type_scale(float scale);
    void type_scale() { type_scale(m_parts.layout.type_scale); }

    struct Touch {
        bool pressed = false;  // went down and up again here
        bool held = false;
        bool focused = false;
    };
    Touch touch(const Rect& rect, std::string_view label, std::optional<core::Intent> intent, bool main);
    // A finger that went down in the rectangle, wherever it is now.
    struct Finger {
        bool began = false;
        bool lifted = false;
        Point from;
        Point at;
    };
    std::optional<Finger> follow(const Rect& rect, std::string_view name);
    // Tells drawn() of a place that follow() takes the touches of; whether the physical keys stand on it.
    bool offer(const Rect& rect, std::string_view label, const core::Intent& intent);
    // The first one of a frame wins.
    void ask(const core::Intent& intent);
    const std::optional<core::Intent>& asked() const { return m_asked; }

  private:
    void record(const Rect& rect, std::string_view label, const std::optional<core::Intent>& intent, bool main);
    TextStyle style(Type type) const;
    std::string with_date(std::string words, const core::BirthDate& date) const;
    std::string prepared(std::string_view text) const;
    std::shared_ptr<const Flowed> flowed(Type type, std::string_view text, float width) const;
    float height_of(Type type, const Flowed& lines) const;
    void put_lines(const Flowed& lines, const Rect& within, float top, Type type, Tone tone, Align align);
    void put_line(const FlowedLine& line, Point at, Type type, Tone tone, const Rect& within);

    CanvasParts m_parts;
    Layout m_layout;
    ImDrawList& m_list;
    std::vector<Drawn>& m_record;
    std::optional<core::Intent> m_asked;
    bool m_moving = false;
};

}  // namespace uketsuke::ui
