#include <algorithm>
#include <utility>
#include <vector>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

constexpr float k_step = 0.05F;

// The place of everything on the page. Run dry it only says whether everything has its place at the type size that the
// canvas has now; then the same code draws.
class Composer {
  public:
    Composer(Canvas& canvas, const Scene& scene) : m_canvas(canvas), m_scene(scene) {}

    // `columns` of a keypad or a list.
    bool fits(float scale, int columns, bool with_picture) {
        m_canvas.type_scale(scale);
        m_dry = true;
        m_fits = true;
        m_columns = columns;
        m_with_picture = with_picture;
        compose();
        return m_fits;
    }
    void draw() {
        m_dry = false;
        compose();
        m_canvas.type_scale();
    }

  private:
    const Layout& layout() const { return m_canvas.layout(); }
    float gap() const { return layout().spacing.gap; }
    template <class T>
    const T* figure() const {
        return std::get_if<T>(&m_scene.figure);
    }
    void need(bool holds) { m_fits = m_fits && holds; }

    // Cuts a piece off the top or the bottom.
    Rect top(Rect& rect, float height) {
        need(height <= rect.height + 0.5F);
        const Rect cut{rect.x, rect.y, rect.width, height};
        rect.y += height;
        rect.height -= height;
        return cut;
    }
    Rect bottom(Rect& rect, float height) {
        need(height <= rect.height + 0.5F);
        rect.height -= height;
        return {rect.x, rect.bottom(), rect.width, height};
    }

    void write(Rect& rect, Type type, Tone tone, Align align, const std::string& words, float after) {
        if (words.empty()) return;
        const Lines lines = m_canvas.flow(type, words, rect.width);
        need(lines.width <= rect.width + 1);
        const Rect place = top(rect, lines.height);
        if (!m_dry) m_canvas.words(place, type, tone, align, words);
        top(rect, std::min(after, std::max(0.F, rect.height)));
    }

    void put_notice(Rect& rect, bool from_top) {
        if (!m_scene.aside) return;
        bool wide = false;
        const float height = notice_height(m_canvas, rect.width, *m_scene.aside, wide);
        need(!wide);
        const Rect place = from_top ? top(rect, height) : bottom(rect, height);
        if (!m_dry) notice(m_canvas, place, *m_scene.aside);
        if (from_top) top(rect, std::min(gap(), std::max(0.F, rect.height)));
    }

    // Overline, title, body and aside from the top of `rect`, which keeps what stays free.
    void words(Rect& rect, Align align) {
        const auto& scene = m_scene;
        const float close = gap() * 0.3F;
        if (!scene.overline.empty()) {
            write(rect, Type::Body, Tone::Muted, align, m_canvas.text(scene.overline), close);
        }
        const Type title = scene.reading ? Type::Heading : Type::Title;
        write(rect, title, Tone::Ground, align, m_canvas.text(scene.title), gap() * 0.7F);
        if (scene.reading) {
            for (const Message& message : scene.body) {
                write(rect, Type::Body, Tone::Ground, Align::Left, m_canvas.text(message), gap() * 0.7F);
            }
        } else {
            write(rect, Type::Body, Tone::Ground, align, lines_of(m_canvas, scene.body), gap() * 0.9F);
        }
        if (figure<CameraPanel>() == nullptr) put_notice(rect, true);
    }
    void footnote(Rect& rect, Align align) {
        const std::string words = lines_of(m_canvas, m_scene.footnote);
        if (words.empty()) return;
        const Lines lines = m_canvas.flow(Type::Small, words, rect.width);
        need(lines.width <= rect.width + 1);
        const Rect place = bottom(rect, lines.height);
        if (!m_dry) m_canvas.words(place, Type::Small, Tone::Muted, align, words);
        bottom(rect, std::min(gap() * 0.6F, std::max(0.F, rect.height)));
    }

    // The smaller choice beside the words.
    void more(Rect& rect, Align align) {
        if (!m_scene.more) return;
        bool wide = false;
        const float width =
            std::clamp(button_width(m_canvas, *m_scene.more, ButtonSize::Small), layout().target, rect.width);
        const float height =
            std::max(layout().target, button_height(m_canvas, width + 2, *m_scene.more, ButtonSize::Small, wide));
        need(!wide);
        Rect place = top(rect, height);
        if (align == Align::Centre) place.x += (place.width - width) / 2;
        place.width = width;
        if (!m_dry) button(m_canvas, place, *m_scene.more, ButtonSize::Small);
        top(rect, std::min(gap(), std::max(0.F, rect.height)));
    }

