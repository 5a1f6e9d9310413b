// Drives the pure core by hand: a manual clock, every effect kept.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/core/passed.h"
#include "app/core/step.h"

namespace uketsuke::core::test {

class Kiosk {
  public:
    explicit Kiosk(Policy policy = demo_policy());

    static Policy demo_policy();

    void send(const Event& event);
    void tap(Intent::Kind kind, std::uint8_t value = 0);
    void advance(Millis by);

    void place();
    void remove() { send(event::CardRemoved{}); }
    void recognise(bool photo = true);
    // Recognised and read.
    void read(CardFacts facts = good_card(), bool photo = true);
    void type(const std::string& digits);
    void shuffle();
    void answer_pin(PinOutcome outcome, std::optional<int> left);
    void agree_to_all_items();
    void sign_and_commit();
    void identify_by_pin();
    // From idle to the page before the commit.
    void reach_submitting();
    void reach_accepted();

    static CardFacts good_card();

    // Told of every step.
    std::function<void(const Passed&)> observer;

    Screen screen() const { return m_state.screen; }
    View view() const { return view_of(m_state); }
    const State& state() const { return m_state; }
    SessionId id() const { return m_last; }
    const Effects& effects() const { return m_effects; }
    template <class E>
    std::vector<E> all() const {
        std::vector<E> found;
        for (const auto& effect : m_effects) {
            if (const E* one = std::get_if<E>(&effect)) found.push_back(*one);
        }
        return found;
    }

    void forget_effects() { m_effects.clear(); }

    static RequestId request() { return RequestId{"0f8fad5b-d9cb-469f-a165-70867728950e"}; }

  private:
    State m_state;
    Effects m_effects;
    SessionId m_last{0};
    Millis m_now{1000};
};

}  // namespace uketsuke::core::test
