#include "app/voice/clip_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <fstream>

#include "app/voice/script.h"

namespace uketsuke::voice {
namespace {

constexpr std::size_t k_longest_line = 4'096;

// What a clip says, as its renderer noted; empty when it was never finished.
std::string noted_text(const std::filesystem::path& note) {
    std::ifstream stream(note, std::ios::binary);
    std::string line(k_longest_line, '\0');
    stream.read(line.data(), static_cast<std::streamsize>(line.size()));
    line.resize(static_cast<std::size_t>(stream.gcount()));
    line.resize(std::min(line.size(), line.find('\n')));
    const std::size_t tab = line.find('\t');
    return tab == std::string::npos ? std::string{} : line.substr(tab + 1);
}

}  // namespace

std::filesystem::path ClipStore::file_of(core::Language language, const std::string& clip, const char* ending) const {
    return m_folder / folder_of(language) / (clip + ending);
}

tl::expected<Sound, std::string> ClipStore::load(core::Language language, const std::string& clip) const {
    return load_wav(file_of(language, clip, ".wav"));
}

void ClipStore::read_ahead(core::Language language, const std::string& clip) const {
    const int file = ::open(file_of(language, clip, ".wav").c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0) return;
    ::posix_fadvise(file, 0, 0, POSIX_FADV_WILLNEED);
    ::close(file);
}

std::string ClipStore::missing(const ui::Text& text, core::Language language) const {
    const char* name = core::name_of(language);
    if (!has_engine(language)) return fmt::format("voice: nothing speaks {}; it has tones only", name);
    const std::vector<Prompt> wanted = prompts(text, language);
    std::size_t absent = 0;
    std::size_t outdated = 0;
    std::string first;
    for (const Prompt& prompt : wanted) {
        std::error_code error;
        const std::filesystem::path file = file_of(language, prompt.clip, ".wav");
        const auto size = std::filesystem::file_size(file, error);
        const std::string said = noted_text(file_of(language, prompt.clip, ".txt"));
        if (!error && size > 0 && said == prompt.text) continue;
        ++(error || size == 0 || said.empty() ? absent : outdated);
        if (first.empty()) first = file.string();
    }
    if (absent + outdated == 0) return {};
    return fmt::format(
        "voice: of {} clips for {}, {} are missing and {} say an older text, first {}; repair: "
        "kiosk-config/install-voice {}",
        wanted.size(), name, absent, outdated, first, m_folder.string());
}

}  // namespace uketsuke::voice
