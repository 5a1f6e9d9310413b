// The faces that words are set in, and which characters they have. Private to app/ui.
//
// The list of fonts is a closed one: what else is installed on the machine never shows, so that machines with the same
// packages draw the same pictures.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/core/vocabulary.h"

struct _FcConfig;  // NOLINT(bugprone-reserved-identifier)

namespace uketsuke::ui {

// Languages that share their faces.
enum class Script : std::uint8_t { Japanese, Latin, Vietnamese, Chinese, Korean };

Script script_of(core::Language language);
// What the shaper is told: the shapes of some ideographs depend on it. "ja", "en", "zh-CN"…
const char* shaper_language(core::Language language);
// Best first.
const std::vector<std::string>& families(Script script);

using FontConfig = std::shared_ptr<_FcConfig>;

// Of BIZ UDPGothic and Noto Sans CJK, what is installed; nullptr when neither is. Reads the fonts' tables.
FontConfig closed_font_config();
// Whether there is one of them; looks at file names only.
bool any_font_installed();

// Which of a row of families has a character. Immutable: any thread.
class Coverage {
  public:
    Coverage(const FontConfig& config, const std::vector<std::string>& families);
    ~Coverage();
    Coverage(const Coverage&) = delete;
    Coverage& operator=(const Coverage&) = delete;

    // In both weights, in one of the families.
    bool has(char32_t point) const;
    // In both weights of families()[family].
    bool has(std::size_t family, char32_t point) const;

  private:
    struct Sets;
    std::unique_ptr<Sets> m_sets;
};

}  // namespace uketsuke::ui
