#include "tests/app/voice/voice_folder.h"

#include <stdlib.h>

#include <cmath>
#include <fstream>
#include <numbers>
#include <stdexcept>

#include "app/voice/script.h"

namespace uketsuke::voice {

namespace fs = std::filesystem;

VoiceFolder::VoiceFolder() {
    std::string name = (fs::temp_directory_path() / "uketsuke-voice-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    m_path = name;
}

VoiceFolder::~VoiceFolder() {
    std::error_code error;
    fs::remove_all(m_path, error);
}

void VoiceFolder::write(const fs::path& name, const std::string& bytes) const {
    fs::create_directories((m_path / name).parent_path());
    std::ofstream(m_path / name, std::ios::binary) << bytes;
}

void VoiceFolder::write_clip(const std::string& language, const std::string& clip, const std::string& text,
                             int milliseconds) const {
    write(fs::path{language} / (clip + ".wav"), wav_bytes(sine(24'000, milliseconds)));
    write(fs::path{language} / (clip + ".txt"), "test\t" + text + '\n');
}

void VoiceFolder::write_all(const ui::Text& text) const {
    for (const Prompt& prompt : prompts(text, core::Language::Japanese)) write_clip("ja", prompt.clip, prompt.text);
}

const ui::Text& house_text() {
    static const ui::Text text = [] {
        auto loaded = ui::Text::load(std::string{UKETSUKE_BINARY_DIR} + "/locale");
        if (!loaded) throw std::runtime_error(loaded.error());
        return std::move(*loaded);
    }();
    return text;
}

Sound sine(int rate, int milliseconds, double height, double hertz) {
    Sound sound{rate, {}};
    const int count = rate * milliseconds / 1000;
    for (int i = 0; i < count; ++i) {
        const double wave = std::sin(2.0 * std::numbers::pi * hertz * i / rate);
        sound.samples.push_back(static_cast<std::int16_t>(wave * height * 32'767.0));
    }
    return sound;
}

}  // namespace uketsuke::voice