    ButtonSize size_of(bool beside) const {
        if (figure<DigitPad>() != nullptr && m_scene.choices.size() > 1) return ButtonSize::Small;
        const bool column = !beside && m_scene.choices.size() > 1 && !m_scene.list;
        return column ? ButtonSize::Column : ButtonSize::Main;
    }
    float tallest(float width, std::size_t from, std::size_t to, ButtonSize size) {
        const bool small = m_scene.list || m_scene.reading || figure<DigitPad>() != nullptr;
        float height = small ? layout().target : layout().main_target;
        bool wide = false;
        for (std::size_t i = from; i < to; ++i) {
            height = std::max(height, button_height(m_canvas, width, m_scene.choices[i], size, wide));
        }
        need(!wide);
        return height;
    }
    // Rows of `columns` each, all equally tall, from the top of `place`.
    void grid(const Rect& place, std::size_t columns, float height, ButtonSize size) {
        const auto count = static_cast<float>(columns);
        const float width = (place.width - (count - 1) * gap()) / count;
        for (std::size_t i = 0; i < m_scene.choices.size() && !m_dry; ++i) {
            const auto column = static_cast<float>(i % columns);
            const auto row = static_cast<float>(i / columns);
            button(m_canvas, {place.x + column * (width + gap()), place.y + row * (height + gap()), width, height},
                   m_scene.choices[i], size);
        }
    }
    float grid_height(float width, std::size_t columns, ButtonSize size, float& row) {
        const auto count = static_cast<float>(columns);
        row = tallest((width - (count - 1) * gap()) / count, 0, m_scene.choices.size(), size);
        const auto rows = static_cast<float>((m_scene.choices.size() + columns - 1) / columns);
        return rows * row + (rows - 1) * gap();
    }

    // At the bottom of `rect`, or from its top.
    void choices(Rect& rect, std::size_t columns, bool from_top) {
        if (m_scene.choices.empty()) return;
        const bool pair = m_scene.pair_first && columns == 1 && layout().upright && m_scene.choices.size() > 1;
        const ButtonSize size = pair ? ButtonSize::Main : size_of(columns > 1);
        if (pair) {
            paired(rect, from_top);
            return;
        }
        float row = 0;
        const float height = grid_height(rect.width, columns, size, row);
        const Rect place = from_top ? top(rect, height) : bottom(rect, height);
        grid(place, columns, row, size);
        if (!from_top) bottom(rect, std::min(gap(), std::max(0.F, rect.height)));
    }
    // A list takes the room that there is.
    void stretch_list(const Rect& rect) {
        const auto columns = static_cast<std::size_t>(m_columns);
        float row = 0;
        const float height = grid_height(rect.width, columns, ButtonSize::Main, row);
        need(height <= rect.height + 0.5F);
        const auto rows = static_cast<float>((m_scene.choices.size() + columns - 1) / columns);
        const float most = (rect.height - (rows - 1) * gap()) / rows;
        grid(rect, columns, std::clamp(layout().main_target * 1.1F, row, std::max(row, most)), ButtonSize::Main);
    }
    void paired(Rect& rect, bool from_top) {
        const float half = (rect.width - gap()) / 2;
        const auto& all = m_scene.choices;
        const float first = tallest(half, 0, 2, ButtonSize::Main);
        const float others = all.size() > 2 ? tallest(rect.width, 2, all.size(), ButtonSize::Main) : 0;
        const auto rest = static_cast<float>(all.size() - 2);
        const float height = first + rest * (others + gap());
        const Rect place = from_top ? top(rect, height) : bottom(rect, height);
        if (!m_dry) {
            button(m_canvas, {place.x, place.y, half, first}, all[0], ButtonSize::Main);
            button(m_canvas, {place.x + half + gap(), place.y, half, first}, all[1], ButtonSize::Main);
            float y = place.y + first + gap();
            for (std::size_t i = 2; i < all.size(); ++i, y += others + gap()) {
                button(m_canvas, {place.x, y, place.width, others}, all[i], ButtonSize::Main);
            }
        }
        if (!from_top) bottom(rect, std::min(gap(), std::max(0.F, rect.height)));
    }

