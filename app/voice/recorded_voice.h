// A voice that only remembers: for scenarios, which compare what was spoken without a sound card. Owner and thread: the
// ui's.
#pragma once

#include <vector>

#include "app/ui/text.h"
#include "app/voice/voice.h"

namespace uketsuke::voice {

class RecordedVoice final : public Voice {
  public:
    // `text` must outlive it.
    explicit RecordedVoice(const ui::Text& text) : m_text(text) {}

    void say(const std::vector<ui::Message>& messages, core::Language language) override;
    void tone(Tone tone) override;
    void hush() override;
    void set_volume(int step) override;

    // Everything since the start, or the last forget(); the oldest is dropped after k_most.
    const std::vector<Speech>& said() const { return m_said; }
    const std::vector<Tone>& tones() const { return m_tones; }
    // What would be sounding now if speech took forever: the messages of the last say() that no hush() followed.
    const std::vector<Speech>& saying() const { return m_saying; }
    int volume() const { return m_volume; }
    void forget();

    static constexpr std::size_t k_most = 10'000;

  private:
    const ui::Text& m_text;
    std::vector<Speech> m_said;
    std::vector<Speech> m_saying;
    std::vector<Tone> m_tones;
    int m_volume = 2;
};

}  // namespace uketsuke::voice
