// Events of the window system on their way to the drawing library, at most one press, release or key a frame, so that
// a fast tap is not lost between two pictures. Private to app/ui.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

union SDL_Event;
struct ImGuiIO;

namespace uketsuke::ui {

struct Key {
    enum class Kind : std::uint8_t { Digit, Erase, Escape, Previous, Next, Select, Listen };
    Kind kind{};
    std::uint8_t digit = 0;
};

class InputFeed {
  public:
    // Keeps what matters of the event.
    void take(const SDL_Event& event);
    // Drops presses and keys that were meant for the page before.
    void forget(ImGuiIO& io);
    bool waiting() const { return !m_queue.empty(); }
    bool quit() const { return m_quit; }
    // Whether anything was touched or pressed since the last call, whatever it meant.
    bool take_touched() { return std::exchange(m_touched, false); }
    // The same of fingers alone.
    bool take_finger() { return std::exchange(m_finger, false); }

    // Hands on until something was pressed or released. While deaf, presses above `deaf_above` and keys are dropped.
    std::optional<Key> feed(ImGuiIO& io, bool deaf, float deaf_above);

  private:
    struct Happened {
        enum class Kind : std::uint8_t { Move, Press, Release, Key };
        Kind kind{};
        float x = 0;
        float y = 0;
        Key key;
    };
    std::deque<Happened> m_queue;
    bool m_quit = false;
    bool m_touched = false;
    bool m_finger = false;
};

}  // namespace uketsuke::ui
