#include "app/voice/shaping.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/app/voice/voice_folder.h"

namespace uketsuke::voice {
namespace {

constexpr int k_rate = 24'000;

Sound with_silence(const Sound& sound, int milliseconds) {
    Sound result{sound.rate, std::vector<std::int16_t>(static_cast<std::size_t>(sound.rate * milliseconds / 1000))};
    const auto silence = result.samples;
    result.samples.insert(result.samples.end(), sound.samples.begin(), sound.samples.end());
    result.samples.insert(result.samples.end(), silence.begin(), silence.end());
    return result;
}

TEST(Shaping, QuietAndLoudRecordingsBecomeEquallyLoud) {
    for (const double height : {0.01, 0.05, 0.3, 1.0}) {
        const Sound clip = shaped(sine(k_rate, 500, height));
        EXPECT_NEAR(level_of(clip), k_speech_level, 0.5) << height;
    }
}

TEST(Shaping, SilenceInAClipDoesNotMakeItLouder) {
    EXPECT_NEAR(level_of(with_silence(sine(k_rate, 500, 0.2), 2'000)), level_of(sine(k_rate, 500, 0.2)), 0.5);
}

TEST(Shaping, SilenceAtTheEndsIsCut) {
    const Sound clip = shaped(with_silence(sine(k_rate, 500), 700));
    EXPECT_GE(clip.samples.size(), std::size_t{k_rate} / 2);
    EXPECT_LE(clip.samples.size(), std::size_t{k_rate} * 580 / 1000);
}

TEST(Shaping, AClipBeginsAndEndsWithoutAClick) {
    const Sound clip = shaped(sine(k_rate, 300, 1.0, 1'000.0));
    ASSERT_FALSE(clip.samples.empty());
    EXPECT_EQ(clip.samples.front(), 0);
    EXPECT_EQ(clip.samples.back(), 0);
}

TEST(Shaping, PeaksAreBentInsteadOfClipped) {
    Sound spiky = sine(k_rate, 1'000, 0.02);
    for (std::size_t i = 0; i < spiky.samples.size(); i += 2'400) spiky.samples[i] = 32'767;
    const Sound clip = shaped(spiky);
    const auto [least, most] = std::minmax_element(clip.samples.begin(), clip.samples.end());
    EXPECT_LE(*most, 32'767 * 9 / 10 + 1);
    EXPECT_GE(*least, -32'767 * 9 / 10 - 1);
}

TEST(Shaping, SilenceBecomesNothing) {
    EXPECT_TRUE(shaped({k_rate, std::vector<std::int16_t>(1'000)}).samples.empty());
    EXPECT_TRUE(shaped({k_rate, {}}).samples.empty());
}

TEST(Shaping, AnotherRateKeepsTheLength) {
    const Sound clip = resampled(sine(48'000, 500), k_rate);
    EXPECT_EQ(clip.rate, k_rate);
    EXPECT_EQ(clip.samples.size(), std::size_t{k_rate} / 2);
    EXPECT_NEAR(level_of(clip), level_of(sine(48'000, 500)), 0.5);
}

TEST(Shaping, AHigherRateKeepsLengthAndPitch) {
    const Sound clip = resampled(sine(8'000, 500), k_rate);
    const Sound ideal = sine(k_rate, 500);
    ASSERT_EQ(clip.samples.size(), ideal.samples.size());
    for (std::size_t i = 1'000; i < clip.samples.size() - 1'000; ++i) {
        ASSERT_NEAR(clip.samples[i], ideal.samples[i], 100) << i;
    }
}

TEST(Shaping, WhatALowerRateCannotHoldDoesNotFoldBack) {
    EXPECT_LT(level_of(resampled(sine(48'000, 500, 0.5, 16'000.0), k_rate)), -45.0);
}

}  // namespace
}  // namespace uketsuke::voice
