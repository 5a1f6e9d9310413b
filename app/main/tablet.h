// What a tablet has beside its screen: a battery, and a light of its own that is dimmed.
#pragma once

#include <optional>

#include "app/config/config.h"
#include "app/core/event.h"
#include "app/core/state.h"
#include "app/core/view.h"
#include "app/main/backlight.h"
#include "app/main/battery.h"

namespace uketsuke::app {

// Thread: the ui's.
class Tablet {
  public:
    static constexpr core::Millis k_battery_every{30'000};

    // `trouble` as Backlight's.
    Tablet(const config::DisplayConfig& display, Backlight::Trouble trouble, Battery battery = Battery());

    // Before every view. The battery where home visits are configured, when it changed since the last call. Asked at
    // most every k_battery_every, and never while a patient is received, since it may take its time.
    std::optional<core::event::PowerChanged> power_now(const core::State& state);
    // After a frame.
    void follow(const core::View& view);

  private:
    Battery m_battery;
    Backlight m_light;
    std::optional<core::Millis> m_asked;
    std::optional<core::event::PowerChanged> m_known;
};

}  // namespace uketsuke::app
