#include "app/main/kiosk.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace uketsuke::app {

Kiosk::Kiosk(const core::Policy& policy, const Clock& clock, workers::EventQueue& events, Perform perform)
    : m_clock(clock),
      m_events(events),
      m_perform(std::move(perform)),
      m_policy(policy),
      m_state(core::initial_state(policy)) {
    tick();
}

void Kiosk::forget(const void* owner) {
    std::erase_if(m_watchers, [&](const auto& one) { return one.owner == owner; });
    std::erase_if(m_observers, [&](const auto& one) { return one.owner == owner; });
}

void Kiosk::start_anew() {
    m_state = core::initial_state(m_policy);
    tick();
}

void Kiosk::tick() {
    step_once(core::event::Tick{m_clock.now(), m_clock.wall()});
}

void Kiosk::step_once(const core::Event& event) {
    const core::Screen before = m_state.screen;
    core::Step next = core::step(std::move(m_state), event);
    m_state = std::move(next.state);
    if (m_timeline) m_timeline->record(m_state.now, before, m_state.screen, event, next.effects);
    for (const auto& watcher : m_watchers) watcher.call(m_state);
    for (const auto& observer : m_observers) observer.call(core::Passed{before, event, next.effects, m_state});
    std::vector<core::Event> follow;
    for (auto& effect : next.effects) {
        if (std::holds_alternative<core::effect::Wipe>(effect)) ++m_wiped;
        if (auto known = m_perform(std::move(effect))) follow.push_back(std::move(*known));
    }
    for (const auto& known : follow) step_once(known);
}

void Kiosk::handle(const core::Event& event) {
    tick();
    step_once(event);
}

bool Kiosk::pump() {
    const core::Screen before = m_state.screen;
    tick();
    bool changed = m_state.screen != before;
    while (auto event = m_events.take()) {
        step_once(m_admit ? m_admit(std::move(*event)) : std::move(*event));
        changed = true;
    }
    return changed;
}

bool Kiosk::pump_for(std::chrono::milliseconds timeout) {
    bool changed = false;
    if (auto event = m_events.take_for(timeout)) {
        handle(m_admit ? m_admit(std::move(*event)) : std::move(*event));
        changed = true;
    }
    return pump() || changed;
}

std::chrono::milliseconds Kiosk::until_deadline(std::chrono::milliseconds at_most) const {
    const auto due = core::next_deadline(m_state);
    if (!due) return at_most;
    return std::clamp(*due - m_clock.now(), std::chrono::milliseconds{0}, at_most);
}

}  // namespace uketsuke::app
