#include "app/ui/corner_hold.h"

#include <algorithm>

namespace uketsuke::ui {

Rect staff_corner_of(const Layout& layout) {
    return {layout.screen.x, layout.screen.y, layout.target, layout.target};
}

bool CornerHold::look(bool down, bool inside, Time now, std::chrono::milliseconds hold) {
    const bool came = down && !m_down;
    m_down = down;
    if (came && inside) m_since = now;
    if (!down || !inside) m_since.reset();
    m_progress = 0;
    if (!m_since) return false;
    const std::chrono::duration<float> held = now - *m_since;
    m_progress =
        std::clamp(held / std::max<std::chrono::duration<float>>(hold, std::chrono::milliseconds{1}), 0.F, 1.F);
    if (m_progress < 1) return false;
    // The finger must be lifted before it can ask again.
    m_since.reset();
    m_progress = 0;
    return true;
}

}  // namespace uketsuke::ui