    void put_picture(const Rect& rect, float largest) {
        const auto* picture = figure<Picture>();
        if (picture == nullptr) return;
        const float side = std::min({rect.width, rect.height, largest});
        const float least = layout().upright ? 190.F : 120.F;
        if (m_with_picture) need(side >= least);
        if (m_dry || side < least * 0.8F) return;
        (*picture)(m_canvas, {rect.centre().x - side / 2, rect.centre().y - side / 2, side, side});
    }
    void put_answers(Rect& rect) {
        if (figure<Answers>() == nullptr) return;
        Answers shown = *figure<Answers>();
        if (!m_with_picture) {
            for (auto& row : shown.rows) row.picture = nullptr;
        }
        bool wide = false;
        const float height = answers_height(m_canvas, rect.width, shown, wide);
        need(!wide);
        const Rect place = top(rect, height);
        if (!m_dry) answers(m_canvas, place, shown);
        top(rect, std::min(gap(), std::max(0.F, rect.height)));
    }
    float pad_rows() const { return static_cast<float>(k_pad_places / m_columns); }
    void put_pad(const Rect& rect, const DigitPad& pad) {
        const Size key = key_size(rect, m_columns, pad_gap(m_canvas, rect, m_columns));
        need(std::min(key.width, key.height) + 0.5F >= std::max(layout().target, layout().type[Type::Digit] * 1.1F));
        if (!m_dry) keypad(m_canvas, rect, pad, m_columns);
    }
    void put_dots(Rect& rect, const DigitPad& pad) {
        const Rect place = bottom(rect, dots_height(m_canvas, pad));
        if (!m_dry) dots(m_canvas, place, pad);
    }

    void upright(Rect rect) {
        const auto* pad = figure<DigitPad>();
        if (m_scene.list) {
            words(rect, Align::Centre);
            stretch_list(rect);
            return;
        }
        footnote(rect, Align::Centre);
        choices(rect, pad != nullptr && !m_scene.choices.empty() ? m_scene.choices.size() : 1, false);
        if (pad != nullptr) {
            const float least = pad_rows() * layout().target + (pad_rows() - 1) * gap() * 0.7F;
            Rect keys = bottom(rect, std::max(least, std::min(rect.height * 0.64F, 165 * pad_rows())));
            keys.x += 40;
            keys.width -= 80;
            put_pad(keys, *pad);
            put_dots(rect, *pad);
        }
        if (figure<CameraPanel>() != nullptr) {
            words(rect, Align::Centre);
            put_notice(rect, false);
            bottom(rect, std::min(gap(), std::max(0.F, rect.height)));
            need(rect.height > 420);
            if (!m_dry) camera_panel(m_canvas, rect, figure<CameraPanel>()->guidance);
            return;
        }
        words(rect, Align::Centre);
        put_answers(rect);
        more(rect, Align::Centre);
        put_picture(rect, m_scene.choices.empty() ? 860.F : 600.F);
    }

    void lying(const Rect& content) {
        const float between = 2.4F * gap();
        const float half = (content.width - between) / 2;
        Rect left{content.x, content.y, half, content.height};
        Rect right{content.x + half + between, content.y, half, content.height};
        if (m_scene.list || m_scene.reading) {
            Rect all = content;
            if (m_scene.reading) choices(all, 1, false);
            words(all, Align::Left);
            if (m_scene.list) stretch_list(all);
            return;
        }
        if (const auto* camera = figure<CameraPanel>()) {
            if (!m_dry) camera_panel(m_canvas, left, camera->guidance);
            footnote(right, Align::Left);
            words(right, Align::Left);
            put_notice(right, true);
            return;
        }
        if (const auto* pad = figure<DigitPad>()) {
            footnote(left, Align::Left);
            choices(left, m_scene.choices.size() > 1 ? 2 : 1, false);
            put_dots(left, *pad);
            words(left, Align::Left);
            put_pad(right, *pad);
            return;
        }
        const auto count = m_scene.choices.size();
        if (count == 0) {
            footnote(left, Align::Left);
            Rect trial = left;
            const bool dry = std::exchange(m_dry, true);
            words(trial, Align::Left);
            m_dry = dry;
            const float free = std::max(0.F, trial.height) / 2;
            left.y += free;
            left.height -= free;
            words(left, Align::Left);
            put_picture(right, 600);
            return;
        }
        footnote(count == 1 ? left : right, count == 1 ? Align::Left : Align::Centre);
        if (count == 1) {
            choices(right, 1, false);
            put_picture(right, 600);
        } else {
            float row = 0;
            const float height = grid_height(right.width, 1, size_of(false), row);
            top(right, std::max(0.F, (right.height - height) / 2));
            choices(right, 1, true);
        }
        words(left, Align::Left);
        put_answers(left);
        more(left, Align::Left);
        if (count > 1) put_picture(left, 300);
    }

