#include "app/voice/tones.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace uketsuke::voice {
namespace {

constexpr int k_rate = 24'000;

std::vector<Tone> all_tones() {
    std::vector<Tone> tones;
    for (std::size_t i = 0; i < k_tones; ++i) tones.push_back(static_cast<Tone>(i));
    return tones;
}

TEST(Tones, BeginAndEndAtZero) {
    for (const Tone tone : all_tones()) {
        const Sound sound = tone_sound(tone, k_rate);
        ASSERT_FALSE(sound.samples.empty()) << name_of(tone);
        EXPECT_EQ(sound.samples.front(), 0) << name_of(tone);
        EXPECT_EQ(sound.samples.back(), 0) << name_of(tone);
    }
}

TEST(Tones, HaveNoJumpThatClicks) {
    for (const Tone tone : all_tones()) {
        const Sound sound = tone_sound(tone, k_rate);
        int largest = 0;
        for (std::size_t i = 1; i < sound.samples.size(); ++i) {
            largest = std::max(largest, std::abs(sound.samples[i] - sound.samples[i - 1]));
        }
        // A sine of the highest note rises by 2π·1175/24000 of its height a sample.
        EXPECT_LT(largest, 0.31 * 0.3 * 32'767) << name_of(tone);
    }
}

TEST(Tones, AreShort) {
    for (const Tone tone : all_tones())
        EXPECT_LT(tone_sound(tone, k_rate).samples.size(), std::size_t{k_rate}) << name_of(tone);
    EXPECT_LE(tone_sound(Tone::Tap, k_rate).samples.size(), std::size_t{k_rate} / 20);
}

TEST(Tones, CanBeToldApart) {
    std::set<std::vector<std::int16_t>> sounds;
    std::set<std::string> names;
    for (const Tone tone : all_tones()) {
        sounds.insert(tone_sound(tone, k_rate).samples);
        names.insert(name_of(tone));
    }
    EXPECT_EQ(sounds.size(), k_tones);
    EXPECT_EQ(names.size(), k_tones);
}

}  // namespace
}  // namespace uketsuke::voice
