// The speaker on SDL's drivers without a device: "dummy" throws sound away, "disk" writes it to a file.
#include "app/voice/speaker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/app/voice/voice_folder.h"

namespace uketsuke::voice {
namespace {

using core::Language;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class SpeakerTest : public testing::Test {
  protected:
    SpeakerTest() {
        use_driver("disk");
        ::setenv("SDL_DISKAUDIOFILE", output().c_str(), 1);
        ::setenv("SDL_DISKAUDIODELAY", "1", 1);
    }
    ~SpeakerTest() override { ::unsetenv("SDL_AUDIODRIVER"); }

    static void use_driver(const char* name) { ::setenv("SDL_AUDIODRIVER", name, 1); }
    std::filesystem::path output() const { return m_folder.path() / "heard.raw"; }
    SpeakerOptions options() const { return {.folder = m_folder.path(), .volume = 4}; }

    static bool ends(Speaker& speaker) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
        while (speaker.sounding() && std::chrono::steady_clock::now() < deadline) {
            speaker.pump();
            std::this_thread::yield();
        }
        return !speaker.sounding();
    }

    // Samples that are not silence, once the speaker has closed its device.
    std::size_t heard() const {
        std::ifstream stream(output(), std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
        std::vector<std::int16_t> samples(bytes.size() / 2);
        std::memcpy(samples.data(), bytes.data(), samples.size() * 2);
        return static_cast<std::size_t>(
            std::count_if(samples.begin(), samples.end(), [](std::int16_t sample) { return sample != 0; }));
    }

    VoiceFolder m_folder;
    const std::vector<ui::Message> m_tries{message("pin.tries", 3)};
};

TEST_F(SpeakerTest, ASentenceIsHeardFromItsClips) {
    m_folder.write_clip("ja", "pin.tries.0", "", 100);
    m_folder.write_clip("ja", "number-3-kai", "", 100);
    m_folder.write_clip("ja", "pin.tries.1", "", 100);
    {
        Speaker speaker(house_text(), options());
        speaker.say(m_tries, Language::Japanese);
        EXPECT_TRUE(speaker.sounding());
        EXPECT_TRUE(ends(speaker));
        EXPECT_THAT(speaker.take_troubles(), IsEmpty());
    }
    EXPECT_NEAR(static_cast<double>(heard()), 0.3 * 24'000, 200);
}

TEST_F(SpeakerTest, AClipAtAnotherRateIsNotSaidAtAWrongPace) {
    m_folder.write("ja/pin.wrong.0.wav", wav_bytes(sine(8'000, 300)));
    Speaker speaker(house_text(), options());
    speaker.say({message("pin.wrong")}, Language::Japanese);
    EXPECT_FALSE(speaker.sounding());
    EXPECT_THAT(speaker.take_troubles(), ElementsAre(HasSubstr("rate")));
}

TEST_F(SpeakerTest, AMessageWithAMissingClipIsLeftOutAsAWhole) {
    m_folder.write_clip("ja", "pin.tries.0", "", 100);
    m_folder.write("ja/number-3-kai.wav", "RIFF");
    {
        Speaker speaker(house_text(), options());
        speaker.say(m_tries, Language::Japanese);
        EXPECT_FALSE(speaker.sounding());
        EXPECT_THAT(speaker.take_troubles(), ElementsAre(HasSubstr("number-3-kai.wav")));
        speaker.say(m_tries, Language::Japanese);
        EXPECT_THAT(speaker.take_troubles(), IsEmpty());
    }
    EXPECT_EQ(heard(), 0u);
}

TEST_F(SpeakerTest, HushEndsTheSound) {
    m_folder.write_clip("ja", "pin.wrong.0", "", 50'000);
    Speaker speaker(house_text(), options());
    speaker.say({message("pin.wrong")}, Language::Japanese);
    ASSERT_TRUE(speaker.sounding());
    speaker.hush();
    const auto before = std::chrono::steady_clock::now();
    EXPECT_TRUE(ends(speaker));
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(10));
}

TEST_F(SpeakerTest, ATooLongSpeechIsLeftOut) {
    m_folder.write_clip("ja", "pin.wrong.0", "", 50'000);
    Speaker speaker(house_text(), options());
    const ui::Message wrong = message("pin.wrong");
    speaker.say({wrong, wrong, wrong, wrong}, Language::Japanese);
    EXPECT_TRUE(speaker.sounding());
    speaker.hush();
    EXPECT_TRUE(ends(speaker));
}

TEST_F(SpeakerTest, ATapIsHeardUnlessKeyTonesAreOff) {
    for (const bool key_tones : {true, false}) {
        auto chosen = options();
        chosen.key_tones = key_tones;
        {
            Speaker speaker(house_text(), chosen);
            speaker.tone(Tone::Tap);
            EXPECT_EQ(speaker.sounding(), key_tones);
            EXPECT_TRUE(ends(speaker));
        }
        EXPECT_EQ(heard() > 0, key_tones);
    }
}

TEST_F(SpeakerTest, TonesNeedNoClips) {
    Speaker speaker(house_text(), options());
    speaker.tone(Tone::CallStaff);
    EXPECT_TRUE(speaker.sounding());
    EXPECT_TRUE(ends(speaker));
    EXPECT_THAT(speaker.take_troubles(), IsEmpty());
}

TEST_F(SpeakerTest, WithoutADeviceTheKioskIsSilentAndSaysSoOnce) {
    use_driver("no-such-driver");
    Speaker speaker(house_text(), options());
    speaker.tone(Tone::Done);
    speaker.say(m_tries, Language::Japanese);
    speaker.set_volume(3);
    speaker.hush();
    speaker.pump();
    EXPECT_FALSE(speaker.sounding());
    EXPECT_THAT(speaker.take_troubles(), ElementsAre(HasSubstr("no sound device")));
    EXPECT_THAT(speaker.take_troubles(), IsEmpty());
}

}  // namespace
}  // namespace uketsuke::voice
