#include <algorithm>
#include <utility>
#include <vector>

#include "app/ui/widgets/composer.h"

namespace uketsuke::ui {

namespace {

constexpr float k_step = 0.05F;

// Of a keypad, of a list, or of the first two choices; best first.
std::vector<int> columns_for(const Scene& scene) {
    if (std::holds_alternative<DigitPad>(scene.figure)) return {3, 4, 6};
    if (scene.list) return {2, 4};
    if (scene.pair_first) return {2, 1};
    return {1};
}

}  // namespace

void Composer::upright(Rect rect) {
    const auto* pad = figure<DigitPad>();
    if (m_scene.list) {
        words(rect, Align::Centre);
        top(rect, std::min(gap() * 0.6F, std::max(0.F, rect.height)));
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

void Composer::lying(const Rect& content) {
    const float between = 2.4F * gap();
    // Words need more room than buttons, keys as much.
    const float share = m_scene.choices.size() > 1 && figure<DigitPad>() == nullptr ? 0.54F : 0.5F;
    const float wide = (content.width - between) * share;
    Rect left{content.x, content.y, wide, content.height};
    Rect right{content.x + wide + between, content.y, content.width - between - wide, content.height};
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
    if (count > 3 && layout().dense) {
        Rect all = content;
        choices(all, 2, false);
        words(all, Align::Left);
        return;
    }
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
    const bool beside = count == 1 || has_more();
    footnote(beside ? left : right, beside ? Align::Left : Align::Centre);
    if (count == 1) {
        choices(right, 1, false);
        put_picture(right, 600);
    } else {
        float row = 0;
        const float height = grid_height(right.width, 1, size_of(false), row);
        const float below = has_more() ? layout().target + gap() : 0;
        top(right, std::max(0.F, (right.height - height - below) / 2));
        choices(right, 1, true);
        top(right, std::min(gap(), std::max(0.F, right.height)));
        more(right, Align::Centre);
    }
    words(left, Align::Left);
    put_answers(left);
    if (count > 1) put_picture(left, 300);
}

void Composer::low() {
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
    if (has_more()) {
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
        if (!m_dry) read_larger(read, align);
        words(read, align);
        put_answers(read);
        put_picture(read, 500);
        m_canvas.type_scale(m_scale);
        return;
    }
    if (figure<Answers>() != nullptr) {
        Rect right = split(read, 0.5F);
        m_notice_apart = true;
        words(read, align);
        m_notice_apart = false;
        put_answers(right);
        put_notice(right, true);
        return;
    }
    if (figure<Picture>() != nullptr && m_with_picture && !m_scene.reading) {
        const Rect right = split(read, 0.26F);
        put_picture(right, 400);
    }
    words(read, align);
}

Rect Composer::split(Rect& rect, float share) const {
    const float width = rect.width * share;
    const Rect right{rect.right() - width, rect.y, width, rect.height};
    rect.width -= width + 2 * gap();
    return right;
}

void Composer::footnote_at_top(Rect& rect, Align align) {
    write(rect, Type::Small, Tone::Muted, align, lines_of(m_canvas, m_scene.footnote), 0);
}

void Composer::read_larger(const Rect& read, Align align) {
    const bool fitted = m_fits;
    m_dry = true;
    for (float scale = layout().type_scale; scale > m_scale; scale -= k_step) {
        m_canvas.type_scale(scale);
        m_fits = true;
        Rect trial = read;
        words(trial, align);
        put_answers(trial);
        put_picture(trial, 500);
        if (m_fits) break;
        m_canvas.type_scale(m_scale);
    }
    m_dry = false;
    m_fits = fitted;
}

void Composer::low_pad(Rect read, Rect reach, const DigitPad& pad) {
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

void Composer::compose() {
    const bool reach = !m_scene.choices.empty() || has_more() || figure<DigitPad>() != nullptr;
    if (layout().low && reach) {
        low();
    } else if (layout().upright) {
        upright(layout().content);
    } else {
        lying(layout().content);
    }
}

void compose(Canvas& canvas, const Scene& scene) {
    if (compose_tool(canvas, scene)) return;
    Composer composer(canvas, scene);
    const float wanted = canvas.layout().type_scale;
    const std::vector<int> columns = columns_for(scene);
    // A picture says more than the last tenth of the type's size, but not more than a notice or words that can be read.
    const float least = wanted * (scene.aside ? 0.95F : 0.84F);
    for (float scale = wanted; scale >= least; scale -= k_step) {
        for (const int number : columns) {
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
