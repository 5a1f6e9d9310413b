#include "app/voice/shaping.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace uketsuke::voice {
namespace {

constexpr double k_full_scale = 32'768.0;
constexpr double k_silence = -120.0;
constexpr double k_gate = 25.0;          // decibels below the loudest frame that still count as speech
constexpr double k_floor = 45.0;         // decibels below the loudest frame that are silence at an end
constexpr double k_knee = 0.6;           // of full scale: from here on peaks are bent
constexpr double k_ceiling = 0.9;        // of full scale: and never reach more
constexpr double k_highest_gain = 20.0;  // what is quieter than that is no speech

constexpr double k_lobes = 16.0;  // of the filter, on either side

constexpr std::size_t k_steps = 512;  // of the filter's table, from one zero to the next

// One side of a windowed sinc, and a zero behind it.
std::vector<double> filter_table() {
    const auto size = static_cast<std::size_t>(k_lobes) * k_steps;
    std::vector<double> table(size + 2, 0.0);
    table[0] = 1.0;
    for (std::size_t i = 1; i < size; ++i) {
        const double x = std::numbers::pi * static_cast<double>(i) / k_steps;
        table[i] = std::sin(x) / x * (0.5 + 0.5 * std::cos(x / k_lobes));
    }
    return table;
}

double filter_at(const std::vector<double>& table, double x) {
    const double place = std::min(std::abs(x), k_lobes) * k_steps;
    const auto at = static_cast<std::size_t>(place);
    const double part = place - static_cast<double>(at);
    return table[at] * (1.0 - part) + table[at + 1] * part;
}

std::size_t frame_of(const Sound& sound) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(sound.rate) / 50);
}

// Mean power of each 20 ms.
std::vector<double> powers_of(const Sound& sound) {
    const std::size_t frame = frame_of(sound);
    std::vector<double> powers;
    for (std::size_t from = 0; from < sound.samples.size(); from += frame) {
        const std::size_t to = std::min(from + frame, sound.samples.size());
        double sum = 0.0;
        for (std::size_t i = from; i < to; ++i) sum += std::pow(sound.samples[i] / k_full_scale, 2.0);
        powers.push_back(sum / static_cast<double>(to - from));
    }
    return powers;
}

double decibels(double power) {
    return power <= 0.0 ? k_silence : std::max(k_silence, 10.0 * std::log10(power));
}

double bent(double value) {
    const double size = std::abs(value);
    if (size <= k_knee) return value;
    const double room = k_ceiling - k_knee;
    return std::copysign(k_knee + room * std::tanh((size - k_knee) / room), value);
}

void soften_edges(Sound& sound) {
    const std::size_t edge = std::min(frame_of(sound) / 4, sound.samples.size() / 2);
    for (std::size_t i = 0; i < edge; ++i) {
        const double gain = static_cast<double>(i) / static_cast<double>(edge);
        const auto soften = [gain](std::int16_t& sample) { sample = static_cast<std::int16_t>(sample * gain); };
        soften(sound.samples[i]);
        soften(sound.samples[sound.samples.size() - 1 - i]);
    }
}

}  // namespace

double level_of(const Sound& sound) {
    const std::vector<double> powers = powers_of(sound);
    if (powers.empty()) return k_silence;
    const double gate = decibels(*std::max_element(powers.begin(), powers.end())) - k_gate;
    double sum = 0.0;
    int frames = 0;
    for (const double power : powers) {
        if (decibels(power) < gate) continue;
        sum += power;
        ++frames;
    }
    return decibels(sum / std::max(frames, 1));
}

Sound shaped(const Sound& sound) {
    Sound result{sound.rate, {}};
    const double level = level_of(sound);
    if (level <= k_silence) return result;
    const std::vector<double> powers = powers_of(sound);
    const double floor = decibels(*std::max_element(powers.begin(), powers.end())) - k_floor;
    const auto heard = [floor](double power) { return decibels(power) >= floor; };
    const auto first = std::find_if(powers.begin(), powers.end(), heard) - powers.begin();
    const auto last = powers.rend() - std::find_if(powers.rbegin(), powers.rend(), heard);
    const auto frame = static_cast<std::ptrdiff_t>(frame_of(sound));
    const auto from = std::max<std::ptrdiff_t>(0, (first - 1) * frame);
    const auto to = std::min(static_cast<std::ptrdiff_t>(sound.samples.size()), (last + 1) * frame);
    result.samples.assign(sound.samples.begin() + from, sound.samples.begin() + to);

    // Bending peaks takes a little level away: the second round gives it back.
    for (int round = 0; round < 2; ++round) {
        const double wanted = std::pow(10.0, (k_speech_level - level_of(result)) / 20.0);
        const double gain = std::min(wanted, k_highest_gain);
        for (std::int16_t& sample : result.samples) {
            sample = static_cast<std::int16_t>(std::lround(bent(sample / k_full_scale * gain) * (k_full_scale - 1)));
        }
    }
    soften_edges(result);
    return result;
}

// Windowed sinc. SDL's own stream loses the last tens of milliseconds: the end of a word.
Sound resampled(const Sound& sound, int rate) {
    if (sound.rate == rate) return sound;
    const double step = static_cast<double>(sound.rate) / rate;
    const double cutoff = std::min(1.0, 1.0 / step);
    const double reach = k_lobes / cutoff;
    const auto last = static_cast<std::ptrdiff_t>(sound.samples.size()) - 1;
    const std::vector<double> table = filter_table();
    Sound result{rate, {}};
    const auto count = static_cast<std::size_t>(static_cast<double>(sound.samples.size()) / step);
    result.samples.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const double centre = static_cast<double>(i) * step;
        const auto from = std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(std::ceil(centre - reach)));
        const auto to = std::min(last, static_cast<std::ptrdiff_t>(std::floor(centre + reach)));
        double sum = 0.0;
        for (std::ptrdiff_t at = from; at <= to; ++at) {
            const double away = centre - static_cast<double>(at);
            sum += sound.samples[static_cast<std::size_t>(at)] * cutoff * filter_at(table, away * cutoff);
        }
        result.samples.push_back(static_cast<std::int16_t>(std::clamp(std::lround(sum), -32'768L, 32'767L)));
    }
    return result;
}

}  // namespace uketsuke::voice
