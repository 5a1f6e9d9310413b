#include "app/ui/keys.h"

namespace uketsuke::ui {

std::optional<core::Intent> intent_of(const Key& key, const core::View& view) {
    const auto* pin = std::get_if<core::page::Pin>(&view.page);
    const auto* staff = std::get_if<core::page::StaffCheck>(&view.page);
    const bool takes_digits =
        (pin != nullptr && pin->ready && !pin->checking) || (staff != nullptr && !staff->checking && !staff->paused);
    switch (key.kind) {
        case Key::Kind::Digit:
            if (takes_digits) return core::Intent{core::Intent::Kind::Digit, key.digit};
            return std::nullopt;
        case Key::Kind::Erase:
            if (takes_digits) return core::Intent{core::Intent::Kind::Erase};
            return std::nullopt;
        case Key::Kind::Escape:
            if (view.can_stop) return core::Intent{core::Intent::Kind::Stop};
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace uketsuke::ui
