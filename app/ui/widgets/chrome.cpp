#include <algorithm>
#include <array>
#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

constexpr float k_rail_places = 6;

// Which of the four steps, from 0. What follows on the card at home belongs to confirming the insurance.
int step_of(const core::View& view) {
    using core::Screen;
    const core::Screen at = view.screen();
    const bool with_card = at == Screen::Submitting || at == Screen::ExpiryNotice || at == Screen::Registration;
    switch (view.visit && with_card ? core::Stage::PlaceCard : view.stage) {
        case core::Stage::None:
            return -1;
        case core::Stage::PlaceCard:
            return view.visit ? 2 : 0;
        case core::Stage::Identify:
            return 1;
        case core::Stage::Consent:
            return view.visit ? 0 : 2;
        case core::Stage::Done:
            return 3;
    }
    return -1;
}

void step_bar(Canvas& canvas, const Rect& rect, const core::View& view) {
    using Names = std::array<const char*, 4>;
    constexpr Names k_counter{"steps.place", "steps.identify", "steps.consent", "steps.done"};
    constexpr Names k_visit{"steps.visit.consent", "steps.identify", "steps.visit.card", "steps.visit.done"};
    const Names& names = view.visit ? k_visit : k_counter;
    const float radius = canvas.layout().upright ? 32.F : 21.F;
    const float cell = rect.width / static_cast<float>(names.size());
    const int now = step_of(view);
    const bool over = view.stage == core::Stage::Done;
    const Surface& primary = canvas.palette()[Tone::Primary];
    const float line = canvas.layout().upright ? 6.F : 4.F;
    const float y = rect.y + radius + 4;
    for (int i = 0; i + 1 < static_cast<int>(names.size()); ++i) {
        const float from = rect.x + cell * (static_cast<float>(i) + 0.5F) + radius + 8;
        const float length = cell - 2 * radius - 16;
        const Colour colour = i < now ? primary.fill : canvas.palette()[Tone::Quiet].edge;
        canvas.fill({from, y - line / 2, length, line}, colour, line / 2);
    }
    for (int i = 0; i < static_cast<int>(names.size()); ++i) {
        const Point centre{rect.x + cell * (static_cast<float>(i) + 0.5F), y};
        const bool past = i < now || (over && i == now);
        const bool here = i == now;
        const Rect box{centre.x - radius, centre.y - radius, 2 * radius, 2 * radius};
        if (past || here) {
            canvas.disc(centre, here ? radius + 4 : radius, primary.fill);
        } else {
            canvas.disc(centre, radius, canvas.palette()[Tone::Quiet].edge);
            canvas.disc(centre, radius - 3, canvas.palette()[Tone::Quiet].fill);
        }
        if (past) {
            draw_icon(canvas, box.inset(radius * 0.5F), Icon::Check, primary.ink);
        } else {
            canvas.words_in(box, Type::Small, here ? Tone::Primary : Tone::Quiet, Align::Centre, std::to_string(i + 1));
        }
        const float below = y + radius + 8;
        canvas.words_fitted({rect.x + cell * static_cast<float>(i) + 4, below, cell - 8, rect.bottom() - below},
                            Type::Small, here ? Tone::Ground : Tone::Muted, Align::Centre,
                            canvas.text(Message{names[static_cast<std::size_t>(i)]}));
    }
}

// One sentence in a pill, as wide as its words.
void pill(Canvas& canvas, const Rect& rect, Tone tone, const std::string& words) {
    const float inside = rect.height * 0.7F;
    const float length = canvas.flow(Type::Small, words, rect.width - inside).width;
    const float width = std::min(rect.width, length + inside);
    const Rect pill{rect.centre().x - width / 2, rect.y, width, rect.height};
    const float radius = std::min(rect.height / 2, canvas.layout().spacing.radius * 1.4F);
    canvas.fill(pill, canvas.palette()[tone].edge, radius);
    canvas.fill(pill.inset(2), canvas.palette()[tone].fill, radius - 2);
    canvas.words_fitted({pill.x + inside / 2 - 2, pill.y + 2, width - inside + 4, pill.height - 4}, Type::Small, tone,
                        Align::Centre, words);
}

// Where the page needs all the room that there is.
void heading(Canvas& canvas, const Rect& rect, const Scene& scene) {
    const float above = scene.overline.empty() ? 0 : rect.height * 0.36F;
    if (above > 0) {
        canvas.words_fitted({rect.x, rect.y, rect.width, above}, Type::Small, Tone::Muted, Align::Centre,
                            canvas.text(scene.overline));
    }
    canvas.words_fitted({rect.x, rect.y + above, rect.width, rect.height - above}, Type::Heading, Tone::Ground,
                        Align::Centre, canvas.text(scene.title));
}

}  // namespace

