#include "app/voice/mixer.h"

#include <string.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace uketsuke::voice {
namespace {

// In 256ths of full scale.
constexpr std::array k_gains{32, 64, 128, 256};

int gain_of(int step) {
    return k_gains[static_cast<std::size_t>(std::clamp(step, 1, static_cast<int>(k_gains.size())) - 1)];
}

std::int16_t clipped(int value) {
    return static_cast<std::int16_t>(
        std::clamp<int>(value, std::numeric_limits<std::int16_t>::min(), std::numeric_limits<std::int16_t>::max()));
}

}  // namespace

void zero(Samples& samples) {
    if (!samples.empty()) ::explicit_bzero(samples.data(), samples.size() * sizeof(std::int16_t));
}

Mixer::Mixer(std::size_t fade) : m_tail(fade), m_tail_at(fade), m_fade(fade), m_gain(gain_of(2)) {}

Mixer::~Mixer() {
    zero(m_speech.samples);
    zero(m_tail);
}

// What is left of an older tail stays in it.
void Mixer::keep_tail(const Track& track) {
    if (track.ended()) return;
    std::move(m_tail.begin() + static_cast<std::ptrdiff_t>(m_tail_at), m_tail.end(), m_tail.begin());
    std::fill(m_tail.end() - static_cast<std::ptrdiff_t>(m_tail_at), m_tail.end(), std::int16_t{0});
    m_tail_at = 0;
    const std::size_t left = std::min(m_fade, track.samples.size() - track.at);
    for (std::size_t i = 0; i < left; ++i) {
        const auto share = static_cast<int>((m_fade - i) * 256 / m_fade);
        m_tail[i] = clipped(m_tail[i] + track.samples[track.at + i] * share / 256);
    }
}

void Mixer::replace(Track& track, Samples& samples) {
    keep_tail(track);
    std::swap(track.samples, samples);
    track.at = 0;
    zero(samples);
}

void Mixer::say(Samples& speech) {
    replace(m_speech, speech);
}

void Mixer::tone(Samples& tone) {
    replace(m_tone, tone);
}

void Mixer::hush() {
    for (Track* track : {&m_speech, &m_tone}) {
        keep_tail(*track);
        zero(track->samples);
        track->at = track->samples.size();
    }
}

void Mixer::set_volume(int step) {
    m_gain = gain_of(step);
}

int Mixer::next_of_tail() {
    return m_tail_at < m_tail.size() ? std::exchange(m_tail[m_tail_at++], std::int16_t{0}) : 0;
}

void Mixer::mix(std::int16_t* out, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        int sum = next_of_tail();
        if (!m_speech.ended()) sum += m_speech.samples[m_speech.at++];
        if (!m_tone.ended()) sum += m_tone.samples[m_tone.at++];
        out[i] = clipped(sum * m_gain / 256);
    }
}

bool Mixer::silent() const {
    return m_speech.ended() && m_tone.ended() && m_tail_at >= m_tail.size();
}

}  // namespace uketsuke::voice
