#include "app/ui/screens.h"

namespace uketsuke::ui {

namespace {

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

}  // namespace

Scene scene_of(const core::View&, const core::page::NumberEntry& page) {
    Scene scene;
    scene.title = {"number.title"};
    const char* problem = page.outcome ? told(*page.outcome) : nullptr;
    if (page.checking) {
        scene.aside = Notice{Tone::Notice, Icon::Info, {{"number.checking"}}};
    } else if (problem != nullptr && page.entered == 0) {
        scene.aside = Notice{Tone::Caution, Icon::Warning, {{problem}}};
    } else {
        scene.body = {{"number.body"}};
    }
    DigitPad pad;
    pad.order = k_keys_in_order;
    pad.ready = page.possible && !page.checking;
    pad.entered = page.checking ? core::page::NumberEntry::k_digits : page.entered;
    // The number's three parts, as they stand on the card.
    pad.groups = {{{"number.birth"}, 6}, {{"number.expiry"}, 4}, {{"number.code"}, 4}};
    scene.figure = pad;
    scene.back = {"common.back"};
    scene.staff_here = true;
    return scene;
}

}  // namespace uketsuke::ui
