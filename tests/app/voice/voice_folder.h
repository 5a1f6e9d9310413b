// Catalogues and clips of one test, in a folder that goes away with it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/ui/message.h"
#include "app/ui/text.h"
#include "app/voice/wav.h"

namespace uketsuke::voice {

class VoiceFolder {
  public:
    VoiceFolder();
    VoiceFolder(const VoiceFolder&) = delete;
    VoiceFolder& operator=(const VoiceFolder&) = delete;
    ~VoiceFolder();

    std::filesystem::path path() const { return m_path; }
    void write(const std::filesystem::path& name, const std::string& bytes) const;
    // A clip of `milliseconds` that claims to say `text`.
    void write_clip(const std::string& language, const std::string& clip, const std::string& text,
                    int milliseconds = 20) const;
    // Every clip that `text` needs in Japanese.
    void write_all(const ui::Text& text) const;

  private:
    std::filesystem::path m_path;
};

// The house's own catalogues, as compiled by its build.
const ui::Text& house_text();

inline ui::Message message(std::string_view key, int n = ui::Message::k_no_number, int m = ui::Message::k_no_number,
                           std::string_view name = {}) {
    return {key, n, m, core::ShownName{name}};
}

Sound sine(int rate, int milliseconds, double height = 0.5, double hertz = 440.0);

}  // namespace uketsuke::voice
