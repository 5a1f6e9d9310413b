// What the kiosk sounds like: the voice and the tones that belong to what the window shows, and the headphone jack.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/config/config.h"
#include "app/core/view.h"
#include "app/ui/text.h"
#include "app/ui/window.h"
#include "app/voice/headphone_jack.h"
#include "app/voice/speaker.h"

namespace uketsuke::app {

// Thread: the ui's.
class Sound {
  public:
    // `text` must outlive it; `notice` is told what is missing, each thing once.
    // `offered`: speech, not only tones.
    Sound(const config::VoiceConfig& config, bool offered, const ui::Text& text,
          std::function<void(const std::string&)> notice);

    // After a frame: what was touched, what is to be said, and what changed since the last view.
    void follow(const core::View& view, const ui::Window::Input& input);
    // Whether only the patient hears, when that changed since the last call. Before every view, so that nothing
    // personal is said a moment after the plug was pulled.
    std::optional<bool> private_now();

  private:
    config::VoiceConfig m_config;
    std::function<void(const std::string&)> m_notice;
    voice::Speaker m_speaker;
    voice::EvdevJack m_jack;
    std::optional<core::View> m_before;
    std::optional<bool> m_private;
};

}  // namespace uketsuke::app
