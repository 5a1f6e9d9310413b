#include "tests/app/core/harness.h"

namespace uketsuke::core::test {

Kiosk::Kiosk(Policy policy) : m_state(initial_state(policy)) {
    advance(Millis{0});
}

Policy Kiosk::demo_policy() {
    Policy policy;
    policy.visual_check = true;
    return policy;
}

CardFacts Kiosk::good_card() {
    CardFacts facts;
    facts.pin_tries = 3;
    facts.certificate_days_left = 1000;
    return facts;
}

void Kiosk::send(const Event& event) {
    const Screen before = m_state.screen;
    Step next = step(std::move(m_state), event);
    m_state = std::move(next.state);
    if (observer) observer(Passed{before, event, next.effects, m_state});
    for (auto& effect : next.effects) m_effects.push_back(std::move(effect));
}

void Kiosk::tap(Intent::Kind kind, std::uint8_t value) {
    send(event::Tapped{Intent{kind, value}});
}

void Kiosk::advance(Millis by) {
    m_now += by;
    send(event::Tick{m_now, WallTime{std::chrono::seconds{1'800'000'000} +
                                     std::chrono::duration_cast<std::chrono::seconds>(m_now)}});
}

void Kiosk::place() {
    m_last = SessionId{static_cast<std::uint64_t>(m_last) + 1};
    send(event::CardPlaced{m_last});
}

void Kiosk::recognise(bool photo) {
    send(event::CardRecognised{m_last, photo});
}

void Kiosk::read(CardFacts facts, bool photo) {
    recognise(photo);
    send(event::CardRead{m_last, facts});
}

void Kiosk::shuffle() {
    send(event::KeypadShuffled{m_last, {7, 3, 9, 0, 1, 8, 2, 6, 4, 5}});
}

void Kiosk::type(const std::string& digits) {
    for (const char digit : digits) tap(Intent::Kind::Digit, static_cast<std::uint8_t>(digit - '0'));
}

void Kiosk::answer_pin(PinOutcome outcome, std::optional<int> left) {
    send(event::PinAnswered{m_last, outcome, left});
}

void Kiosk::agree_to_all_items() {
    while (screen() == Screen::Consent) tap(Intent::Kind::Agree);
}

void Kiosk::identify_by_pin() {
    tap(Intent::Kind::ChoosePin);
    shuffle();
    type("1234");
    answer_pin(PinOutcome::Right, 3);
}

void Kiosk::reach_submitting() {
    place();
    read();
    identify_by_pin();
    agree_to_all_items();
    tap(Intent::Kind::Provide);
    tap(Intent::Kind::Confirm);
}

void Kiosk::sign_and_commit() {
    send(event::Signed{m_last, request()});
    send(event::Committed{m_last, request()});
}

void Kiosk::reach_accepted() {
    reach_submitting();
    sign_and_commit();
    send(event::Answered{request(), Outcome::Confirmed, 0, ShownName{"山○ 太○"}});
}

}  // namespace uketsuke::core::test
