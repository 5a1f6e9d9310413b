#include "app/voice/wav.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "tests/app/voice/voice_folder.h"

namespace uketsuke::voice {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

std::string error_of(std::string_view bytes) {
    const auto sound = read_wav(bytes);
    return sound ? "none" : sound.error();
}

// Byte 22: channels; 24: rate; 34: bits; 40: length of the samples.
std::string changed(std::string bytes, std::size_t at, std::initializer_list<int> values) {
    for (const int value : values) bytes[at++] = static_cast<char>(value);
    return bytes;
}

const std::string& small_file() {
    static const std::string bytes = wav_bytes({8'000, {1, -2, 300, -400}});
    return bytes;
}

TEST(Wav, WhatIsWrittenIsRead) {
    const auto sound = read_wav(small_file());
    ASSERT_TRUE(sound) << sound.error();
    EXPECT_EQ(sound->rate, 8'000);
    EXPECT_THAT(sound->samples, ElementsAre(1, -2, 300, -400));
}

TEST(Wav, TwoChannelsAreAveraged) {
    const auto sound = read_wav(changed(small_file(), 22, {2}));
    ASSERT_TRUE(sound) << sound.error();
    EXPECT_THAT(sound->samples, ElementsAre(0, -50));
}

TEST(Wav, EveryTruncationIsRefused) {
    for (std::size_t length = 0; length < small_file().size(); ++length) {
        EXPECT_FALSE(read_wav(small_file().substr(0, length))) << length;
    }
}

TEST(Wav, WhatFollowsTheSamplesDoesNotMatter) {
    EXPECT_TRUE(read_wav(small_file() + "LIST junk"));
}

TEST(Wav, AChunkThatNobodyKnowsIsSkipped) {
    std::string bytes = small_file();
    bytes.insert(12, std::string{"odd \x03\0\0\0abc\0", 12});
    EXPECT_TRUE(read_wav(bytes));
}

TEST(Wav, ForeignFormatsAreNamed) {
    EXPECT_EQ(error_of("MZ"), "no WAV file");
    EXPECT_EQ(error_of(changed(small_file(), 20, {3})), "not 16-bit PCM");
    EXPECT_EQ(error_of(changed(small_file(), 34, {8})), "not 16-bit PCM");
    EXPECT_EQ(error_of(changed(small_file(), 22, {0})), "neither one channel nor two");
    EXPECT_EQ(error_of(changed(small_file(), 22, {6})), "neither one channel nor two");
    EXPECT_THAT(error_of(changed(small_file(), 24, {0, 0, 0, 0})), HasSubstr("rate"));
    EXPECT_THAT(error_of(changed(small_file(), 24, {0xFF, 0xFF, 0xFF, 0xFF})), HasSubstr("rate"));
    EXPECT_EQ(error_of(changed(small_file(), 40, {7})), "its last sample is cut off");
    EXPECT_EQ(error_of(changed(small_file(), 40, {0xFF, 0xFF, 0xFF, 0xFF})), "cut off");
}

TEST(Wav, AMinuteIsTheLongestSound) {
    const std::string minute = wav_bytes({8'000, std::vector<std::int16_t>(8'000 * 60)});
    EXPECT_TRUE(read_wav(minute));
    EXPECT_EQ(error_of(wav_bytes({8'000, std::vector<std::int16_t>(8'000 * 60 + 1)})), "longer than a minute");
}

TEST(Wav, FlippedBytesNeverGiveMoreThanTheyHold) {
    std::mt19937 chance(20'260'401);
    const std::string good = wav_bytes(sine(8'000, 20));
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes = good;
        for (int flips = 1 + static_cast<int>(chance() % 8); flips > 0; --flips) {
            // Most of what can go wrong stands in the first bytes.
            const std::size_t reach = chance() % 2 == 0 ? 48 : bytes.size();
            bytes[chance() % reach] = static_cast<char>(chance());
        }
        if (chance() % 3 == 0) bytes.resize(chance() % bytes.size());
        const auto sound = read_wav(bytes);
        if (!sound) continue;
        EXPECT_LE(sound->samples.size() * 2, bytes.size());
        EXPECT_GE(sound->rate, k_lowest_rate);
        EXPECT_LE(sound->rate, k_highest_rate);
    }
}

TEST(Wav, AFileIsNamedInItsError) {
    const VoiceFolder folder;
    folder.write("damaged.wav", "RIFF");
    folder.write("empty.wav", "");
    for (const char* name : {"damaged.wav", "empty.wav", "absent.wav", "."}) {
        const auto sound = load_wav(folder.path() / name);
        ASSERT_FALSE(sound) << name;
        EXPECT_THAT(sound.error(), StartsWith((folder.path() / name).string() + ": "));
    }
}

TEST(Wav, AFileLargerThanAnyClipIsNotRead) {
    const VoiceFolder folder;
    folder.write("large.wav", small_file());
    std::filesystem::resize_file(folder.path() / "large.wav", 1ULL << 32U);
    const auto sound = load_wav(folder.path() / "large.wav");
    ASSERT_FALSE(sound);
    EXPECT_THAT(sound.error(), HasSubstr("larger than a clip can be"));
}

}  // namespace
}  // namespace uketsuke::voice
