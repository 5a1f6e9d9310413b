// One sentence and one tone at a time, mixed at one volume. Knows no device.
// Not synchronised: whoever plays from another thread locks around every call (Speaker does).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace uketsuke::voice {

using Samples = std::vector<std::int16_t>;

class Mixer {
  public:
    // `fade`: samples over which what is broken off dies away instead of clicking.
    explicit Mixer(std::size_t fade);
    Mixer(const Mixer&) = delete;
    Mixer& operator=(const Mixer&) = delete;
    ~Mixer();

    // Replaces what is being said. The sound that was broken off or ended is handed back in `speech`, zeroed, so
    // that the caller frees it after unlocking.
    void say(Samples& speech);
    void tone(Samples& tone);
    // Breaks off speech and tone and zeroes them; only the fade still sounds.
    void hush();
    // 1 to 4, each twice the amplitude (6 dB) of the one before; outside of it the nearer end.
    void set_volume(int step);

    // Fills `out` with the next `count` samples; silence when there is nothing.
    void mix(std::int16_t* out, std::size_t count);
    // Nothing is left to be heard.
    bool silent() const;

  private:
    struct Track {
        Samples samples;
        std::size_t at = 0;
        bool ended() const { return at >= samples.size(); }
    };

    void replace(Track& track, Samples& samples);
    void keep_tail(const Track& track);
    int next_of_tail();

    Track m_speech;
    Track m_tone;
    Samples m_tail;  // `fade` long once used
    std::size_t m_tail_at = 0;
    std::size_t m_fade;
    int m_gain;  // in 256ths
};

// So that no optimiser takes it away.
void zero(Samples& samples);

}  // namespace uketsuke::voice
