#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "app/ui/canvas_imgui.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

using Kind = core::Intent::Kind;

void demonstration_strip(Canvas& canvas) {
    const Rect& strip = canvas.layout().strip;
    canvas.fill(strip, canvas.palette()[Tone::Demo].fill);
    canvas.words_in(strip, Type::Small, Tone::Demo, Align::Centre, canvas.text("demo.notice"));
}

void language_switch(Canvas& canvas, core::Language now) {
    const Rect& rect = canvas.layout().language;
    const float radius = rect.height / 2;
    const Surface& quiet = canvas.palette()[Tone::Quiet];
    canvas.fill(rect, quiet.edge, radius);
    canvas.fill(rect.inset(3), quiet.fill, radius - 3);
    const float width = rect.width / static_cast<float>(core::k_languages.size());
    for (std::size_t i = 0; i < core::k_languages.size(); ++i) {
        const Rect part{rect.x + width * static_cast<float>(i), rect.y, width, rect.height};
        const std::string_view name = canvas.text_in(core::k_languages[i], "language.name");
        const bool chosen = core::k_languages[i] == now;
        Tone tone = chosen ? Tone::Primary : Tone::Quiet;
        if (!chosen) {
            const core::Intent intent{Kind::ChangeLanguage, static_cast<std::uint8_t>(i)};
            if (canvas.touch(part, name, intent, false).held) tone = Tone::QuietHeld;
        }
        if (tone != Tone::Quiet) canvas.fill(part.inset(6), canvas.palette()[tone].fill, radius - 6);
        canvas.words_in(part, Type::Small, tone, Align::Centre, name);
    }
}

void brand(Canvas& canvas) {
    const Rect& rect = canvas.layout().brand;
    canvas.words_in(rect, canvas.layout().upright ? Type::Small : Type::Body, Tone::Muted, Align::Left,
                    canvas.text("common.brand"));
}

void countdown(Canvas& canvas, int seconds) {
    const Rect& rect = canvas.layout().countdown;
    const std::string text = fill(canvas.text("common.countdown"), "n", seconds);
    const float width = std::min(rect.width, canvas.flow(Type::Small, text, rect.width).width + rect.height * 1.4F);
    const Rect pill{rect.centre().x - width / 2, rect.y, width, rect.height};
    canvas.fill(pill, canvas.palette()[Tone::Caution].edge, rect.height / 2);
    canvas.fill(pill.inset(2), canvas.palette()[Tone::Caution].fill, rect.height / 2 - 2);
    canvas.words_in(pill, Type::Small, Tone::Caution, Align::Centre, text);
}

void footer(Canvas& canvas, const core::View& view, const Chrome& chrome) {
    const Rect& rect = canvas.layout().footer;
    const float gap = canvas.layout().spacing.gap;
    const float room = rect.width - 2 * gap;
    const std::array<Rect, 3> slots{{{rect.x, rect.y, room * 0.3F, rect.height},
                                     {rect.x + room * 0.3F + gap, rect.y, room * 0.3F, rect.height},
                                     {rect.right() - room * 0.4F, rect.y, room * 0.4F, rect.height}}};
    const auto quiet = [&](std::size_t place, std::string_view label, Icon icon, Kind kind) {
        button(canvas, slots[place],
               {.label = label, .hint = {}, .icon = icon, .tone = Tone::Quiet, .intent = {kind}, .main = false});
    };
    if (view.can_stop) quiet(0, canvas.text("common.stop"), Icon::Stop, Kind::Stop);
    if (!chrome.back.empty()) quiet(view.can_stop ? 1 : 0, chrome.back, Icon::Back, Kind::Back);
    if (view.can_call_staff && !chrome.call_staff_here) {
        quiet(2, canvas.text("common.call_staff"), Icon::Bell, Kind::CallStaff);
    }
}

}  // namespace

void step_bar(Canvas& canvas, const Rect& rect, core::Stage stage) {
    const std::array names{canvas.text("steps.place"), canvas.text("steps.identify"), canvas.text("steps.consent"),
                           canvas.text("steps.done")};
    const float radius = canvas.layout().upright ? 32.F : 21.F;
    const float cell = rect.width / static_cast<float>(names.size());
    const int now = static_cast<int>(stage) - 1;
    const bool over = stage == core::Stage::Done;
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
        const float below = y + radius + 10;
        canvas.words({rect.x + cell * static_cast<float>(i), below, cell, rect.bottom() - below}, Type::Small,
                     here ? Tone::Ground : Tone::Muted, Align::Centre, names[static_cast<std::size_t>(i)]);
    }
}

void chrome(Canvas& canvas, const core::View& view, const Chrome& chrome) {
    if (view.demonstration) demonstration_strip(canvas);
    if (view.stage == core::Stage::None || canvas.layout().upright) brand(canvas);
    language_switch(canvas, view.language);
    if (view.stage != core::Stage::None) step_bar(canvas, canvas.layout().steps, view.stage);
    if (view.seconds_left) countdown(canvas, *view.seconds_left);
    footer(canvas, view, chrome);
}

}  // namespace uketsuke::ui
