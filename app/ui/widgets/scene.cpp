#include <algorithm>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

constexpr float k_smallest_picture = 90;  // below this it is a speck that explains nothing

float row_height(const Canvas& canvas, const Scene& scene) {
    const bool hints = std::ranges::any_of(scene.choices, [](const Choice& c) { return !c.hint.empty(); });
    const float least = canvas.layout().main_target;
    if (canvas.layout().upright) return hints ? std::max(least, 188.F) : least;
    return hints ? std::max(least, 124.F) : least;
}

// Side by side only where there is room for it.
bool paired(const Canvas& canvas, const Scene& scene) {
    return scene.pair_first && canvas.layout().upright;
}

std::size_t rows(const Canvas& canvas, const Scene& scene) {
    return scene.choices.size() - (paired(canvas, scene) ? 1 : 0);
}

float choices_height(const Canvas& canvas, const Scene& scene) {
    if (scene.choices.empty()) return 0;
    const auto count = static_cast<float>(rows(canvas, scene));
    return count * row_height(canvas, scene) + (count - 1) * canvas.layout().spacing.gap;
}

void choices(Canvas& canvas, const Rect& rect, const Scene& scene) {
    const float gap = canvas.layout().spacing.gap;
    const float height = row_height(canvas, scene);
    float y = rect.y;
    for (std::size_t i = 0; i < scene.choices.size(); ++i) {
        if (i == 0 && paired(canvas, scene)) {
            const float half = (rect.width - gap) / 2;
            button(canvas, {rect.x, y, half, height}, scene.choices[0]);
            button(canvas, {rect.x + half + gap, y, half, height}, scene.choices[1]);
            ++i;
        } else {
            Choice choice = scene.choices[i];
            choice.in_column = scene.choices.size() > 1 && !paired(canvas, scene);
            button(canvas, {rect.x, y, rect.width, height}, choice);
        }
        y += height + gap;
    }
}

// Overline, title, body and aside from the top; returns what stays free below.
Rect words(Canvas& canvas, Rect rect, const Scene& scene, Align align) {
    const float gap = canvas.layout().spacing.gap;
    const auto take = [&rect](float height) {
        rect.y += height;
        rect.height -= height;
    };
    if (!scene.overline.empty()) {
        take(canvas.words(rect, Type::Body, Tone::Muted, align, scene.overline) + gap * 0.3F);
    }
    take(canvas.words(rect, Type::Title, Tone::Ground, align, scene.title) + gap * 0.8F);
    if (!scene.body.empty()) take(canvas.words(rect, Type::Body, Tone::Ground, align, scene.body) + gap);
    if (scene.aside) {
        take(notice(canvas, rect, *scene.aside) + gap);
    }
    return rect;
}

float words_height(const Canvas& canvas, float width, const Scene& scene) {
    const float gap = canvas.layout().spacing.gap;
    float height = canvas.flow(Type::Title, scene.title, width).height + gap * 0.8F;
    if (!scene.overline.empty()) height += canvas.flow(Type::Body, scene.overline, width).height + gap * 0.3F;
    if (!scene.body.empty()) height += canvas.flow(Type::Body, scene.body, width).height + gap;
    if (scene.aside) height += notice_height(canvas, width, *scene.aside) + gap;
    return height;
}

void picture(Canvas& canvas, const Scene& scene, const Rect& rect, float largest) {
    if (scene.picture == nullptr) return;
    const float side = std::min({rect.width, rect.height, largest});
    if (side < k_smallest_picture) return;
    scene.picture(canvas, {rect.centre().x - side / 2, rect.centre().y - side / 2, side, side});
}

// Small, at the bottom of `rect`; returns what stays free above.
Rect footnote_below(Canvas& canvas, const Scene& scene, Rect rect, Align align) {
    if (scene.footnote.empty()) return rect;
    const float note = canvas.flow(Type::Small, scene.footnote, rect.width).height;
    canvas.words({rect.x, rect.bottom() - note, rect.width, note}, Type::Small, Tone::Muted, align, scene.footnote);
    rect.height -= note + canvas.layout().spacing.gap * 0.7F;
    return rect;
}

void upright_scene(Canvas& canvas, const Scene& scene) {
    const float gap = canvas.layout().spacing.gap;
    Rect rect = canvas.layout().content;
    const float below = choices_height(canvas, scene);
    rect = footnote_below(canvas, scene, rect, Align::Centre);
    if (below > 0) {
        choices(canvas, {rect.x, rect.bottom() - below, rect.width, below}, scene);
        rect.height -= below + gap;
    }
    rect = words(canvas, rect, scene, Align::Centre);
    picture(canvas, scene, rect, scene.choices.empty() ? 860.F : 640.F);
}

void lying_scene(Canvas& canvas, const Scene& scene) {
    const float gap = canvas.layout().spacing.gap;
    const Rect& content = canvas.layout().content;
    const float between = 3 * gap;
    const float half = (content.width - between) / 2;
    Rect left{content.x, content.y, half, content.height};
    const Rect right{content.x + half + between, content.y, half, content.height};
    if (scene.choices.empty()) {
        left = footnote_below(canvas, scene, left, Align::Left);
        const float height = words_height(canvas, half, scene);
        words(canvas, {left.x, left.y + std::max(0.F, (left.height - height) / 2), half, height + gap}, scene,
              Align::Left);
        picture(canvas, scene, right, 600);
        return;
    }
    const float below = choices_height(canvas, scene);
    if (scene.choices.size() == 1) {
        choices(canvas, {right.x, right.bottom() - below, half, below}, scene);
        picture(canvas, scene, {right.x, right.y, half, right.height - below - gap}, 600);
        words(canvas, footnote_below(canvas, scene, left, Align::Left), scene, Align::Left);
        return;
    }
    const float note = scene.footnote.empty() ? 0 : canvas.flow(Type::Small, scene.footnote, half).height + gap * 0.6F;
    const float top = right.y + std::max(0.F, (right.height - below - note) / 2);
    choices(canvas, {right.x, top, half, below}, scene);
    if (note > 0) {
        canvas.words({right.x, top + below + gap * 0.6F, half, note}, Type::Small, Tone::Muted, Align::Centre,
                     scene.footnote);
    }
    left = words(canvas, left, scene, Align::Left);
    picture(canvas, scene, left, 320);
}

}  // namespace

void scene(Canvas& canvas, const Scene& scene) {
    if (canvas.layout().upright) {
        upright_scene(canvas, scene);
    } else {
        lying_scene(canvas, scene);
    }
}

}  // namespace uketsuke::ui
