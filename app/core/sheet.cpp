#include "app/core/flow.h"

namespace uketsuke::core {

bool sheet_tapped(Flow& flow, const Intent& intent) {
    State& state = flow.state;
    // Nothing is asked any more there, and the page must not be hidden when the answer comes.
    if (intent.kind == Intent::Kind::ShowLanguages && state.screen != Screen::Submitting) {
        state.sheet = Sheet::Languages;
        return true;
    }
    if (intent.kind == Intent::Kind::ShowDetail && state.screen == Screen::Consent) {
        state.sheet = Sheet::ConsentDetail;
        return true;
    }
    if (intent.kind == Intent::Kind::ShowVisualReasons && visual_reasons_askable(state)) {
        state.sheet = Sheet::VisualReasons;
        return true;
    }
    const bool puts_away = intent.kind == Intent::Kind::CloseSheet || intent.kind == Intent::Kind::Back;
    if (puts_away && state.sheet != Sheet::None) {
        state.sheet = Sheet::None;
        return true;
    }
    return false;
}

}  // namespace uketsuke::core
