// The place of everything on a page. Private to app/ui: compose() uses it.
#pragma once

#include <cstddef>
#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/scene.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

// Run dry it only says whether everything has its place at the type size that the canvas has now; then the same code
// draws. The pieces are in composer.cpp, where they stand in compose.cpp.
class Composer {
  public:
    Composer(Canvas& canvas, const Scene& scene) : m_canvas(canvas), m_scene(scene) {}

    // `columns` of a keypad or a list.
    bool fits(float scale, int columns, bool with_picture);
    void draw();

  private:
    const Layout& layout() const { return m_canvas.layout(); }
    float gap() const { return layout().spacing.gap; }
    template <class T>
    const T* figure() const {
        return std::get_if<T>(&m_scene.figure);
    }
    void need(bool holds) { m_fits = m_fits && holds; }
    bool has_more() const { return m_scene.more && !more_in_footer(layout(), m_scene); }

    // Cuts a piece off the top or the bottom.
    Rect top(Rect& rect, float height);
    Rect bottom(Rect& rect, float height);

    void write(Rect& rect, Type type, Tone tone, Align align, const std::string& words, float after);

    void put_notice(Rect& rect, bool from_top);

    // Overline, title, body and aside from the top of `rect`, which keeps what stays free.
    void words(Rect& rect, Align align);
    void footnote(Rect& rect, Align align);

    // The smaller choice beside the words.
    void more(Rect& rect, Align align);

    ButtonSize size_of(bool beside) const;
    float tallest(float width, std::size_t from, std::size_t to, ButtonSize size);
    // Rows of `columns` each, all equally tall, from the top of `place`.
    void grid(const Rect& place, std::size_t columns, float height, ButtonSize size);
    float grid_height(float width, std::size_t columns, ButtonSize size, float& row);

    // At the bottom of `rect`, or from its top.
    void choices(Rect& rect, std::size_t columns, bool from_top);
    // A list takes the room that there is.
    void stretch_list(const Rect& rect);
    void paired(Rect& rect, bool from_top);

    void put_picture(const Rect& rect, float largest);
    void put_answers(Rect& rect);
    float pad_rows() const { return static_cast<float>(k_pad_places / m_columns); }
    void put_pad(const Rect& rect, const DigitPad& pad);
    void put_dots(Rect& rect, const DigitPad& pad);

    void upright(Rect rect);

    void lying(const Rect& content);

    void low();
    // What is only read takes the size that its own half has room for.
    void read_larger(const Rect& read, Align align);
    // Takes the right part of `rect` off.
    Rect split(Rect& rect, float share) const;
    void footnote_at_top(Rect& rect, Align align);
    void low_pad(Rect read, Rect reach, const DigitPad& pad);

    void compose();

    Canvas& m_canvas;
    const Scene& m_scene;
    bool m_dry = true;
    float m_scale = 1;  // of the type, as fits() was asked last
    bool m_fits = true;
    bool m_with_picture = true;
    bool m_notice_apart = false;  // it does not stand under the words
    int m_columns = 3;
};

}  // namespace uketsuke::ui
