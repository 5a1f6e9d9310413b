// The voice that sounds: clips and tones through SDL's audio. Owner and thread: the ui's, except that SDL's audio
// thread takes samples from the mixer under SDL's lock.
#pragma once

#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/ui/text.h"
#include "app/voice/clip_store.h"
#include "app/voice/mixer.h"
#include "app/voice/voice.h"

namespace uketsuke::voice {

struct SpeakerOptions {
    std::filesystem::path folder;  // of clips (clip_store.h)
    int volume = 2;                // core::k_quietest to core::k_loudest
    bool key_tones = true;         // false: Tone::Tap is not played; the others are
};

class Speaker final : public Voice {
  public:
    // Opens the system's standard device, paused. Without one the speaker is silent, says so in take_troubles(), and
    // looks again now and then. `text` must outlive it.
    Speaker(const ui::Text& text, SpeakerOptions options);
    ~Speaker() override;

    // A message of which a clip is missing, damaged or not at k_clip_rate is left out as a whole.
    void say(const std::vector<ui::Message>& messages, core::Language language) override;
    void tone(Tone tone) override;
    void hush() override;
    void set_volume(int step) override;

    // At least once a second, from the ui's loop: puts the device to sleep when nothing is left to be heard.
    void pump();
    bool sounding() const { return m_running; }  // until pump() has seen the end

    // Sentences for the log, each thing once: no device, a clip that is missing or damaged.
    std::vector<std::string> take_troubles();

  private:
    class Lock;

    void open_device();
    bool has_device();
    void run();
    void add_clips(const std::vector<std::string>& clips, core::Language language, Samples& samples);
    void report(std::string trouble);

    const ui::Text& m_text;
    SpeakerOptions m_options;
    ClipStore m_clips;
    Mixer m_mixer;
    std::vector<Samples> m_tones;  // indexed by Tone
    std::uint32_t m_device = 0;    // SDL_AudioDeviceID; 0: none
    std::uint64_t m_tried_at = 0;  // SDL_GetTicks64() of the last try to open one
    bool m_subsystem = false;
    bool m_running = false;
    std::set<std::string> m_reported;
    std::vector<std::string> m_troubles;
};

}  // namespace uketsuke::voice
