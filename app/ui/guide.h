// What four physical keys walk through, and what the voice says: for whoever does not see the screen or cannot touch
// it. Works from the same Scene as the picture. Pure: no window, no sound.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/core/intent.h"
#include "app/core/view.h"
#include "app/ui/message.h"
#include "app/ui/scene.h"

namespace uketsuke::ui {

// The four keys (EN 301 549 §5.1.3, JIS X 8341): back and forth, take it, and hear it again.
enum class GuideKey : std::uint8_t { Previous, Next, Select, Listen };

// One place where the keys halt.
struct Halt {
    core::Intent intent;
    Message label;
    Message hint = {};
    bool digit = false;  // of a PIN, a code, a text or a birth date: never spoken through a loudspeaker
};

// The page's own choices, then the footer, then language and preferences.
std::vector<Halt> halts_of(const core::View& view);

// Two views that differ in this are different pages to a finger and to an ear.
int page_id(const core::View& view);

class Guide {
  public:
    // To be called with every view that is shown. Returns what is to be said because of what changed, in place of what
    // is being said; empty: nothing. Says nothing while the voice is switched off.
    std::vector<Message> look(const core::View& view);

    struct Pressed {
        std::optional<core::Intent> intent;
        std::vector<Message> said;
    };
    Pressed press(GuideKey key, const core::View& view);

    // Where the keys stand; nullopt until one was pressed on this page, or since a finger touched the screen.
    std::optional<core::Intent> focus() const;
    void touched() { m_focused = false; }

  private:
    std::vector<Message> whole_page(const core::View& view) const;
    std::vector<Message> what_changed(const core::View& view);
    std::vector<Message> halt_words(const core::View& view) const;

    int m_page = -1;
    bool m_spoke = false;  // the voice was on
    bool m_counting = false;
    bool m_called = false;
    bool m_coming = false;
    int m_entered = 0;
    std::vector<Message> m_told;
    std::vector<Halt> m_halts;
    std::size_t m_at = 0;
    bool m_focused = false;
};

}  // namespace uketsuke::ui
