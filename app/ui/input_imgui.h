// Events of the window system on their way to the drawing library, at most one press, release or key a frame, so that
// a fast tap is not lost between two pictures. Private to app/ui.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <utility>

#include "app/ui/geometry.h"

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
    // Keeps what matters of the event. One thing points at a time: a second finger is not heard, nor the palm while a
    // pen (which comes as a mouse) writes; a pen takes over from a palm that lay there first. Pixels of the window.
    void take(const SDL_Event& event, int width, int height);
    // Drops presses and keys that were meant for the page before.
    void forget(ImGuiIO& io);
    // Lifts the finger, and keeps what came after it: for a page whose keys stand where they stood.
    static void let_go(ImGuiIO& io);
    bool waiting() const { return !m_queue.empty(); }
    bool quit() const { return m_quit; }
    // Whether anything was touched or pressed since the last call, whatever it meant.
    bool take_touched() { return std::exchange(m_touched, false); }
    // The same of fingers alone.
    bool take_finger() { return std::exchange(m_finger, false); }

    // While deaf, presses above `above` and keys are dropped, but presses where `but` has them.
    struct Deafness {
        bool on = false;
        float above = 0;
        std::optional<Rect> but = {};
    };
    // Hands on until something was pressed or released; with a pen down also until it moved, so that no place of it is
    // lost.
    std::optional<Key> feed(ImGuiIO& io, const Deafness& deaf, bool pen);

  private:
    struct Happened {
        enum class Kind : std::uint8_t { Move, Press, Release, Key };
        Kind kind{};
        float x = 0;
        float y = 0;
        Key key;
    };
    enum class Pointer : std::uint8_t { None, Mouse, Finger };
    void finger(const SDL_Event& event, float width, float height);
    void mouse(const SDL_Event& event);
    void push(Happened::Kind kind, float x, float y);
    bool echoes(float x, float y, std::uint32_t at) const;

    std::deque<Happened> m_queue;
    Pointer m_pointer = Pointer::None;  // what presses now
    std::int64_t m_finger_id = 0;       // of Pointer::Finger
    float m_finger_x = 0;               // where the last finger was, and when
    float m_finger_y = 0;
    std::uint32_t m_finger_at = 0;
    bool m_finger_seen = false;
    bool m_quit = false;
    bool m_touched = false;
    bool m_finger = false;
};

}  // namespace uketsuke::ui
