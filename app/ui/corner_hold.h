// The corner where staff press and hold: nothing is drawn there that can be touched, so that no patient opens it by
// mistake. Pure: the window tells it the time.
#pragma once

#include <chrono>
#include <optional>

#include "app/ui/geometry.h"
#include "app/ui/layout.h"

namespace uketsuke::ui {

// Top left, as wide and high as everything that is touched is at least. Units of the layout.
Rect staff_corner_of(const Layout& layout);

class CornerHold {
  public:
    using Time = std::chrono::steady_clock::time_point;

    // Once a frame. `down`: a finger is on the screen; `inside`: in the corner, where it opens something. True once a
    // finger that came down inside has stayed there for so long.
    bool look(bool down, bool inside, Time now, std::chrono::milliseconds hold);
    // 0: nobody holds it; towards 1 until it opens.
    float progress() const { return m_progress; }

  private:
    bool m_down = false;
    std::optional<Time> m_since;
    float m_progress = 0;
};

}  // namespace uketsuke::ui
