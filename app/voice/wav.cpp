#include "app/voice/wav.h"

#include <fstream>

namespace uketsuke::voice {
namespace {

constexpr std::size_t k_chunk_head = 8;
constexpr std::size_t k_riff_head = 12;
constexpr std::size_t k_format_size = 16;
constexpr std::size_t k_sample_size = 2;
constexpr std::uint32_t k_pcm = 1;
constexpr std::size_t k_longest_data = std::size_t{k_highest_rate} * 2 * k_sample_size * k_longest_sound.count();
// Room for chunks that say who made it.
constexpr std::size_t k_largest_file = k_longest_data + 65'536;

tl::unexpected<std::string> wrong(std::string what) {
    return tl::unexpected<std::string>(std::move(what));
}

// The caller has checked that it lies within.
std::uint32_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = size; i > 0; --i) value = value << 8U | static_cast<unsigned char>(bytes[at + i - 1]);
    return value;
}

std::int16_t sample_at(std::string_view bytes, std::size_t at) {
    return static_cast<std::int16_t>(number_at(bytes, at, k_sample_size));
}

void put(std::string& bytes, std::uint32_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> (8 * i) & 0xFFU);
}

struct Format {
    int channels = 0;
    int rate = 0;
};

tl::expected<Format, std::string> read_format(std::string_view chunk) {
    if (chunk.size() < k_format_size) return wrong("its format is cut off");
    const std::uint32_t channels = number_at(chunk, 2, 2);
    const std::uint32_t rate = number_at(chunk, 4, 4);
    if (number_at(chunk, 0, 2) != k_pcm || number_at(chunk, 14, 2) != 16) return wrong("not 16-bit PCM");
    if (channels != 1 && channels != 2) return wrong("neither one channel nor two");
    if (rate < k_lowest_rate || rate > k_highest_rate) return wrong("its rate is not between 8 and 48 kHz");
    return Format{static_cast<int>(channels), static_cast<int>(rate)};
}

tl::expected<Sound, std::string> read_samples(std::string_view data, const Format& format) {
    const std::size_t frame = k_sample_size * static_cast<std::size_t>(format.channels);
    const std::size_t frames = data.size() / frame;
    if (data.size() % frame != 0) return wrong("its last sample is cut off");
    if (frames > static_cast<std::size_t>(format.rate) * k_longest_sound.count()) return wrong("longer than a minute");
    Sound sound{format.rate, {}};
    sound.samples.reserve(frames);
    for (std::size_t i = 0; i < frames; ++i) {
        const int left = sample_at(data, i * frame);
        const int right = format.channels == 2 ? sample_at(data, i * frame + k_sample_size) : left;
        sound.samples.push_back(static_cast<std::int16_t>((left + right) / 2));
    }
    return sound;
}

}  // namespace

tl::expected<Sound, std::string> read_wav(std::string_view bytes) {
    if (bytes.size() < k_riff_head || bytes.substr(0, 4) != "RIFF" || bytes.substr(8, 4) != "WAVE") {
        return wrong("no WAV file");
    }
    Format format;
    std::string_view rest = bytes.substr(k_riff_head);
    while (rest.size() >= k_chunk_head) {
        const std::string_view name = rest.substr(0, 4);
        const std::size_t size = number_at(rest, 4, 4);
        rest.remove_prefix(k_chunk_head);
        if (size > rest.size()) return wrong("cut off");
        const std::string_view chunk = rest.substr(0, size);
        if (name == "fmt ") {
            const auto read = read_format(chunk);
            if (!read) return wrong(read.error());
            format = *read;
        } else if (name == "data") {
            if (format.channels == 0) return wrong("its samples come before their format");
            return read_samples(chunk, format);
        }
        // Chunks start at even places.
        rest.remove_prefix(std::min(rest.size(), size + size % 2));
    }
    return wrong("it has no samples");
}

tl::expected<Sound, std::string> load_wav(const std::filesystem::path& file) {
    const auto failed = [&](const std::string& what) { return wrong(file.string() + ": " + what); };
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) return failed("no such file");
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    if (!stream) return failed("cannot be opened");
    const std::streamoff size = stream.tellg();
    if (size < 0 || static_cast<std::size_t>(size) > k_largest_file) return failed("larger than a clip can be");
    std::string bytes(static_cast<std::size_t>(size), '\0');
    stream.seekg(0);
    if (!stream.read(bytes.data(), size)) return failed("cannot be read");
    auto sound = read_wav(bytes);
    if (!sound) return failed(sound.error());
    return sound;
}

std::string wav_bytes(const Sound& sound) {
    const auto data = static_cast<std::uint32_t>(sound.samples.size() * k_sample_size);
    const auto rate = static_cast<std::uint32_t>(sound.rate);
    std::string bytes = "RIFF";
    put(bytes, data + 36, 4);
    bytes += "WAVEfmt ";
    put(bytes, k_format_size, 4);
    put(bytes, k_pcm, 2);
    put(bytes, 1, 2);
    put(bytes, rate, 4);
    put(bytes, rate * k_sample_size, 4);
    put(bytes, k_sample_size, 2);
    put(bytes, 16, 2);
    bytes += "data";
    put(bytes, data, 4);
    for (const std::int16_t sample : sound.samples) put(bytes, static_cast<std::uint16_t>(sample), k_sample_size);
    return bytes;
}

}  // namespace uketsuke::voice
