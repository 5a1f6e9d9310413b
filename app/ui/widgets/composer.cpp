#include "app/ui/widgets/composer.h"

#include <algorithm>

namespace uketsuke::ui {

bool Composer::fits(float scale, int columns, bool with_picture) {
    m_scale = scale;
    m_canvas.type_scale(scale);
    m_dry = true;
    m_fits = true;
    m_columns = columns;
    m_with_picture = with_picture;
    compose();
    return m_fits;
}

void Composer::draw() {
    m_dry = false;
    compose();
    m_canvas.type_scale();
}

Rect Composer::top(Rect& rect, float height) {
    need(height <= rect.height + 0.5F);
    const Rect cut{rect.x, rect.y, rect.width, height};
    rect.y += height;
    rect.height -= height;
    return cut;
}

Rect Composer::bottom(Rect& rect, float height) {
    need(height <= rect.height + 0.5F);
    rect.height -= height;
    return {rect.x, rect.bottom(), rect.width, height};
}

void Composer::write(Rect& rect, Type type, Tone tone, Align align, const std::string& words, float after) {
    if (words.empty()) return;
    const Lines lines = m_canvas.flow(type, words, rect.width);
    need(lines.width <= rect.width + 1);
    const Rect place = top(rect, lines.height);
    if (!m_dry) m_canvas.words(place, type, tone, align, words);
    top(rect, std::min(after, std::max(0.F, rect.height)));
}

void Composer::put_notice(Rect& rect, bool from_top) {
    if (!m_scene.aside) return;
    bool wide = false;
    const float height = notice_height(m_canvas, rect.width, *m_scene.aside, wide);
    need(!wide);
    const Rect place = from_top ? top(rect, height) : bottom(rect, height);
    if (!m_dry) notice(m_canvas, place, *m_scene.aside);
    if (from_top) top(rect, std::min(gap(), std::max(0.F, rect.height)));
}

void Composer::words(Rect& rect, Align align) {
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
    if (figure<CameraPanel>() == nullptr && !m_notice_apart) put_notice(rect, true);
}

void Composer::footnote(Rect& rect, Align align) {
    const std::string words = lines_of(m_canvas, m_scene.footnote);
    if (words.empty()) return;
    const Lines lines = m_canvas.flow(Type::Small, words, rect.width);
    need(lines.width <= rect.width + 1);
    const Rect place = bottom(rect, lines.height);
    if (!m_dry) m_canvas.words(place, Type::Small, Tone::Muted, align, words);
    bottom(rect, std::min(gap() * 0.6F, std::max(0.F, rect.height)));
}

void Composer::more(Rect& rect, Align align) {
    if (!has_more()) return;
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

ButtonSize Composer::size_of(bool beside) const {
    if (figure<DigitPad>() != nullptr && m_scene.choices.size() > 1) return ButtonSize::Small;
    const bool column = !beside && m_scene.choices.size() > 1 && !m_scene.list;
    return column ? ButtonSize::Column : ButtonSize::Main;
}

float Composer::tallest(float width, std::size_t from, std::size_t to, ButtonSize size) {
    const bool small =
        layout().low || m_scene.list || m_scene.reading || figure<DigitPad>() != nullptr || m_scene.choices.size() > 3;
    float height = small ? layout().target : layout().main_target;
    bool wide = false;
    for (std::size_t i = from; i < to; ++i) {
        height = std::max(height, button_height(m_canvas, width, m_scene.choices[i], size, wide));
    }
    need(!wide);
    return height;
}

void Composer::grid(const Rect& place, std::size_t columns, float height, ButtonSize size) {
    const auto count = static_cast<float>(columns);
    const float width = (place.width - (count - 1) * gap()) / count;
    for (std::size_t i = 0; i < m_scene.choices.size() && !m_dry; ++i) {
        const auto column = static_cast<float>(i % columns);
        const auto row = static_cast<float>(i / columns);
        button(m_canvas, {place.x + column * (width + gap()), place.y + row * (height + gap()), width, height},
               m_scene.choices[i], size);
    }
}

float Composer::grid_height(float width, std::size_t columns, ButtonSize size, float& row) {
    const auto count = static_cast<float>(columns);
    row = tallest((width - (count - 1) * gap()) / count, 0, m_scene.choices.size(), size);
    const auto rows = static_cast<float>((m_scene.choices.size() + columns - 1) / columns);
    return rows * row + (rows - 1) * gap();
}

void Composer::choices(Rect& rect, std::size_t columns, bool from_top) {
    if (m_scene.choices.empty()) return;
    const bool pair = m_scene.pair_first && m_columns == 2 && layout().upright;
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

void Composer::stretch_list(const Rect& rect) {
    const auto columns = static_cast<std::size_t>(m_columns);
    float row = 0;
    const float height = grid_height(rect.width, columns, ButtonSize::Main, row);
    need(height <= rect.height + 0.5F);
    const auto rows = static_cast<float>((m_scene.choices.size() + columns - 1) / columns);
    const float most = (rect.height - (rows - 1) * gap()) / rows;
    grid(rect, columns, std::clamp(layout().main_target * (layout().upright ? 1.3F : 1.1F), row, std::max(row, most)),
         ButtonSize::Main);
}

void Composer::paired(Rect& rect, bool from_top) {
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

void Composer::put_picture(const Rect& rect, float largest) {
    const auto* picture = figure<Picture>();
    if (picture == nullptr) return;
    const float side = std::min({rect.width, rect.height, largest});
    const float least = layout().upright ? 190.F : 120.F;
    if (m_with_picture) need(side >= least);
    if (m_dry || side < least * 0.8F) return;
    (*picture)(m_canvas, {rect.centre().x - side / 2, rect.centre().y - side / 2, side, side});
}

void Composer::put_answers(Rect& rect) {
    if (figure<Answers>() == nullptr) return;
    Answers shown = *figure<Answers>();
    if (!m_with_picture) {
        for (auto& row : shown.rows) row.picture = nullptr;
    }
    bool wide = false;
    const float height = answers_height(m_canvas, rect.width, shown, wide);
    need(!wide);
    const float below = has_more() ? layout().target * 1.5F + gap() : 0;
    const float room = layout().upright ? std::min(rect.height - 2 * gap() - below, height * 1.5F) : height;
    const Rect place = top(rect, std::max(height, room));
    if (!m_dry) answers(m_canvas, place, shown);
    top(rect, std::min(gap(), std::max(0.F, rect.height)));
}

void Composer::put_pad(const Rect& rect, const DigitPad& pad) {
    const Size key = key_size(rect, m_columns, pad_gap(m_canvas, rect, m_columns));
    need(std::min(key.width, key.height) + 0.5F >= std::max(layout().target, layout().type[Type::Digit] * 1.1F));
    if (!m_dry) keypad(m_canvas, rect, pad, m_columns);
}

void Composer::put_dots(Rect& rect, const DigitPad& pad) {
    const Rect place = bottom(rect, dots_height(m_canvas, pad));
    if (!m_dry) dots(m_canvas, place, pad);
}

}  // namespace uketsuke::ui
