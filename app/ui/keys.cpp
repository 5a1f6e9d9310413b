#include "app/ui/keys.h"

namespace uketsuke::ui {

std::optional<core::Intent> intent_of(const Key& key, const core::View& view) {
    const auto* pin = std::get_if<core::page::Pin>(&view.page);
    const auto* staff = std::get_if<core::page::StaffCheck>(&view.page);
    const auto* number = std::get_if<core::page::NumberEntry>(&view.page);
    const auto* tour = std::get_if<core::page::TourSignIn>(&view.page);
    const bool takes_digits =
        view.sheet == core::Sheet::None &&
        ((pin != nullptr && pin->ready && !pin->checking) || (staff != nullptr && !staff->checking && !staff->paused) ||
         (number != nullptr && number->possible && !number->checking) ||
         (tour != nullptr && !tour->destroyed && !tour->checking));
    const auto* text = std::get_if<core::page::DeclarationText>(&view.page);
    const bool types = view.sheet == core::Sheet::None && text != nullptr;
    switch (key.kind) {
        case Key::Kind::Digit:
            if (types && text->keyboard == core::Keyboard::Digits) {
                return core::Intent{core::Intent::Kind::TypeKey, key.digit};
            }
            if (takes_digits) return core::Intent{core::Intent::Kind::Digit, key.digit};
            return std::nullopt;
        case Key::Kind::Erase:
            if (takes_digits || (types && text->can_erase)) return core::Intent{core::Intent::Kind::Erase};
            return std::nullopt;
        case Key::Kind::Escape:
            if (view.can_stop) return core::Intent{core::Intent::Kind::Stop};
            return std::nullopt;
        case Key::Kind::Previous:
        case Key::Kind::Next:
        case Key::Kind::Select:
        case Key::Kind::Listen:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<GuideKey> guide_key(const Key& key) {
    switch (key.kind) {
        case Key::Kind::Previous:
            return GuideKey::Previous;
        case Key::Kind::Next:
            return GuideKey::Next;
        case Key::Kind::Select:
            return GuideKey::Select;
        case Key::Kind::Listen:
            return GuideKey::Listen;
        case Key::Kind::Digit:
        case Key::Kind::Erase:
        case Key::Kind::Escape:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace uketsuke::ui