    void low() {
        if (m_scene.reading) {
            // Long words may go below the middle; what is touched stands under them.
            Rect all = layout().content;
            choices(all, 1, false);
            words(all, Align::Left);
            return;
        }
        Rect read = layout().words;
        Rect reach = layout().reach;
        const bool upright = layout().upright;
        const Align align = upright ? Align::Centre : Align::Left;
        if (const auto* pad = figure<DigitPad>()) {
            low_pad(read, reach, *pad);
            return;
        }
        if (m_scene.more) {
            // Beside the words it would be out of reach.
            more(reach, upright ? Align::Centre : Align::Left);
        }
        if (m_scene.list) {
            stretch_list(reach);
        } else if (upright) {
            choices(reach, 1, true);
        } else {
            choices(reach, m_scene.choices.size(), true);
        }
        // What is left below the choices is still there to be read.
        if (!m_scene.footnote.empty()) {
            Rect below = reach;
            top(below, std::min(gap() * 0.6F, std::max(0.F, below.height)));
            Rect& place = upright || !m_scene.choices.empty() ? below : read;
            footnote_at_top(place, align);
        }
        if (upright) {
            words(read, align);
            put_answers(read);
            put_picture(read, 500);
            return;
        }
        if (figure<Answers>() != nullptr) {
            Rect right = split(read, 0.5F);
            words(read, align);
            put_answers(right);
            return;
        }
        if (figure<Picture>() != nullptr && m_with_picture && !m_scene.reading) {
            const Rect right = split(read, 0.26F);
            put_picture(right, 400);
        }
        words(read, align);
    }
    // Takes the right part of `rect` off.
    Rect split(Rect& rect, float share) const {
        const float width = rect.width * share;
        const Rect right{rect.right() - width, rect.y, width, rect.height};
        rect.width -= width + 2 * gap();
        return right;
    }
    void footnote_at_top(Rect& rect, Align align) {
        write(rect, Type::Small, Tone::Muted, align, lines_of(m_canvas, m_scene.footnote), 0);
    }
    void low_pad(Rect read, Rect reach, const DigitPad& pad) {
        if (layout().upright) {
            put_dots(read, pad);
            words(read, Align::Centre);
            footnote(read, Align::Centre);
            if (!m_scene.choices.empty()) choices(reach, m_scene.choices.size(), false);
            put_pad(reach, pad);
            return;
        }
        Rect right = split(read, 0.34F);
        put_dots(right, pad);
        footnote(right, Align::Left);
        words(read, Align::Left);
        if (!m_scene.choices.empty()) {
            Rect beside = split(reach, 0.36F);
            choices(beside, 1, true);
        }
        put_pad(reach, pad);
    }

    void compose() {
        const bool reach = !m_scene.choices.empty() || m_scene.more || figure<DigitPad>() != nullptr;
        if (layout().low && reach) {
            low();
        } else if (layout().upright) {
            upright(layout().content);
        } else {
            lying(layout().content);
        }
    }

    Canvas& m_canvas;
    const Scene& m_scene;
    bool m_dry = true;
    bool m_fits = true;
    bool m_with_picture = true;
    int m_columns = 3;
};

// Of a keypad or a list, best first.
std::vector<int> columns_for(const Scene& scene) {
    if (std::holds_alternative<DigitPad>(scene.figure)) return {3, 4, 6};
    if (scene.list) return {2, 4};
    return {1};
}

}  // namespace

void compose(Canvas& canvas, const Scene& scene) {
    Composer composer(canvas, scene);
    const float wanted = canvas.layout().type_scale;
    const std::vector<int> columns = columns_for(scene);
    // A picture says more than the last tenth of the type's size, but not more than words that can be read.
    for (const int number : columns) {
        for (float scale = wanted; scale >= wanted * 0.84F; scale -= k_step) {
            if (composer.fits(scale, number, true)) return composer.draw();
        }
    }
    for (float scale = wanted; scale >= k_least_type; scale -= k_step) {
        for (const int number : columns) {
            if (composer.fits(scale, number, false)) return composer.draw();
        }
    }
    composer.fits(k_least_type, columns.front(), false);
    composer.draw();
}

}  // namespace uketsuke::ui
