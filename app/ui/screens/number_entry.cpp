#include <algorithm>
#include <array>
#include <string_view>

#include "app/ui/canvas_imgui.h"
#include "app/ui/screens.h"
#include "app/ui/widgets.h"

namespace uketsuke::ui {

namespace {

// The number's three parts, as they stand on the card.
struct Group {
    const char* label;
    int digits;
};
constexpr std::array<Group, 3> k_groups{{{"number.birth", 6}, {"number.expiry", 4}, {"number.code", 4}}};

struct Parts {
    Rect words;
    Rect groups;
    Rect keys;
};

Parts parts_of(const Layout& layout) {
    const Rect& content = layout.content;
    const float gap = layout.spacing.gap;
    if (layout.upright) {
        const float keys = 580;
        const float groups = 230;
        const Rect pad{content.x + 80, content.bottom() - keys, content.width - 160, keys};
        const Rect rows{content.x + 40, pad.y - groups - gap, content.width - 80, groups};
        return {{content.x, content.y, content.width, rows.y - gap - content.y}, rows, pad};
    }
    const float half = (content.width - 3 * gap) / 2;
    const float groups = 156;
    return {{content.x, content.y, half, content.height - groups - gap},
            {content.x, content.bottom() - groups, half, groups},
            {content.x + half + 3 * gap + 30, content.y, half - 60, content.height}};
}

const char* told(core::NumberOutcome outcome) {
    switch (outcome) {
        case core::NumberOutcome::Opened:
        case core::NumberOutcome::Unread:
        case core::NumberOutcome::Lost:
            return nullptr;
        case core::NumberOutcome::Impossible:
            return "number.impossible";
        case core::NumberOutcome::Refused:
            return "number.refused";
        case core::NumberOutcome::RefusedBefore:
            return "number.refused_before";
        case core::NumberOutcome::TooFewTries:
            return "number.too_few_tries";
    }
    return nullptr;
}

void draw_groups(Canvas& canvas, const Rect& rect, int entered) {
    const float row = rect.height / static_cast<float>(k_groups.size());
    const float label = rect.width * 0.5F;
    int before = 0;
    for (std::size_t i = 0; i < k_groups.size(); ++i) {
        const Group& group = k_groups[i];
        const int here = std::clamp(entered - before, 0, group.digits);
        const bool now = entered >= before && entered < before + group.digits;
        const Rect line{rect.x, rect.y + static_cast<float>(i) * row, rect.width, row};
        canvas.words_in({line.x, line.y, label, line.height}, Type::Small, now ? Tone::Ground : Tone::Muted,
                        Align::Left, canvas.text(group.label));
        // The dots of the three rows stand below each other.
        const float dot = (line.width - label) / static_cast<float>(k_groups.front().digits);
        const float height = std::min(line.height * 0.44F, dot * 0.58F);
        const float width = height + height * 1.7F * static_cast<float>(group.digits - 1);
        dots(canvas, {line.x + label, line.y + (line.height - height) / 2, width, height}, here, group.digits);
        before += group.digits;
    }
}

}  // namespace

void draw(Canvas& canvas, const core::View& view, const core::page::NumberEntry& page) {
    chrome(canvas, view, {.back = canvas.text("common.back"), .call_staff_here = true});
    const Layout& layout = canvas.layout();
    const Parts parts = parts_of(layout);
    const Align align = layout.upright ? Align::Centre : Align::Left;
    Rect rect = parts.words;
    const float title = canvas.words(rect, Type::Title, Tone::Ground, align, canvas.text("number.title"));
    rect = {rect.x, rect.y + title + 12, rect.width, rect.height - title - 12};
    const char* problem = page.outcome ? told(*page.outcome) : nullptr;
    if (page.checking) {
        notice(canvas, rect, {Tone::Notice, Icon::Info, canvas.text("number.checking"), false});
    } else if (problem != nullptr && page.entered == 0) {
        notice(canvas, rect, {Tone::Caution, Icon::Warning, canvas.text(problem), false});
    } else {
        canvas.words(rect, Type::Body, Tone::Ground, align, canvas.text("number.body"));
    }
    draw_groups(canvas, parts.groups, page.checking ? core::page::NumberEntry::k_digits : page.entered);
    keypad(canvas, parts.keys,
           {.order = k_keys_in_order, .ready = page.possible && !page.checking, .can_erase = page.entered > 0});
}

}  // namespace uketsuke::ui
