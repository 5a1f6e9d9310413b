// A patient for the benches: from the card laid down to "accepted".
#pragma once

#include <chrono>

#include "app/main/runtime.h"

namespace uketsuke::bench {

// Played by a hand that takes no time. The ui thread's.
class Visit {
  public:
    using Kind = core::Intent::Kind;

    explicit Visit(app::Runtime& runtime) : m_runtime(runtime) {}

    bool until(core::Screen screen) {
        const auto deadline = std::chrono::steady_clock::now() + k_patience;
        m_runtime.kiosk().pump();
        while (m_runtime.kiosk().screen() != screen) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            m_runtime.kiosk().pump_for(std::chrono::milliseconds{50});
        }
        return true;
    }
    void tap(Kind kind, std::uint8_t value = 0) {
        m_runtime.kiosk().handle(core::event::Tapped{core::Intent{kind, value}});
    }
    bool type(const char* digits) {
        const auto ready = [&] {
            const auto view = m_runtime.kiosk().view();
            const auto* page = std::get_if<core::page::Pin>(&view.page);
            return page && page->ready;
        };
        while (!ready()) {
            if (!m_runtime.kiosk().pump_for(k_patience)) return false;
        }
        for (; *digits; ++digits) tap(Kind::Digit, static_cast<std::uint8_t>(*digits - '0'));
        return true;
    }
    bool consent_and_accept() {
        if (!until(core::Screen::Consent)) return false;
        tap(Kind::AgreeAll);
        tap(Kind::Provide);
        return until(core::Screen::Accepted);
    }
    bool by_face() {
        if (!place("sato") || !until(core::Screen::ChooseMethod)) return false;
        tap(Kind::ChooseFace);
        return consent_and_accept();
    }
    bool by_pin() {
        if (!place("sato") || !until(core::Screen::ChooseMethod)) return false;
        tap(Kind::ChoosePin);
        return type("1234") && consent_and_accept();
    }
    bool leave() { return remove() && until(core::Screen::Idle); }

    bool place(const char* persona) { return m_runtime.stage().place(persona).has_value(); }
    bool remove() { return m_runtime.stage().remove().has_value(); }
    core::Screen screen() { return m_runtime.kiosk().screen(); }
    // "Accepted" is shown, and the service has answered.
    bool confirmed() {
        const auto view = m_runtime.kiosk().view();
        const auto* page = std::get_if<core::page::Accepted>(&view.page);
        return page && page->outcome == core::Outcome::Confirmed;
    }
    bool until_confirmed() { return until(core::Screen::Accepted) && confirmed(); }

  private:
    static constexpr std::chrono::seconds k_patience{20};
    app::Runtime& m_runtime;
};

}  // namespace uketsuke::bench