void header(Canvas& canvas, const core::View& view, const Scene& scene) {
    const Layout& layout = canvas.layout();
    if (view.demonstration) {
        canvas.fill(layout.strip, canvas.palette()[Tone::Demo].fill);
        canvas.words_fitted(layout.strip.inset(4), Type::Small, Tone::Demo, Align::Centre,
                            canvas.text(Message{"demo.notice"}));
    }
    const bool told = view.seconds_left || view.staff_called;
    const bool covered = told && layout.countdown.overlaps(layout.steps);
    if (scene.tool && !covered) {
        heading(canvas, layout.steps, scene);
    } else if (view.stage != core::Stage::None && !covered) {
        step_bar(canvas, layout.steps, view);
    } else if (!covered) {
        canvas.words_fitted(layout.steps, Type::Body, Tone::Muted, Align::Centre, canvas.text(Message{"common.brand"}));
    }
    if (view.seconds_left) {
        pill(canvas, layout.countdown, Tone::Caution, canvas.text(Message{"common.countdown", *view.seconds_left}));
    } else if (view.staff_called) {
        pill(canvas, layout.countdown, Tone::Done,
             canvas.text(Message{view.staff_coming ? "common.staff_coming" : "common.staff_called"}));
    }
}

bool more_in_footer(const Layout& layout, const Scene& scene) {
    return layout.dense && scene.more && scene.back.empty();
}

void footer(Canvas& canvas, const core::View& view, const Scene& scene) {
    const Rect& rect = canvas.layout().footer;
    const float gap = canvas.layout().spacing.gap;
    std::array<Choice, 3> choices = footer_of(view, scene);
    if (more_in_footer(canvas.layout(), scene)) choices[1] = *scene.more;
    // The same thing stands at the same place on every screen.
    const float share = canvas.layout().low && !canvas.layout().upright ? 1.F / 3 : 0.3F;
    const float room = rect.width - 2 * gap;
    const std::array<Rect, 3> slots{
        {{rect.x, rect.y, room * share, rect.height},
         {rect.x + room * share + gap, rect.y, room * share, rect.height},
         {rect.right() - room * (1 - 2 * share), rect.y, room * (1 - 2 * share), rect.height}}};
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (choices[i].label.empty()) continue;
        bool wide = false;
        float scale = canvas.layout().type_scale;
        const auto need = [&] { return button_height(canvas, slots[i].width, choices[i], ButtonSize::Small, wide); };
        while (need() > slots[i].height || wide) {
            scale -= 0.05F;
            if (scale < k_least_type) break;
            canvas.type_scale(scale);
            wide = false;
        }
        button(canvas, slots[i], choices[i], ButtonSize::Small);
        canvas.type_scale();
    }
    if (scene.for_staff.empty() || !choices[0].label.empty()) return;
    const Rect left{rect.x, rect.y, choices[2].label.empty() ? rect.width : slots[2].x - gap - rect.x, rect.height};
    canvas.words_fitted(left, Type::Small, Tone::Muted, Align::Left, lines_of(canvas, scene.for_staff));
}

void rail(Canvas& canvas, const core::View& view) {
    const Layout& layout = canvas.layout();
    const std::vector<Choice> choices = rail_of(view);
    const bool down = layout.rail_down;
    const float gap = layout.upright ? 16.F : 8.F;
    // The volume comes and goes; the others keep their places. Where six of them would be too small for a finger, there
    // are five: a screen as small as that is a tablet, with keys of its own for the volume.
    const float all = down ? layout.rail.height : layout.rail.width;
    const float places =
        (all - (k_rail_places - 1) * gap) / k_rail_places < layout.target ? k_rail_places - 1 : k_rail_places;
    const float length = (all - (places - 1) * gap) / places;
    for (std::size_t i = 0; i < choices.size() && static_cast<float>(i) < places; ++i) {
        const float from = static_cast<float>(i) * (length + gap);
        const Rect place = down ? Rect{layout.rail.x, layout.rail.y + from, layout.rail.width, length}
                                : Rect{layout.rail.x + from, layout.rail.y, length, layout.rail.height};
        rail_button(canvas, place, choices[i]);
    }
}

void draw_screen(Canvas& canvas, const core::View& view) {
    const Scene scene = scene_of(view);
    header(canvas, view, scene);
    compose(canvas, scene);
    footer(canvas, view, scene);
    rail(canvas, view);
}

}  // namespace uketsuke::ui
