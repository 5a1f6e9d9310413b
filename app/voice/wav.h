// Recorded sound in memory and in WAV files. Bounded: a damaged or foreign file is an error in words, never more.
// Source of the format: "Multimedia Programming Interface and Data Specifications 1.0" (RIFF WAVE), IBM and Microsoft.
// Any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace uketsuke::voice {

inline constexpr int k_lowest_rate = 8'000;  // samples a second
inline constexpr int k_highest_rate = 48'000;
inline constexpr std::chrono::seconds k_longest_sound{60};

// One channel, 16 bit.
struct Sound {
    int rate = 0;  // samples a second
    std::vector<std::int16_t> samples;
};

// 16-bit PCM with one channel or two (which are averaged), k_lowest_rate to k_highest_rate, at most k_longest_sound.
// The error says what is wrong, without the file's name.
tl::expected<Sound, std::string> read_wav(std::string_view bytes);

// The same from a file; the error starts with its name.
tl::expected<Sound, std::string> load_wav(const std::filesystem::path& file);

std::string wav_bytes(const Sound& sound);

}  // namespace uketsuke::voice
