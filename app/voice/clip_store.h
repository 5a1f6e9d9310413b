// The folder of rendered clips: <folder>/<catalogue's language>/<clip>.wav, and beside each <clip>.txt, which names the
// engine and, after a tab, what the clip says. kiosk-config/install-voice writes both, the text last, so that a clip
// without its text was never finished.
// Immutable; any thread. Reads files when called.
#pragma once

#include <filesystem>
#include <string>

#include <tl/expected.hpp>

#include "app/core/vocabulary.h"
#include "app/ui/text.h"
#include "app/voice/wav.h"

namespace uketsuke::voice {

class ClipStore {
  public:
    explicit ClipStore(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    // The error names the file and what is wrong with it.
    tl::expected<Sound, std::string> load(core::Language language, const std::string& clip) const;
    // Asks the system to have the file at hand soon; returns at once.
    void read_ahead(core::Language language, const std::string& clip) const;

    // One sentence for staff or the log: what the language lacks, of sounds or of their being up to date, and what
    // repairs it. Empty when every prompt can be said. Looks at each file, some milliseconds for a language.
    std::string missing(const ui::Text& text, core::Language language) const;

  private:
    std::filesystem::path file_of(core::Language language, const std::string& clip, const char* ending) const;

    std::filesystem::path m_folder;
};

}  // namespace uketsuke::voice
