// Holds the state: every event goes through here, every effect leaves from here.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "app/core/passed.h"
#include "app/core/step.h"
#include "app/main/clock.h"
#include "app/main/timeline.h"
#include "app/workers/event_queue.h"

namespace uketsuke::app {

// Performs an effect; returns the event that is known at once, if any.
using Perform = std::function<std::optional<core::Event>(core::Effect)>;

// The ui thread's. Refers to what it is given.
class Kiosk {
  public:
    Kiosk(const core::Policy& policy, const Clock& clock, workers::EventQueue& events, Perform perform);

    // Lets time pass and takes every event that waits. True when anything that is shown may have changed.
    bool pump();
    // The same, after waiting for an event for at most this long.
    bool pump_for(std::chrono::milliseconds timeout);
    void handle(const core::Event& event);

    core::View view() const { return core::view_of(m_state); }
    core::Screen screen() const { return m_state.screen; }
    const core::State& state() const { return m_state; }
    // Until pump() has something to do although nobody does anything.
    std::chrono::milliseconds until_deadline(std::chrono::milliseconds at_most) const;
    void record_to(Timeline* timeline) { m_timeline = timeline; }
    // Called after every step, with what is now shown. Every watcher lives as long as the kiosk, or forgets what it
    // referred to, or has an owner who takes it back.
    void watch(std::function<void(const core::State&)> watcher, const void* owner = nullptr) {
        m_watchers.push_back({owner, std::move(watcher)});
    }
    // The same with what led to it. Called before the effects are performed.
    void observe(std::function<void(const core::Passed&)> observer, const void* owner = nullptr) {
        m_observers.push_back({owner, std::move(observer)});
    }
    void forget(const void* owner);
    // Sees each event of the queue before it takes effect, and says what is to take effect.
    void admit(std::function<core::Event(core::Event)> admit) { m_admit = std::move(admit); }
    // As after the power was cut: nothing is known any more.
    void start_anew();
    // How many sessions were wiped: the number of patients that came and went.
    std::uint64_t wiped() const { return m_wiped; }

  private:
    void step_once(const core::Event& event);
    void tick();

    const Clock& m_clock;
    workers::EventQueue& m_events;
    Perform m_perform;
    std::function<core::Event(core::Event)> m_admit;
    core::Policy m_policy;
    core::State m_state;
    Timeline* m_timeline = nullptr;
    template <class Of>
    struct Owned {
        const void* owner;
        std::function<void(const Of&)> call;
    };
    std::vector<Owned<core::State>> m_watchers;
    std::vector<Owned<core::Passed>> m_observers;
    std::uint64_t m_wiped = 0;
};

}  // namespace uketsuke::app
