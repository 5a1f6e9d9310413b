#include "app/voice/mixer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace uketsuke::voice {
namespace {

using testing::Each;
using testing::ElementsAre;

Samples mixed(Mixer& mixer, std::size_t count) {
    Samples out(count, 99);
    mixer.mix(out.data(), count);
    return out;
}

class MixerTest : public testing::Test {
  protected:
    MixerTest() { m_mixer.set_volume(4); }
    void say(Samples samples) { m_mixer.say(samples); }
    void tone(Samples samples) { m_mixer.tone(samples); }

    Mixer m_mixer{4};
};

TEST_F(MixerTest, IsSilentUntilSomethingIsSaid) {
    EXPECT_TRUE(m_mixer.silent());
    EXPECT_THAT(mixed(m_mixer, 3), Each(0));
}

TEST_F(MixerTest, SpeechEndsInSilence) {
    say({100, 200});
    EXPECT_FALSE(m_mixer.silent());
    EXPECT_THAT(mixed(m_mixer, 3), ElementsAre(100, 200, 0));
    EXPECT_TRUE(m_mixer.silent());
}

TEST_F(MixerTest, AToneSoundsOverSpeech) {
    say({100, 100, 100});
    tone({10, 20});
    EXPECT_THAT(mixed(m_mixer, 3), ElementsAre(110, 120, 100));
}

TEST_F(MixerTest, WhatIsTooLoudIsCutAndDoesNotWrap) {
    say({30'000, -30'000});
    tone({30'000, -30'000});
    EXPECT_THAT(mixed(m_mixer, 2), ElementsAre(32'767, -32'768));
}

TEST_F(MixerTest, WhatIsBrokenOffDiesAway) {
    say({100, 100, 100, 100, 100, 100});
    mixed(m_mixer, 1);
    say({0, 0, 0, 0, 0});
    EXPECT_THAT(mixed(m_mixer, 5), ElementsAre(100, 75, 50, 25, 0));
}

TEST_F(MixerTest, BreakingOffTwiceKeepsBothEnds) {
    say({100, 100, 100, 100, 100, 100});
    tone({40, 40, 40, 40, 40, 40});
    m_mixer.hush();
    EXPECT_THAT(mixed(m_mixer, 5), ElementsAre(140, 105, 70, 35, 0));
    EXPECT_TRUE(m_mixer.silent());
}

TEST_F(MixerTest, WhatWasBrokenOffComesBackAsZeros) {
    Samples speech{1, 2, 3};
    m_mixer.say(speech);
    Samples next{4};
    m_mixer.say(next);
    EXPECT_THAT(next, ElementsAre(0, 0, 0));
}

TEST_F(MixerTest, EachStepOfVolumeIsTwiceTheAmplitude) {
    for (const auto& [step, height] : {std::pair{-5, 100}, {1, 100}, {2, 200}, {3, 400}, {4, 800}, {9, 800}}) {
        m_mixer.set_volume(step);
        say({800});
        EXPECT_THAT(mixed(m_mixer, 1), ElementsAre(height)) << step;
    }
}

TEST(Zero, LeavesNothing) {
    Samples samples{1, 2, 3};
    zero(samples);
    EXPECT_THAT(samples, Each(0));
}

}  // namespace
}  // namespace uketsuke::voice
