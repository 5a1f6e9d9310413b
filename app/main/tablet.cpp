#include "app/main/tablet.h"

#include <utility>

namespace uketsuke::app {

Tablet::Tablet(const config::DisplayConfig& display, Backlight::Trouble trouble, Battery battery)
    : m_battery(std::move(battery)), m_light(display.backlight, display.dim_percent, std::move(trouble)) {}

std::optional<core::event::PowerChanged> Tablet::power_now(const core::State& state) {
    if (!state.policy.visit || state.session) return std::nullopt;
    if (m_asked && state.now - *m_asked < k_battery_every) return std::nullopt;
    m_asked = state.now;
    const core::event::PowerChanged now{m_battery.read()};
    if (m_known && m_known->power == now.power) return std::nullopt;
    m_known = now;
    return now;
}

void Tablet::follow(const core::View& view) {
    m_light.follow(view.dimmed);
}

}  // namespace uketsuke::app
